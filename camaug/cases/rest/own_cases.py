"""An applicant's own applications: begin, fill in, add papers, send, follow, supplement, withdraw, rate."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from camaug.behalf.queries import Act
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.correct import correct
from camaug.cases.actions.discard import discard
from camaug.cases.actions.drop_withdrawal import drop_withdrawal
from camaug.cases.actions.rate import rate
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import DeliveryWay, Satisfaction
from camaug.cases.queries import draft_of, helped_cases, my_cases, progress_of
from camaug.cases.rest.own_answers import OwnCase, OwnLine, Sent, case_told, draft_told, own_line
from camaug.kernel.errors import NotFound
from camaug.kernel.rest import MEMBERS, Body, Call, Made, Operations, Page

operations = Operations("own applications")


class Beginning(Body):
    """What is applied for."""

    procedure: str = Field(max_length=60, description="The procedure's short code")
    business_id: UUID | None = Field(None, description="The business that applies, if the caller represents it")
    mandate_id: UUID | None = Field(None, description="The mandate under which the caller applies for somebody else")


class Filling(Body):
    """What changes; what is left out stays. `answers` are merged by field, as the form's JSON Schema describes them."""

    answers: dict[str, Any] | None = None
    receiving_agency_id: UUID | None = None
    delivery_way: DeliveryWay | None = None
    delivery_address: str | None = Field(None, max_length=300)
    phone: str | None = Field(None, pattern=r"^\+[0-9]{6,15}$", description="In E.164, as in +84912345678")
    email: str | None = Field(None, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


class Supplementing(Body):
    """An answer to what the office asked; files are added before. `answers` correct the form."""

    answer: str = Field("", max_length=4000)
    answers: dict[str, Any] | None = None


class DraftAnswer(Body):
    """Whether the draft of the result is right; if not, what is wrong."""

    agrees: bool
    wrong: str = Field("", max_length=2000)


class Reason(Body):
    """Why."""

    reason: str = Field(min_length=1, max_length=2000)


class Satisfied(Body):
    """How satisfied the applicant is; `words` are never published."""

    satisfaction: Satisfaction
    words: str = Field("", max_length=1000)


@operations.get("/own-cases", _("One's own applications and drafts"), Page[OwnLine], door=MEMBERS)
def list_own_cases(request: Call) -> Page[OwnLine]:
    """The 200 saved last."""
    return Page(items=[own_line(row) for row in my_cases(request.actor, at=request.at)])


@operations.get(
    "/helped-cases", _("Applications of others with which one helps under a mandate"), Page[OwnLine], door=MEMBERS
)
def list_helped_cases(request: Call) -> Page[OwnLine]:
    """The 200 saved last. Each is read and filled in as one's own, as far as the mandate goes."""
    return Page(items=[own_line(row) for row in helped_cases(request.actor, at=request.at)])


@operations.post("/own-cases", _("Begin an application: a draft"), OwnCase, door=MEMBERS)
def start_own_case(request: Call, sent: Beginning) -> Made:
    """First answers come from the applicant's record. Who may apply stands in the procedure's `applicants`."""
    draft = start(sent.procedure, by=request.actor, at=request.at, business=sent.business_id, mandate=sent.mandate_id)
    return Made(_told(request, draft.id), f"/api/v1/own-cases/{draft.id}")


@operations.get("/own-cases/{uuid:case}", _("One's own application, whole"), OwnCase, door=MEMBERS)
def read_own_case(request: Call, case: UUID) -> OwnCase:
    """A draft with what is left to do, a case with where it stands."""
    return _told(request, case)


@operations.patch("/own-cases/{uuid:case}", _("Fill in a draft, or correct what is wrong"), OwnCase, door=MEMBERS)
def fill_own_case(request: Call, case: UUID, sent: Filling) -> OwnCase:
    """Kept unfinished or wrong as it may be: `left` says what is wrong. While a supplement is asked for, the answers
    wait as corrections until the supplement is sent.
    """
    if sent.answers is not None and _is_supplemented(request, case):
        correct(case, sent.answers, by=request.actor, at=request.at)
    else:
        changes = Changes(
            answers=sent.answers,
            receiving_agency=sent.receiving_agency_id,
            delivery_way=sent.delivery_way,
            delivery_address=sent.delivery_address,
            phone=sent.phone,
            email=sent.email,
        )
        save(case, changes, by=request.actor, at=request.at)
    return _told(request, case)


@operations.delete("/own-cases/{uuid:case}", _("Throw a draft away"), door=MEMBERS)
def discard_own_case(request: Call, case: UUID) -> None:
    """With everything in it."""
    discard(case, by=request.actor, at=request.at)


@operations.post("/own-cases/{uuid:case}/submission", _("Send an application"), Sent, door=MEMBERS, status=200)
def submit_own_case(request: Call, case: UUID) -> Sent:
    """Everything is checked; the office has it with its code. What is wrong is said by field."""
    return Sent.model_validate(submit(case, by=request.actor, at=request.at))


@operations.post(
    "/own-cases/{uuid:case}/supplement", _("Answer the request to supplement"), OwnCase, door=MEMBERS, status=200
)
def supplement_own_case(request: Call, case: UUID, sent: Supplementing) -> OwnCase:
    """The clock goes on as the law says."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    kept: Mapping[str, Any] = seen.supplement.corrections if seen.supplement else {}
    answers = {**kept, **(sent.answers or {})} or None
    supplement(case, by=request.actor, at=request.at, answer=sent.answer, answers=answers)
    return _told(request, case)


@operations.post(
    "/own-cases/{uuid:case}/draft-answer",
    _("Agree to the draft of the result, or say what is wrong"),
    OwnCase,
    door=MEMBERS,
    status=200,
)
def answer_own_draft(request: Call, case: UUID, sent: DraftAnswer) -> OwnCase:
    """Within the time that the draft says."""
    answer_draft(case, agrees=sent.agrees, wrong=sent.wrong, by=request.actor, at=request.at)
    return _told(request, case)


@operations.post(
    "/own-cases/{uuid:case}/withdrawal", _("Ask to withdraw the application"), OwnCase, door=MEMBERS, status=200
)
def withdraw_own_case(request: Call, case: UUID, sent: Reason) -> OwnCase:
    """As long as nothing is decided."""
    ask_withdrawal(case, reason=sent.reason, by=request.actor, at=request.at)
    return _told(request, case)


@operations.post(
    "/own-cases/{uuid:case}/continuation", _("Drop the withdrawal: the case goes on"), OwnCase, door=MEMBERS, status=200
)
def continue_own_case(request: Call, case: UUID) -> OwnCase:
    """As long as the office has not stopped it."""
    drop_withdrawal(case, by=request.actor, at=request.at)
    return _told(request, case)


@operations.put("/own-cases/{uuid:case}/rating", _("Say how satisfied one is with the service"), OwnCase, door=MEMBERS)
def rate_own_case(request: Call, case: UUID, sent: Satisfied) -> OwnCase:
    """Once the result is there; it can be changed for 30 days."""
    rate(case, sent.satisfaction, words=sent.words, by=request.actor, at=request.at)
    return _told(request, case)


def _told(request: Call, case: UUID) -> OwnCase:
    draft = draft_of(case, request.actor, on=request.at.date())
    if not draft.sent:
        return draft_told(draft)
    return case_told(progress_of(case, request.actor, Act.FOLLOW, at=request.at), draft)


def _is_supplemented(request: Call, case: UUID) -> bool:
    try:
        return progress_of(case, request.actor, Act.FOLLOW, at=request.at).supplement is not None
    except NotFound:
        return False
