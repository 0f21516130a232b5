"""What can be booked."""

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.queue.lifecycle import HELD
from camaug.queue.models import Appointment, Hall, ServiceGroup
from camaug.queue.queries.halls import GroupView
from camaug.queue.slots import LEAD, slots_of
from camaug.worktime.queries import calendar_of


@dataclass(frozen=True, slots=True)
class Time:
    """A half hour with its free places."""

    at: datetime
    free: int


@dataclass(frozen=True, slots=True)
class DayOffer:
    """A working day with its half hours that have not begun."""

    day: date
    times: tuple[Time, ...]

    @property
    def free(self) -> int:
        """All free places of the day."""
        return sum(time.free for time in self.times)


def days(agency_id: UUID, letter: str, *, at: datetime) -> tuple[DayOffer, ...]:
    """The working days within the hall's horizon on which something can be booked or is full; NotFound."""
    hall = Hall.objects.filter(pk=agency_id, books=True).first()
    group = ServiceGroup.objects.filter(hall_id=agency_id, letter=letter, in_use=True).first()
    if hall is None or group is None:
        raise NotFound
    first, calendar = at.astimezone(LOCAL).date(), calendar_of(agency_id, at=at)
    held = Appointment.objects.filter(group=group, state__in=HELD, slot_at__gt=at)
    taken = Tally(slot.astimezone(LOCAL) for slot in held.values_list("slot_at", flat=True))
    found = []
    for ahead in range(hall.horizon + 1):
        day = first + timedelta(days=ahead)
        slots = (slot for slot in slots_of(calendar, day) if slot >= at + LEAD)
        times = tuple(Time(slot, max(0, group.places - taken[slot])) for slot in slots)
        if times and group.places:
            found.append(DayOffer(day, times))
    return tuple(found)


def group_for(field: str, groups: tuple[GroupView, ...]) -> GroupView | None:
    """The group that serves a field of work: the one that names it, else the one for whatever is left."""
    named = next((group for group in groups if field in group.fields), None)
    return named or next((group for group in groups if not group.fields), None)
