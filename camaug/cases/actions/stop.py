from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.end_part import end_part
from camaug.cases.actions.owe_back import owe_back
from camaug.cases.actions.receive import issue
from camaug.cases.actions.show_draft import take_draft_back
from camaug.cases.clock import end
from camaug.cases.events import CaseStopped, ConsultationWithdrawn, WithdrawalAsked
from camaug.cases.lifecycle import (
    ENDED_PARTS,
    STOPPED_ON,
    ConsultationState,
    PaymentState,
    RefundState,
    State,
    StopGround,
)
from camaug.cases.models import Case, PaymentKind, RefundReason
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.slips.facts import stop_notice_facts
from camaug.cases.slips.stopping import ground_words
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.models import EventRecord

NOTICE = 5


class RefundUnsaid(DomainError):
    """Whoever has paid learns what becomes of the money."""

    sentence = _("Say how much of what was paid goes back to the applicant; 0 where the rules allow no refund.")


class PartsUnderWay(DomainError):
    """An application that opened several procedures ends after all of them."""

    sentence = _("Procedures that this application opened are still under way. End each of them first.")


class RefundTooMuch(DomainError):
    """Nobody gets back more than they paid."""

    sentence = _("No more can be refunded than was paid.")


class RefundTooLittle(DomainError):
    """What was paid beyond what is due goes back whatever becomes of the case."""

    sentence = _("At least {amount} đồng go back: so much more was paid than is due.")


@one_move
def stop(
    case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None, refund: int | None = None
) -> Case:
    """End the case without a decision (Form 05), on the ground that its state allows.

    `reason` is for the applicant to read and must be given, unless the applicant's own withdrawal says it. `refund`,
    in đồng, must be said where fees were paid; RefundUnsaid, RefundTooMuch or RefundTooLittle otherwise.
    """
    moving = begin(case_id, "stop", by=by, at=at, seen=seen)
    case, ground = moving.case, STOPPED_ON[State(moving.case.state)]
    if case.parts.exclude(state__in=list(ENDED_PARTS)).exists():
        raise PartsUnderWay
    back = _refund(case, refund)
    since, wish = asked_of(case, ground)
    note = moving.note(reason.strip() or wish)
    said = ground_words(ground, since, wish=wish, reason=reason.strip())
    slip = issue(moving, NOTICE, stop_notice_facts(case, ground=said, refund=back, by=by, at=at))
    _let_go(moving, note)
    take_draft_back(moving)
    if back is not None:
        owe_back(moving, back, RefundReason.STOPPED)
    end(case, moving.definition, at=at)
    case.finished_at, case.before_withdrawal, case.resume_state = at, "", ""
    stopped = moving.finish(
        CaseStopped(subject=case.id, code=case.code or "", ground=ground, note=note, slip=slip.id, refund=back)
    )
    end_part(stopped, at=at)
    return stopped


def paid_fees(case: Case) -> int:
    """The fees that were paid and not paid back, in đồng; duties went into the State's budget and are no matter of this
    office.
    """
    paid = case.payments.filter(state=PaymentState.PAID, kind=PaymentKind.FEE)
    back = case.refunds.filter(state=RefundState.PAID_BACK)
    return sum(payment.amount for payment in paid) - sum(refund.amount for refund in back)


def _refund(case: Case, refund: int | None) -> int | None:
    paid = paid_fees(case)
    if paid == 0:
        return None
    if refund is None or refund < 0:
        raise RefundUnsaid
    if refund > paid:
        raise RefundTooMuch
    owed = case.refunds.filter(state=RefundState.OWED).first()
    if owed is not None and refund < owed.amount:
        raise RefundTooLittle(amount=f"{owed.amount:,}".replace(",", "."))
    return refund


def asked_of(case: Case, ground: StopGround) -> tuple[datetime | None, str]:
    """When the applicant was asked for what is missing, or asked to withdraw; then also in which words."""
    match ground:
        case StopGround.NOT_SUPPLEMENTED:
            return case.supplements.filter(answered_at__isnull=True).values_list("requested_at", flat=True).first(), ""
        case StopGround.DUTY_NOT_DONE:
            return case.payments.filter(state=PaymentState.OWED).values_list("asked_at", flat=True).first(), ""
        case StopGround.WITHDRAWN:
            asked = EventRecord.objects.filter(subject_id=case.pk, name=WithdrawalAsked.name).order_by("id").last()
            note = case.notes.filter(pk=asked.facts["note"]).first() if asked else None
            return asked.at if asked else None, note.text if note else ""


def _let_go(moving: Moving, note: UUID) -> None:
    """Nobody need answer any more what was asked in the case."""
    case = moving.case
    for asked in case.consultations.select_for_update().filter(state=ConsultationState.ASKED):
        asked.state, asked.ended_at = ConsultationState.WITHDRAWN, moving.at
        asked.save(update_fields=["state", "ended_at"])
        withdrawn = ConsultationWithdrawn(
            subject=case.id, code=case.code or "", consultation=asked.id, agency=asked.agency_id, note=note
        )
        record(withdrawn, by=moving.by, at=moving.at, post=moving.post)
