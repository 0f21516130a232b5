"""Tells applicants what happened to their cases."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from camaug.cases.events import (
    AgencyConsulted,
    CaseReceived,
    CaseRefused,
    CaseReopened,
    CaseResumed,
    CaseStopped,
    CaseSubmitted,
    CaseSuspended,
    DetailsCorrected,
    DraftShown,
    DutyAsked,
    FeesRecounted,
    LatenessApologised,
    PaymentAsked,
    PaymentConfirmed,
    RefundOwed,
    RefundPaidBack,
    ResultCorrected,
    ResultHandedOut,
    ResultPublished,
    ResultRevoked,
    SupplementRequested,
    WithdrawalAsked,
    WithdrawalDropped,
)
from camaug.cases.lateness.events import CaseDeadlineMoved
from camaug.cases.lifecycle import StopGround
from camaug.cases.models import Case, Outcome
from camaug.cases.notices import (
    AMENDED,
    APOLOGISED,
    CONSULTED,
    CORRECTED,
    DEADLINE_MOVED,
    DENIED,
    DRAFT_TO_CHECK,
    DUTY,
    FEES_RECOUNTED,
    GOING_ON,
    PAID,
    PAID_BACK,
    READY,
    RECEIVED,
    RECEIVED_TO_PAY,
    RECEIVED_TO_PAY_WITHOUT_DATE,
    RECEIVED_WITHOUT_DATE,
    REFUND,
    REFUSED,
    REOPENED,
    RESUMED,
    RESUMED_WITHOUT_DATE,
    REVOKED,
    SERVED,
    STOPPED,
    SUBMITTED,
    SUPPLEMENT,
    SUSPENDED,
    TO_PAY,
    TO_PAY_FOR_RESULT,
    WITHDRAWING,
    WITHDRAWN,
)
from camaug.cases.subscribers.telling import tell_applicant
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.notify.notices import Notice, Said
from camaug.people.queries import directory
from camaug.worktime.queries import stop_ground

type News = tuple[Notice, dict[str, Said]] | None


def _submitted(_case: Case, row: EventRecord) -> News:
    """An application from afar; what a clerk types is received in the same moment, which is told instead."""
    return None if row.facts["typed"] else (SUBMITTED, {})


def _received(case: Case, row: EventRecord) -> News:
    """Of an application that opened several procedures, its own receipt tells for all but what one of them costs."""
    owed = int(row.facts.get("owed", 0))
    if case.parent_id is not None and not owed:
        return None
    words: dict[str, Said] = {"amount": owed} if owed else {}
    if case.original_due_at is None:
        return (RECEIVED_TO_PAY_WITHOUT_DATE if owed else RECEIVED_WITHOUT_DATE), words
    return (RECEIVED_TO_PAY if owed else RECEIVED), words | {"due": case.original_due_at}


def _refused(case: Case, row: EventRecord) -> News:
    return REFUSED, {"reason": _words(case, row)}


def _supplement(case: Case, row: EventRecord) -> News:
    request = case.supplements.get(pk=row.facts["supplement"])
    items = "\n".join(f"– {item['name']}: {item['reason']}" for item in request.items)
    return SUPPLEMENT, {"items": items, "reason": request.reason}


def _draft(case: Case, row: EventRecord) -> News:
    draft = case.drafts.get(pk=row.facts["draft"])
    return DRAFT_TO_CHECK, {"result": draft.name, "due": draft.due_at}


def _to_pay(_case: Case, row: EventRecord) -> News:
    return TO_PAY if row.facts.get("stopped", True) else TO_PAY_FOR_RESULT, {"amount": int(row.facts["amount"])}


def _recounted(_case: Case, row: EventRecord) -> News:
    """What goes back of what was paid is told by itself."""
    before, after = int(row.facts["before"]), int(row.facts["after"])
    return (FEES_RECOUNTED, {"before": before, "amount": after}) if before != after else None


def _refund(_case: Case, row: EventRecord) -> News:
    """That nothing goes back after all is told with what is to be paid."""
    amount = int(row.facts["amount"])
    return (REFUND, {"amount": amount}) if amount else None


def _paid_back(_case: Case, row: EventRecord) -> News:
    return PAID_BACK, {"amount": int(row.facts["amount"]), "receipt": row.facts["receipt_number"]}


def _duty(case: Case, row: EventRecord) -> News:
    asked = case.consultations.get(pk=row.facts["consultation"])
    return DUTY, {"amount": int(row.facts["amount"]), "agency": _agency(asked.agency_id, row)}


def _consulted(_case: Case, row: EventRecord) -> News:
    """Told only where the applicant's time stands still for it."""
    if not row.facts["stopped"]:
        return None
    return CONSULTED, {"agency": _agency(UUID(row.facts["agency"]), row)}


def _agency(agency_id: UUID, row: EventRecord) -> Said:
    known = directory(row.at.astimezone(LOCAL).date()).get(agency_id)
    return {"vi": known.name, "en": known.name_en or known.name}


def _amended(case: Case, row: EventRecord) -> News:
    return AMENDED, _because(case, row)


def _corrected(case: Case, row: EventRecord) -> News:
    return CORRECTED, _because(case, row) | _result(case, row)


def _revoked(case: Case, row: EventRecord) -> News:
    return REVOKED, _because(case, row) | _result(case, row)


def _reopened(case: Case, row: EventRecord) -> News:
    return REOPENED, _because(case, row)


def _because(case: Case, row: EventRecord) -> dict[str, Said]:
    return {"reason": case.notes.get(pk=row.facts["note"]).text}


def _result(case: Case, row: EventRecord) -> dict[str, Said]:
    result = case.results.get(pk=row.facts["result"])
    return {"result": result.name, "number": result.number_text}


def _paid(_case: Case, row: EventRecord) -> News:
    return PAID, {"amount": int(row.facts["amount"]), "receipt": row.facts["receipt_number"]}


def _published(case: Case, row: EventRecord) -> News:
    result = case.results.get(pk=row.facts["result"])
    words: dict[str, Said] = {"result": result.name, "number": result.number_text}
    return (DENIED if row.facts["outcome"] == Outcome.DENIED else READY), words


def _suspended(case: Case, row: EventRecord) -> News:
    ground = stop_ground(row.facts["ground"], on=row.at.astimezone(LOCAL).date())
    return SUSPENDED, {"ground": ground.name, "document": row.facts["document"], "reason": _words(case, row)}


def _resumed(_case: Case, row: EventRecord) -> News:
    due = row.facts["due_at"]
    return (RESUMED, {"due": datetime.fromisoformat(due)}) if due else (RESUMED_WITHOUT_DATE, {})


def _apologised(case: Case, row: EventRecord) -> News:
    before, due = (datetime.fromisoformat(row.facts[name]) for name in ("due_before", "due_at"))
    return APOLOGISED, {"due_before": before, "due": due, "reason": _words(case, row)}


def _withdrawing(case: Case, row: EventRecord) -> News:
    return WITHDRAWING, {"reason": _words(case, row)}


def _going_on(_case: Case, _row: EventRecord) -> News:
    return GOING_ON, {}


def _stopped(case: Case, row: EventRecord) -> News:
    if row.facts["ground"] == StopGround.WITHDRAWN:
        return WITHDRAWN, {}
    return STOPPED, {"reason": _words(case, row)}


def _words(case: Case, row: EventRecord) -> str:
    return case.notes.get(pk=row.facts["note"]).text


def _served(_case: Case, row: EventRecord) -> News:
    return SERVED, {"time": row.at}


def _moved(_case: Case, row: EventRecord) -> News:
    """Only a promise that is put off: who was promised a later day may still come on it."""
    before, after = row.facts["before"], row.facts["after"]
    if not (before and after and datetime.fromisoformat(before) < datetime.fromisoformat(after)):
        return None
    return DEADLINE_MOVED, {
        "before": datetime.fromisoformat(before),
        "due": datetime.fromisoformat(after),
        "occasion": row.facts["occasion"],
    }


_NEWS: dict[str, Callable[[Case, EventRecord], News]] = {
    CaseSubmitted.name: _submitted,
    CaseReceived.name: _received,
    CaseDeadlineMoved.name: _moved,
    CaseRefused.name: _refused,
    SupplementRequested.name: _supplement,
    DraftShown.name: _draft,
    PaymentAsked.name: _to_pay,
    PaymentConfirmed.name: _paid,
    FeesRecounted.name: _recounted,
    RefundOwed.name: _refund,
    RefundPaidBack.name: _paid_back,
    AgencyConsulted.name: _consulted,
    DutyAsked.name: _duty,
    DetailsCorrected.name: _amended,
    ResultCorrected.name: _corrected,
    ResultRevoked.name: _revoked,
    CaseReopened.name: _reopened,
    ResultPublished.name: _published,
    CaseSuspended.name: _suspended,
    CaseResumed.name: _resumed,
    LatenessApologised.name: _apologised,
    WithdrawalAsked.name: _withdrawing,
    WithdrawalDropped.name: _going_on,
    CaseStopped.name: _stopped,
}


@subscribe("cases.tell_applicants", to=[*_NEWS, ResultHandedOut.name])
def tell_applicants(rows: Sequence[EventRecord]) -> None:
    """One message a fact; a case done on the spot is one fact, told when it is done."""
    cases = Case.objects.select_related("delivery").in_bulk({row.subject_id for row in rows})
    for row in rows:
        case = cases[row.subject_id]
        told = row.name == ResultHandedOut.name
        if _was_served(case) == told:
            news = _served(case, row) if told else _NEWS[row.name](case, row)
            if news:
                tell_applicant(case, row, *news)


def _was_served(case: Case) -> bool:
    """Whether the case was done on the spot: submitted and handed out at one instant."""
    return case.delivery.handed_out_at == case.submitted_at
