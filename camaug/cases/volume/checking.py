"""Whether cases are as their actions would have left them: replayed by their events, counted by the calendar, counters
compared with what they count. For cases of every origin.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from camaug.cases.clock import latest_for_step, recount
from camaug.cases.events import (
    AgencyConsulted,
    CaseDenied,
    CaseGranted,
    CaseHandedOver,
    CaseReceived,
    CaseRefused,
    CaseSentBack,
    CaseSubmitted,
    CaseSupplemented,
    ConsultationAnswered,
    DecisionProposed,
    DutyAsked,
    PaymentAsked,
    PaymentConfirmed,
    ResultHandedOut,
    ResultPublished,
    SupplementRequested,
)
from camaug.cases.lifecycle import FINISHED, LIFECYCLE, State
from camaug.cases.models import Case, Counted
from camaug.cases.queries.counting import COLUMNS, counts_of
from camaug.catalogue.definition.process import Process
from camaug.catalogue.queries import definition
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord

MOVES = {
    CaseSubmitted.name: "submit",
    CaseReceived.name: "receive",
    CaseRefused.name: "refuse",
    SupplementRequested.name: "request_supplement",
    CaseSupplemented.name: "supplement",
    CaseHandedOver.name: "hand_over",
    DecisionProposed.name: "propose",
    CaseSentBack.name: "send_back",
    CaseGranted.name: "approve",
    CaseDenied.name: "deny",
    PaymentAsked.name: "ask_payment",
    PaymentConfirmed.name: "confirm_payment",
    AgencyConsulted.name: "consult",
    ConsultationAnswered.name: "answer",
    ResultPublished.name: "publish_result",
    ResultHandedOut.name: "hand_out",
}
"""The move of which each event tells. A case with other moves than these is not replayed."""


@dataclass(slots=True)
class _Walk:
    """Where a case stands while its events are replayed."""

    process: Process
    state: State = State.DRAFT
    before: State = State.DRAFT
    step: str = ""
    owes: bool = False
    wrong: list[str] = field(default_factory=list)


def replay(case_ids: Sequence[UUID]) -> dict[str, list[str]]:
    """By the code of each case in which something does not agree, what."""
    events: dict[UUID, list[EventRecord]] = {case_id: [] for case_id in case_ids}
    for row in EventRecord.objects.filter(subject_id__in=list(case_ids)).order_by("id"):
        events[row.subject_id].append(row)
    counted = {one.pk: one for one in Counted.objects.filter(pk__in=list(case_ids))}
    counts = counts_of(case_ids)
    found: dict[str, list[str]] = {}
    for case in Case.objects.filter(pk__in=list(case_ids)).select_related("delivery"):
        rows = events[case.pk]
        wrong = [*_walk(case, rows), *_clock(case), *_rights(case)]
        kept, now = counted.get(case.pk), counts.get(case.pk)
        entries = sorted([month.isoformat(), column] for month, column in now.entries) if now else None
        if (sorted(kept.entries) if kept else None) != entries:
            wrong.append("the tallies know it otherwise")
        if wrong:
            found[case.code or str(case.pk)] = wrong
    return found


def counters() -> list[str]:
    """What series and tallies say that the cases do not: gaps in days and books, sums that are not the parts'."""
    return [*_series(), *_tallies()]


def sample(size: int) -> list[UUID]:
    """So many cases without parts, drawn by the database."""
    cases = Case.objects.submitted().filter(parent__isnull=True, parts__isnull=True)
    return list(cases.order_by("?").values_list("id", flat=True)[:size])


def _walk(case: Case, rows: Sequence[EventRecord]) -> list[str]:
    process = definition(case.version_id).process
    walk = _Walk(process=process, step=process.first.id)
    told = [row for row in rows if row.name in MOVES or row.name == DutyAsked.name]
    if any(row.name.startswith("cases.") and row.facts.get("code") not in (None, case.code) for row in rows):
        walk.wrong.append("an event names another code")
    if [row.at for row in rows] != sorted(row.at for row in rows):
        walk.wrong.append("its events are not in the order of time")
    for row in told:
        _go(walk, row, served=case.submitted_at == case.delivery.handed_out_at)
    if walk.state != case.state:
        walk.wrong.append(f"its events lead to {walk.state}, it stands at {case.state}")
    return walk.wrong


def _go(walk: _Walk, row: EventRecord, *, served: bool) -> None:
    if row.name == DutyAsked.name:
        walk.owes = True
        return
    move = MOVES[row.name]
    if not (served and row.name == CaseGranted.name):
        try:
            after = LIFECYCLE.after(move, walk.state)
        except WrongState:
            walk.wrong.append(f"{move} from {walk.state}")
            return
    else:
        after = State.GRANTED
    _step(walk, row)
    _stand(walk, row, after)


def _step(walk: _Walk, row: EventRecord) -> None:
    target = row.facts.get("to_step")
    if target is None:
        return
    at, back = walk.process.step(row.facts["from_step"]), row.name == CaseSentBack.name
    leading = at.back or tuple(step.id for step in walk.process.steps if at.id in step.next)
    if target not in (leading if back else at.next):
        walk.wrong.append(f"from step {at.id} to {target}")
    walk.step = target


def _stand(walk: _Walk, row: EventRecord, after: State) -> None:
    """Stops remember where the case stood."""
    was = walk.state
    if row.name == AgencyConsulted.name and row.facts["stopped"]:
        walk.before, walk.state = was, State.SUSPENDED
    elif row.name == ConsultationAnswered.name:
        walk.state = walk.before if was == State.SUSPENDED else was
        if walk.owes:
            walk.before, walk.state, walk.owes = walk.state, State.FINANCIAL_DUTY, False
    elif row.name == PaymentConfirmed.name and was == State.FINANCIAL_DUTY:
        walk.state = walk.before
    elif row.name == PaymentAsked.name and not row.facts.get("stopped", True):
        walk.state = was
    else:
        walk.before = was if row.name == PaymentAsked.name else walk.before
        walk.state = after


def _clock(case: Case) -> Iterator[str]:
    made, again = definition(case.version_id), copy.copy(case)
    if not case.is_received():
        return
    recount(again, made)
    if again.due_at != case.due_at:
        yield f"due {case.due_at}, by the calendar {again.due_at}"
    if again.promised_at != case.promised_at:
        yield f"promised {case.promised_at}, by the calendar {again.promised_at}"
    if again.step_due_at != case.step_due_at and case.state not in FINISHED:
        yield f"step due {case.step_due_at}, by the calendar {again.step_due_at}"
    latest = latest_for_step(case, made)
    if latest != case.latest_at:
        yield f"latest {case.latest_at}, by the calendar {latest}"


def _rights(case: Case) -> Iterator[str]:
    if not {case.receiving_agency_id, case.competent_agency_id, case.holder_unit_id} <= set(case.participants):
        yield "an agency that takes part does not see it"


def _series() -> Iterator[str]:
    for sentence, sql in (
        ("codes of {} on {}: {} counted, {} given, {} the last", _CODES),
        ("book {} of {} in {}: {} counted, {} the last", _BOOKS),
    ):
        for row in _asked(sql):
            yield sentence.format(*row)


def _tallies() -> Iterator[str]:
    kept = ", ".join(f"sum({column})" for column in COLUMNS)
    counted = ", ".join(f"count(*) FILTER (WHERE entry->>1 = '{column}')" for column in COLUMNS)
    (sums,) = _asked(f"SELECT {kept} FROM cases_tally")  # noqa: S608 (our own names)
    (parts,) = _asked(f"SELECT {counted} FROM cases_counted, jsonb_array_elements(entries) AS entry")  # noqa: S608
    for column, whole, part in zip(COLUMNS, sums, parts, strict=True):
        if (whole or 0) != part:
            yield f"{column}: the tallies say {whole}, the cases {part}"


def _asked(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


_CODES = r"""
    WITH given AS (
        SELECT regexp_replace(code, '-\d{6}-\d+$', '') AS agency,
               to_date(substring(code FROM '-(\d{6})-\d+$'), 'YYMMDD') AS day,
               substring(code FROM '(\d+)$')::int AS serial
        FROM cases_case WHERE code IS NOT NULL
    ), days AS (SELECT agency, day, count(*) AS n, max(serial) AS most FROM given GROUP BY 1, 2)
    SELECT coalesce(agency_code, agency), coalesce(series.day, days.day), n, most, last
    FROM days FULL JOIN cases_codeseries AS series ON agency_code = agency AND series.day = days.day
    WHERE (n = last AND most = last) IS NOT TRUE"""
_BOOKS = """
    WITH given AS (SELECT book, agency_id, year, count(*) AS n, max(number) AS most FROM cases_result GROUP BY 1, 2, 3)
    SELECT series.book, series.agency_id, series.year, n, last
    FROM cases_bookseries AS series LEFT JOIN given USING (book, agency_id, year)
    WHERE series.book <> 'BIEN_LAI' AND (n = last AND most = last) IS NOT TRUE"""
