"""Following a case by its code and a second fact, without an account."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from ninja import HeaderEx, P, PathEx
from pydantic import Field

from camaug.cases.actions.look_up import look_up
from camaug.cases.lifecycle import NATIONAL_CODES, State
from camaug.cases.masking import masked_name
from camaug.cases.queries import Progress, TimelineEntry
from camaug.kernel.rest import Answer, Call, Operations

operations = Operations("follow")
SecondFact = HeaderEx[
    str,
    P(
        alias="Second-Fact",
        pattern=r"^[0-9]{4}$",
        description="The last four digits of the applicant's phone number or personal number",
    ),
]


class Happening(Answer):
    """Something that happened to the case; `words` only to whom they are for."""

    event: str
    sentence: str
    at: datetime
    agency: str
    step: str
    words: str = ""


class Followed(Answer):
    """Where a case stands, as anybody who holds its code and the second fact is told."""

    code: str
    procedure: str
    procedure_name: str
    applicant: str
    state: State
    national_code: int | None
    state_label: str
    step: str
    steps: tuple[str, ...]
    done: tuple[str, ...]
    holder: str
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    waits_for_applicant: bool
    owed: int = Field(description="What was asked for and is still to be paid, in đồng")
    happenings: tuple[Happening, ...]


@operations.get("/follow/{code}", _("Where a case stands, to whoever holds its code and the second fact"), Followed)
def follow_case(
    request: Call,
    code: PathEx[str, P(max_length=60)],
    second_fact: SecondFact,
) -> Followed:
    """One answer, 422, for a code that does not exist and for a wrong fact; wrong tries are counted."""
    return _told(look_up(code, second_fact, by=request.actor, at=request.at))


def _told(seen: Progress) -> Followed:
    case = seen.case
    path = [step.id for step in seen.definition.process.path()]
    return Followed(
        code=case.code or "",
        procedure=seen.definition.code,
        procedure_name=seen.definition.plain_name,
        applicant=masked_name(case.applicant_name),
        state=seen.state,
        national_code=NATIONAL_CODES[seen.state],
        state_label=str(seen.state_label),
        step=case.step,
        steps=tuple(path),
        done=tuple(step for step in path if step in seen.done),
        holder=seen.holder.name,
        submitted_at=case.submitted_at,
        received_at=case.received_at,
        due_at=case.due_at,
        finished_at=case.finished_at,
        waits_for_applicant=seen.state in (State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY),
        owed=sum(payment.amount for payment in seen.owed),
        happenings=tuple(happening(entry, words=False) for entry in seen.timeline),
    )


def happening(entry: TimelineEntry, *, words: bool) -> Happening:
    """An entry of the history; `words`: also what was written."""
    return Happening(
        event=entry.name,
        sentence=str(entry.sentence),
        at=entry.at,
        agency=entry.agency,
        step=entry.step,
        words=entry.words if words else "",
    )
