"""The cases behind a number of a report, by when they were received; what personal there is only where one may see it.

A stream reads batches behind the last row, each a query of its own: no transaction and no cursor stays open while a
slow line takes the file, and nothing is left behind when it breaks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from camaug.cases.lifecycle import LABELS, State
from camaug.cases.models import Case
from camaug.cases.queries.counting import timeliness
from camaug.cases.queries.reports.asked import Asked
from camaug.cases.queries.reports.formula import Column
from camaug.cases.queries.reports.window import Window
from camaug.kernel.actors import Actor
from camaug.kernel.paging import Page, page_of

BATCH = 2000
ROWS = 50
OVERDUE, IN_TIME, WAITING, WAITING_LATE, RETURNED = "overdue", "in_time", "waiting", "waiting_late", "returned"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A case of a report. `applicant` is empty where the reader takes no part in the case: then it is not `visible`.

    `standing`: how it stands in the report: early, on_time, late, undated, returned, or in_time, overdue, waiting,
    waiting_late.
    """

    code: str
    procedure: str
    agency_id: UUID
    channel: str
    applicant: str
    received_at: datetime
    promised_at: datetime | None
    finished_at: datetime | None
    state_label: Any
    standing: str
    visible: bool


def listed(asked: Asked, column: Column, window: Window, *, actor: Actor, token: str = "") -> Page[ReportRow]:
    """One screen of them, the latest first."""
    page = page_of(_cases(asked, column, window), key="received_at", token=token, size=ROWS, descending=True)
    return Page(tuple(_rows(page.rows, window, actor)), page.older, page.newer)


def streamed(asked: Asked, column: Column, window: Window, *, actor: Actor) -> Iterator[ReportRow]:
    """All of them, the earliest first; memory does not grow with their number."""
    cases, behind = _cases(asked, column, window).order_by("received_at", "id"), Q()
    while batch := list(cases.filter(behind)[:BATCH]):
        yield from _rows(batch, window, actor)
        last = batch[-1]
        behind = Q(received_at__gt=last.received_at) | Q(received_at=last.received_at, id__gt=last.id)
        if len(batch) < BATCH:
            return


def _cases(asked: Asked, column: Column, window: Window) -> QuerySet[Case]:
    found = asked.cases().filter(window.everything(), column.condition(window))
    return found.annotate(
        procedure_name=F("version__name"),
        waiting=ExpressionWrapper(window.waiting(), BooleanField()),
        asked_again=ExpressionWrapper(window.waiting(again=True), BooleanField()),
    ).only(
        "code", "state", "channel", "competent_agency_id", "applicant_name", "received_at", "promised_at",
        "finished_at", "second_supplement",
    )  # fmt: skip


def _rows(cases: Sequence[Any], window: Window, actor: Actor) -> Iterator[ReportRow]:
    ids = [case.id for case in cases]
    seen = set(Case.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    for case in cases:
        yield ReportRow(
            code=case.code or "",
            procedure=case.procedure_name,
            agency_id=case.competent_agency_id,
            channel=case.channel,
            applicant=case.applicant_name if case.id in seen else "",
            received_at=case.received_at,
            promised_at=case.promised_at,
            finished_at=case.finished_at,
            state_label=LABELS[State(case.state)],
            standing=_standing(case, window),
            visible=case.id in seen,
        )


def _standing(case: Any, window: Window) -> str:
    overdue = case.promised_at is not None and case.promised_at < window.as_of
    if case.waiting:
        return WAITING_LATE if overdue or case.asked_again else WAITING
    if case.finished_at and case.finished_at < window.end:
        if case.state == State.STOPPED:
            return RETURNED
        return timeliness(case.finished_at, case.promised_at, 2 if case.second_supplement else 1)
    return OVERDUE if overdue else IN_TIME
