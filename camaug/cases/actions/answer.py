from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.add_file import attach
from camaug.cases.clock import go_on, stop
from camaug.cases.events import ConsultationAnswered, DutyAsked
from camaug.cases.lifecycle import ConsultationState, State
from camaug.cases.models import Case, Consultation, Payment, PaymentKind, Verdict
from camaug.cases.moves import AlreadyDone, Moving, begin, one_move
from camaug.cases.policy import CONSULTED, consulted_post
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.files.arriving import arrive

OPINIONS = "y-kien"
"""Where the files that come with answers lie in a dossier."""
DUTY_GROUND = "FINANCIAL_DUTY"


class AnswerMissing(DomainError):
    """An answer says something, and what it comes to."""

    sentence = _("Say what your agency answers, and write the answer.")


class AmountMissing(DomainError):
    """A tax notice names a sum, which may be nothing."""

    sentence = _("Enter the sum that the applicant has to pay; 0 where there is nothing to pay.")


class AnsweredAlready(DomainError):
    """One answer to one question."""

    sentence = _("This question was answered or withdrawn meanwhile.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the agency says: its verdict, in words, the sum owed in đồng where it was asked for one, a file if any."""

    verdict: str
    text: str
    amount: int | None = None
    content: bytes = b""
    file_name: str = ""


@one_move
def answer(
    case_id: UUID, consultation_id: UUID, said: Answer, *, by: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Answer another agency's question; a clock that stood still for it goes on, or waits for the duty to be paid.

    The same officer's repeated answer does nothing twice.
    """
    moving = begin_about(case_id, "answer", consultation_id, by=by, at=at, seen=seen)
    asked = _open_question(moving, consultation_id)
    _check(asked, said)
    _write(moving, asked, said)
    state = _after(moving, asked)
    due = moving.case.due_at
    return moving.finish(
        ConsultationAnswered(
            subject=moving.case.id,
            code=moving.case.code or "",
            consultation=asked.id,
            agency=asked.agency_id,
            verdict=said.verdict,
            on_time=at <= asked.due_at,
            due_at=due.isoformat() if due else None,
        ),
        state=state,
    )


def begin_about(
    case_id: UUID, name: str, consultation_id: UUID, *, by: Actor, at: datetime, seen: int | None
) -> Moving:
    """As every move begins; the same about another question of the case is no repetition of this one."""
    try:
        return begin(case_id, name, by=by, at=at, seen=seen)
    except AlreadyDone as done:
        if not done.case.consultations.filter(pk=consultation_id, state=ConsultationState.ASKED).exists():
            raise
        return begin(case_id, name, by=by, at=at)


def _open_question(moving: Moving, consultation_id: UUID) -> Consultation:
    asked = moving.case.consultations.select_for_update(of=("self",)).filter(pk=consultation_id).first()
    if asked is None:
        raise NotFound
    CONSULTED.check(moving.by, asked)
    moving.post = consulted_post(moving.by, asked)
    if asked.state == ConsultationState.ANSWERED and moving.post and asked.answered_by_id == moving.post.id:
        raise AlreadyDone(moving.case)
    if asked.state != ConsultationState.ASKED:
        raise AnsweredAlready
    return asked


def _check(asked: Consultation, said: Answer) -> None:
    if said.verdict not in Verdict.values or not said.text.strip():
        raise AnswerMissing
    if asked.duty and said.amount is None:
        raise AmountMissing


def _write(moving: Moving, asked: Consultation, said: Answer) -> None:
    if said.content:
        arrived = arrive(said.content, said.file_name)
        asked.file = attach(moving.case, OPINIONS, arrived, by=moving.by, at=moving.at)
    asked.state, asked.ended_at = ConsultationState.ANSWERED, moving.at
    asked.answered_by_id = moving.post.id if moving.post else None
    asked.verdict, asked.answer = said.verdict, said.text.strip()
    asked.amount = said.amount if asked.duty else None
    asked.save()


def _after(moving: Moving, asked: Consultation) -> State:
    """The clock goes on with the last answer it stood still for; then it stands still for the duty, if there is one."""
    case = moving.case
    state = end_wait(moving, asked)
    if not asked.amount:
        return state
    payment = Payment.objects.create(
        case=case,
        kind=PaymentKind.DUTY,
        items=[{"rule": asked.consultation, "name": asked.name, "amount": asked.amount}],
        amount=asked.amount,
        asked_at=moving.at,
    )
    duty = DutyAsked(
        subject=case.id, code=case.code or "", payment=payment.id, amount=payment.amount, consultation=asked.id
    )
    record(duty, by=moving.by, at=moving.at, post=moving.post)
    if state not in (State.IN_PROCESS, State.SUPPLEMENTED):
        return state
    case.resume_state = state
    stop(case, moving.definition, DUTY_GROUND, at=moving.at, document=f"{case.code}/{asked.consultation}")
    return State.FINANCIAL_DUTY


def end_wait(moving: Moving, asked: Consultation) -> State:
    """The state after a question has ended: where the case stood before, unless another question holds the clock."""
    case, state = moving.case, State(moving.case.state)
    others = case.consultations.filter(state=ConsultationState.ASKED).exclude(stops="").exclude(pk=asked.pk)
    if not asked.stops or state != State.SUSPENDED or others.exists():
        return state
    go_on(case, moving.definition, at=moving.at)
    state, case.resume_state = State(case.resume_state), ""
    return state
