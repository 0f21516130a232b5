"""Lets deadlines follow the calendar."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from camaug.cases.actions.ask_recount import Change, ask_recount
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.worktime.events import CalendarLoaded, DayOffDeclared, DayOffWithdrawn, WorkingHoursSet


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
