"""Tells applicants what happened to their cases, keeps the figures' tallies, lets deadlines follow the calendar."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from camaug.access.queries import account_of
from camaug.cases.actions.ask_recount import Change, ask_recount
from camaug.cases.actions.await_answer import await_answer
from camaug.cases.actions.count import KEEPER, count
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
    DutyAsked,
    FileQuarantined,
    LatenessApologised,
    PaymentAsked,
    PaymentConfirmed,
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
from camaug.cases.models import Awaited, Case, Outcome
from camaug.cases.notices import (
    AMENDED,
    APOLOGISED,
    CONSULTED,
    CORRECTED,
    DEADLINE_MOVED,
    DENIED,
    DUTY,
    GOING_ON,
    PAID,
    READY,
    RECEIVED,
    RECEIVED_WITHOUT_DATE,
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
    VIRUS,
    WITHDRAWING,
    WITHDRAWN,
)
from camaug.catalogue.queries import definition
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribe
from camaug.kernel.events import kinds
from camaug.kernel.models import EventRecord
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice, Said
from camaug.people.queries import directory
from camaug.worktime.events import CalendarLoaded, DayOffDeclared, DayOffWithdrawn, WorkingHoursSet
from camaug.worktime.queries import stop_ground

type News = tuple[Notice, dict[str, Said]] | None


def _submitted(_case: Case, row: EventRecord) -> News:
    """An application from afar; what a clerk types is received in the same moment, which is told instead."""
    return None if row.facts["typed"] else (SUBMITTED, {})


def _received(case: Case, _row: EventRecord) -> News:
    """Of an application that opened several procedures, its own receipt tells for all of them."""
    if case.parent_id is not None:
        return None
    if case.original_due_at is None:
        return RECEIVED_WITHOUT_DATE, {}
    return RECEIVED, {"due": case.original_due_at}


def _refused(case: Case, row: EventRecord) -> News:
    return REFUSED, {"reason": _words(case, row)}


def _supplement(case: Case, row: EventRecord) -> News:
    request = case.supplements.get(pk=row.facts["supplement"])
    items = "\n".join(f"– {item['name']}: {item['reason']}" for item in request.items)
    return SUPPLEMENT, {"items": items, "reason": request.reason}


def _to_pay(_case: Case, row: EventRecord) -> News:
    return TO_PAY, {"amount": int(row.facts["amount"])}


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
    PaymentAsked.name: _to_pay,
    PaymentConfirmed.name: _paid,
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
                _tell(case, row, *news)


@subscribe("cases.tell_of_viruses", to=[FileQuarantined.name])
def tell_of_viruses(rows: Sequence[EventRecord]) -> None:
    """Whoever sent an infected file hears of it at once, also while drafting, when there is neither code nor office."""
    cases = Case.objects.in_bulk({row.subject_id for row in rows})
    for row in rows:
        case = cases.get(row.subject_id)
        file = case.files.filter(pk=row.facts["file"]).first() if case else None
        if case and file and case.account_id and case.account_id == file.added_by:
            made = definition(case.version_id)
            page = "citizen:my_case" if case.code else "citizen:go_on"
            tell(
                VIRUS,
                fact=row.id,
                to=_applicant(case),
                words={"procedure": {"vi": made.plain_name, "en": made.plain_name_en}, "file": file.file_name},
                link=reverse(page, args=[case.id]),
                subject_id=case.id,
                by=SYSTEM,
                at=row.at,
            )


@subscribe(KEEPER, to=sorted(name for name in kinds() if name.startswith("cases.")))
def keep_tallies(rows: Sequence[EventRecord]) -> None:
    """Whatever happened to a case may change how it counts: it is counted as it stands now."""
    count({row.subject_id for row in rows})


def _was_served(case: Case) -> bool:
    """Whether the case was done on the spot: submitted and handed out at one instant."""
    return case.delivery.handed_out_at == case.submitted_at


def _tell(case: Case, row: EventRecord, notice: Notice, words: dict[str, Said]) -> None:
    made = definition(case.version_id)
    office = directory(row.at.astimezone(LOCAL).date()).get(_office_id(case))
    always: dict[str, Said] = {
        "code": case.code or "",
        "procedure": {"vi": made.plain_name, "en": made.plain_name_en},
        "office": {"vi": office.name, "en": office.name_en},
    }
    to = _applicant(case)
    tell(
        notice,
        fact=row.id,
        to=to,
        words=always | words,
        link=reverse("citizen:my_case", args=[case.id]) if to.account_id else reverse("citizen:follow"),
        subject_id=case.id,
        by=SYSTEM,
        at=row.at,
    )


def _office_id(case: Case) -> UUID:
    if case.receiving_agency_id is None:
        raise ValueError("a case that something happened to has been sent to an agency")
    return case.receiving_agency_id


def _applicant(case: Case) -> Recipient:
    """The account that sent it, else the applicant's own; reached as the application says."""
    account = case.account_id or (account_of(case.applicant_id) if case.applicant_id else None)
    return Recipient(account_id=account, phone=case.applicant_phone, email=case.applicant_email)


@subscribe("cases.await_answers", to=[AgencyConsulted.name, SupplementRequested.name])
def await_answers(rows: Sequence[EventRecord]) -> None:
    """Whoever was asked something is waited for, so long as the procedure says."""
    for row in rows:
        if row.name == AgencyConsulted.name:
            await_answer(Awaited.CONSULTATION, UUID(row.facts["consultation"]), at=row.at)
        else:
            await_answer(Awaited.SUPPLEMENT, UUID(row.facts["supplement"]), at=row.at)


@subscribe(
    "cases.recount_deadlines",
    to=[DayOffDeclared.name, DayOffWithdrawn.name, WorkingHoursSet.name, CalendarLoaded.name],
)
def follow_the_calendar(rows: Sequence[EventRecord]) -> None:
    """Have the deadlines counted anew that a change of the calendar touches; a job does it, batch by batch."""
    for row in rows:
        ask_recount(_change(row), by=SYSTEM, at=row.at)


def _change(row: EventRecord) -> Change:
    facts = row.facts
    if row.name == WorkingHoursSet.name:
        since = date.fromisoformat(facts["valid_from"])
        return Change(row.id, row.name, facts["source"], unit_id=row.subject_id, from_date=since)
    if row.name == CalendarLoaded.name:
        return Change(row.id, row.name)
    day = date.fromisoformat(facts["date"])
    unit = UUID(facts["unit_id"]) if facts["unit_id"] else None
    return Change(row.id, row.name, facts["occasion"], unit_id=unit, from_date=day, until_date=day)
