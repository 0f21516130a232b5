"""What each move of a case is sent with."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from camaug.cases.models import DeliveryWay, Outcome, Verdict
from camaug.kernel.rest import Body, Day, Whole

_WORDS = 4000
_STEP = Field(None, max_length=40, description="The step's id; the usual one where it is left out")
type Sum = Annotated[Whole, Field(ge=0, le=10**12)]


class Noted(Body):
    """A word for the officers who go on."""

    note: str = Field("", max_length=_WORDS)


class Reasoned(Body):
    """Why, in words that the applicant reads."""

    reason: str = Field(min_length=1, max_length=_WORDS)


class Passed(Noted):
    """To which step, with a word for whoever takes it up."""

    to: str | None = _STEP


class Returned(Reasoned):
    """To which earlier step, and what is to be mended."""

    to: str | None = _STEP


class Proposed(Passed):
    """What is proposed."""

    proposal: Outcome


class Assigned(Body):
    """The position that becomes responsible."""

    to: UUID


class Missing(Body):
    """One thing to add or mend; `paper` "" is the form itself."""

    paper: str = Field("", max_length=60)
    name: str = Field(min_length=1, max_length=300)
    reason: str = Field("", max_length=1000)


class Requested(Body):
    """Everything that is missing, at once."""

    items: list[Missing] = Field(min_length=1, max_length=50)
    reason: str = Field("", max_length=_WORDS)


class Supplemented(Body):
    """What the applicant brought; files are added before."""

    answer: str = Field("", max_length=_WORDS)
    answers: dict[str, Any] | None = None


class Charged(Body):
    """By fee rule, the sums in đồng that the catalogue does not know."""

    sums: dict[str, Sum] = Field({}, max_length=20)


class Paid(Body):
    """How the money came; a duty names the paper that proves it. `sums` as when payment is asked for."""

    way: str = Field(pattern="^(CASH|TRANSFER|TREASURY)$")
    document: str = Field("", max_length=60)
    sums: dict[str, Sum] = Field({}, max_length=20)


class DraftAnswered(Body):
    """Whether the applicant agrees to the draft; if not, what is wrong."""

    agrees: bool
    wrong: str = Field("", max_length=2000)


class PaidBack(Body):
    """How the money went back, and who took it where that is not the applicant."""

    way: str = Field(pattern="^(CASH|TRANSFER)$")
    receiver: str = Field("", max_length=200)
    number: str = Field("", max_length=14)


class HandedOut(Body):
    """Who takes the result; for one who is sent, the relation and the paper that empowers."""

    name: str = Field(min_length=1, max_length=120)
    number: str = Field("", max_length=14)
    identity_paper: str = Field("", max_length=40)
    relation: str = Field("", max_length=120)
    authorisation: str = Field("", max_length=200)


class Questioned(Body):
    """A question that the process foresees (`consultation`), or any other to an agency, with hours to answer."""

    text: str = Field("", max_length=_WORDS)
    consultation: str = Field("", max_length=60)
    agency: UUID | None = None
    hours: Whole | None = Field(None, ge=1, le=10_000)


class Answered(Body):
    """An agency's answer to a question; `amount` in đồng where it was asked for one."""

    consultation: UUID
    verdict: Verdict
    text: str = Field(min_length=1, max_length=_WORDS)
    amount: Sum | None = None


class QuestionDropped(Reasoned):
    """Which question needs no answer any more."""

    consultation: UUID


class Suspended(Reasoned):
    """On which ground of the law, by which document."""

    ground: str = Field(max_length=40)
    document: str = Field(max_length=120)


class Apologised(Reasoned):
    """The new date, a working day."""

    new_date: Day


class Stopped(Body):
    """Why, unless the applicant's own withdrawal says it; `refund` in đồng where fees were paid."""

    reason: str = Field("", max_length=_WORDS)
    refund: Sum | None = None


class Amended(Reasoned):
    """The details as they should be, whole."""

    answers: dict[str, Any]
    name: str = Field(max_length=200)
    phone: str = Field("", max_length=16)
    email: str = Field("", max_length=254)
    address: str = Field("", max_length=300)
    delivery_way: DeliveryWay = DeliveryWay.COUNTER
    delivery_address: str = Field("", max_length=300)


class ResultMended(Reasoned):
    """The declared answers as they should be, where they were wrong."""

    answers: dict[str, Any] | None = None


class ResultRevoked(Reasoned):
    """The decision that revokes."""

    document: str = Field("", max_length=120)
