from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.lifecycle import FINISHED, State
from camaug.cases.queries import CaseRow, helped_cases
from camaug.cases.queries import my_cases as cases_of
from camaug.cases.web.portal.wording import tone
from camaug.kernel.pages import Request, members

WAITS_FOR_ME = frozenset({State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY, State.RESULT_READY})


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the list, with where it leads."""

    row: CaseRow
    href: str
    tone: str
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """Cases under one heading."""

    title: str
    lines: tuple[Line, ...]


@members
def my_cases(request: Request) -> HttpResponse:
    """Everything that one has begun or sent, what waits for oneself first."""
    rows = cases_of(request.actor, at=request.at)
    parts = [
        Part(_("Waiting for you"), _lines(row for row in rows if row.state in WAITS_FOR_ME)),
        Part(_("Not sent yet"), _lines(row for row in rows if row.state == State.DRAFT)),
        Part(_("With the office"), _lines(row for row in rows if _runs(row.state))),
        Part(_("Finished"), _lines(row for row in rows if row.state in FINISHED)),
    ]
    helped = _lines(helped_cases(request.actor, at=request.at))
    shown = {"parts": [part for part in parts if part.lines], "helped": helped}
    return render(request, "cases/portal/my_cases.html", shown)


def _runs(state: State) -> bool:
    return state not in WAITS_FOR_ME and state not in FINISHED and state != State.DRAFT


def _lines(rows: Iterable[CaseRow]) -> tuple[Line, ...]:
    return tuple(Line(row, _href(row), tone(row.state), _promised(row)) for row in rows)


def _promised(row: CaseRow) -> datetime | None:
    """When the result is due; before reception nothing is promised yet."""
    return row.due.at if row.due.tone in ("ok", "soon", "late") and row.state != State.SUBMITTED else None


def _href(row: CaseRow) -> str:
    return reverse("citizen:go_on" if row.state == State.DRAFT else "citizen:my_case", args=[row.id])
