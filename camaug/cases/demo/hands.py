"""Whose turn it is and when they get to it."""

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from camaug.access.queries import actor_of_officer
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.agreement import consent_of, last_draft
from camaug.cases.dues import dues
from camaug.cases.lateness.findings import hours_needed
from camaug.cases.lifecycle import IDLE
from camaug.cases.models import Case
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.prepared import asked
from camaug.kernel.rows import as_row, columns
from camaug.people import loading as people
from camaug.people.queries import PositionView, directory, holders, officer_by_email
from camaug.worktime.queries import calendar_of

_known: ContextVar[tuple[Sequence[datetime], dict[object, Any]] | None] = ContextVar("who_holds", default=None)


@contextmanager
def nobody_comes_or_goes(turns: Sequence[datetime] = ()) -> Iterator[None]:
    """Within it whoever holds a role somewhere is asked for once, whatever the instant, or once between two `turns`:
    while a month or patterns are played.
    """
    mark = _known.set((turns, {}))
    try:
        yield
    finally:
        _known.reset(mark)


def _once[T](ask: Callable[[str, UUID, datetime], T]) -> Callable[[str, UUID, datetime], T]:
    @wraps(ask)
    def once(role: str, unit_id: UUID, at: datetime) -> T:
        within = _known.get()
        if within is None:
            return ask(role, unit_id, at)
        turns, known = within
        key = ask, role, unit_id, bisect(turns, at)
        if key not in known:
            known[key] = ask(role, unit_id, at)
        found: T = known[key]
        return found

    return once


def next_instant(case_id: UUID, at: datetime, share: float) -> datetime:
    """The working instant at which a step of the usual hours is done, `share` of them after now; quicker where the
    usual hours would make the case late.
    """
    case = _case(case_id)
    hours = 3.0
    if case.step_due_at is not None:
        usual = definition(case.version_id).process.step(case.step).hours
        hours = max(0.5, float(usual)) * _haste(case, at)
    return later(case.holder_unit_id, at, hours * share)


def _case(case_id: UUID) -> Case:
    """The case as it stands, read as actions read it: this is asked several times for every move."""
    statement = f"SELECT {columns(Case, 'c')} FROM cases_case c WHERE c.id = %(id)s"  # noqa: S608 (our own columns)
    ((*values,),) = asked(statement, {"id": case_id})
    return as_row(Case, values)


def _haste(case: Case, at: datetime) -> float:
    """The share of its usual hours that a step gets when the rest of the way is to end in time."""
    if case.due_at is None or case.due_at <= at or case.state in IDLE:
        return 1.0
    left = calendar_of(case.competent_agency_id, at=at).working_time_between(at, case.due_at)
    return min(1.0, left / hours_needed(definition(case.version_id).process, case.step, timedelta()))


def later(unit_id: UUID | None, at: datetime, hours: float) -> datetime:
    """The instant so many working hours of that agency after now."""
    return calendar_of(unit_id, at=at).add_working_time(at, timedelta(minutes=int(60 * hours)))


def turn(case_id: UUID, at: datetime) -> Actor:
    """The officer whose turn the case is."""
    case = _case(case_id)
    if case.holder_unit_id is None:
        raise LookupError(case.code)
    return officer(case.holder_role, case.holder_unit_id, at)


def clerk(case_id: UUID, at: datetime) -> Actor:
    """A clerk of the one-stop unit that received the case."""
    case = _case(case_id)
    if case.receiving_agency_id is None:
        raise LookupError(case.code)
    return officer("ONE_STOP_CLERK", case.receiving_agency_id, at)


def pay(case_id: UUID, at: datetime) -> None:
    """Whatever is owed in the case and in those that it opened, taken in cash."""
    for case in Case.objects.filter(Q(pk=case_id) | Q(parent_id=case_id)).order_by("id"):
        if not dues(case, definition(case.version_id)).is_paid:
            confirm_payment(case.id, way="CASH", by=clerk(case.id, at), at=at)


def agree_to_draft(case_id: UUID, at: datetime, by: Actor | None = None) -> None:
    """Where the process shows the applicant a draft, it is sent, and agreed to the same minute: by the applicant, or by
    telephone to the counter.
    """
    case = _case(case_id)
    if consent_of(case, definition(case.version_id)) is None or last_draft(case) is not None:
        return
    show_draft(case_id, by=turn(case_id, at), at=at)
    answer_draft(case_id, agrees=True, by=by or clerk(case_id, at), at=at)


@_once
def officer(role: str, unit_id: UUID, at: datetime) -> Actor:
    """One who holds the role there, the cast before others."""
    able = [p for p in who_holds(role, unit_id, at) if not p.away]
    if not able:
        raise LookupError(f"{role}: {directory(at.astimezone(LOCAL).date()).get(unit_id).name}")
    chosen = min(able, key=lambda p: (p.officer_id not in _cast(), p.officer_name))
    return actor_of_officer(chosen.officer_id, at=at, origin="demo")


@_once
def who_holds(role: str, unit_id: UUID, at: datetime) -> tuple[PositionView, ...]:
    """Everybody who does."""
    return holders(role, unit_id, at)


@cache
def _cast() -> frozenset[UUID]:
    return frozenset(officer_by_email(member.email).id for member in people.cast(settings.PROFILE).officers.values())
