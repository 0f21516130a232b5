"""The officer's inbox: whose turn a case is, by tab, with filters and keyset pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from camaug.cases.lifecycle import FINISHED, WAITING, State
from camaug.cases.models import Case, Cases
from camaug.cases.queries.consultations import asked_of
from camaug.cases.queries.lists import CaseRow, rows_of
from camaug.cases.queries.meaning import meant
from camaug.kernel.actors import Actor
from camaug.kernel.paging import page_of


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the inbox: its name in the address, its label, and the column that orders it."""

    name: str
    label: Any
    key: str = "urgent_at"
    descending: bool = False


TABS: tuple[Tab, ...] = (
    Tab("receive", _("To receive")),
    Tab("todo", _("To do")),
    Tab("answer", _("To answer")),
    Tab("waiting", _("Waiting")),
    Tab("overdue", _("Overdue")),
    Tab("return", _("To hand out")),
    Tab("done", _("Done"), key="submitted_at", descending=True),
)


HELD = ("receive", "todo", "overdue", "return")
"""The tabs of what the actor holds, counted together."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; empty strings narrow nothing. They live in the address."""

    procedure: str = ""
    channel: str = ""
    mine: bool = False
    words: str = ""
    agency: UUID | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of one tab, with the counts of all tabs."""

    tab: Tab
    rows: tuple[CaseRow, ...]
    counts: dict[str, int]
    older: str
    newer: str


def inbox(
    actor: Actor, tab: str, *, at: datetime, filters: Filters | None = None, place: str = "", size: int = 50
) -> Inbox:
    """One page of a tab; an unknown tab is "todo". `place` is a page's token."""
    chosen = next((known for known in TABS if known.name == tab), TABS[1])
    narrowed = _narrow(_of_tab(actor, chosen.name, at), filters or Filters(), actor)
    page = page_of(narrowed.as_rows(), key=chosen.key, token=place, size=size, descending=chosen.descending)
    return Inbox(chosen, rows_of(page.rows, at=at), counts(actor, at=at), page.older, page.newer)


def listed(actor: Actor, tab: str, *, at: datetime, filters: Filters, limit: int) -> tuple[UUID, ...]:
    """The first cases of a tab as its list shows them, without pages."""
    chosen = next((known for known in TABS if known.name == tab), TABS[1])
    rows = _narrow(_of_tab(actor, chosen.name, at), filters, actor)
    order = (f"-{chosen.key}", "-id") if chosen.descending else (chosen.key, "id")
    return tuple(rows.order_by(*order).values_list("id", flat=True)[:limit])


def tab_cases(actor: Actor, tab: str, *, at: datetime, filters: Filters) -> tuple[QuerySet[Case], str, bool]:
    """The cases of a tab, or ("") all that the actor sees; the column that orders them, and whether downwards."""
    chosen = next((known for known in TABS if known.name == tab), None)
    if chosen is None:
        return _narrow(Case.objects.visible_to(actor).submitted(), filters, actor), "submitted_at", True
    return _narrow(_of_tab(actor, chosen.name, at), filters, actor), chosen.key, chosen.descending


def counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """How many cases stand in each tab but the last, in three queries."""
    conditions = {tab.name: _condition(tab.name, at) for tab in TABS if tab.name in HELD}
    found = (
        Case.objects.held_by(actor)
        .open()
        .aggregate(**{f"n_{name}": Count("id", filter=condition) for name, condition in conditions.items()})
    )
    others = {name: _of_tab(actor, name, at).count() for name in ("waiting", "answer")}
    return {**{name: found[f"n_{name}"] for name in conditions}, **others}


def _of_tab(actor: Actor, name: str, at: datetime) -> Cases:
    if name == "done":
        return Case.objects.visible_to(actor).filter(state__in=list(FINISHED))
    if name == "answer":
        return asked_of(Case.objects.visible_to(actor).open().not_own_to(actor), actor)
    if name == "waiting":
        return Case.objects.visible_to(actor).filter(
            Q(state__in=list(WAITING)) & (Q(holder_unit_id__in=list(actor.unit_ids)) | Q(moved_by=actor.account_id))
        )
    return Case.objects.held_by(actor).filter(_condition(name, at))


def _condition(name: str, at: datetime) -> Q:
    unreceived = Q(state=State.SUBMITTED) | Q(state=State.SUPPLEMENTED, received_at__isnull=True)
    idle = [*WAITING, *FINISHED, State.RESULT_READY, State.DRAFT]
    match name:
        case "receive":
            return unreceived
        case "return":
            return Q(state=State.RESULT_READY, parent__isnull=True)
        case "overdue":
            return ~Q(state__in=idle) & (Q(promised_at__lt=at) | Q(due_at__lt=at) | Q(step_due_at__lt=at))
        case _:
            return ~Q(state__in=[*idle, State.SUBMITTED]) & ~Q(state=State.SUPPLEMENTED, received_at__isnull=True)


def _narrow(cases: Cases, filters: Filters, actor: Actor) -> Cases:
    if filters.procedure:
        cases = cases.filter(procedure__code=filters.procedure)
    if filters.channel:
        cases = cases.filter(channel=filters.channel)
    if filters.agency:
        cases = cases.filter(receiving_agency_id=filters.agency)
    if filters.mine:
        cases = cases.filter(assignee_id__in=[post.id for post in actor.posts])
    return cases.with_words(meant(filters.words).folded, actor)
