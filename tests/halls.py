"""A hall at work: counters that are open, people who came."""

from datetime import datetime, time, timedelta
from uuid import UUID

from camaug.kernel.actors import ANONYMOUS, SYSTEM, Actor
from camaug.kernel.clock import LOCAL
from camaug.queue.actions.begin_serving import begin_serving
from camaug.queue.actions.book import Wish, book
from camaug.queue.actions.call_next import call_next
from camaug.queue.actions.finish_serving import finish_serving
from camaug.queue.actions.open_counter import open_counter
from camaug.queue.actions.take_number import take_number
from camaug.queue.models import Appointment, Ticket
from camaug.worktime.actions.declare_day_off import declare_day_off
from camaug.worktime.actions.set_working_hours import set_working_hours
from camaug.worktime.models import DayKind
from camaug.worktime.queries import calendar_of
from tests.world import AT, COMMUNE, World

CLERK = "clerk"
PHONE = "+84918000123"


def hall_id(world: World) -> UUID:
    return world.agencies[COMMUNE]


def take(world: World, letter: str = "A", *, priority: str = "", at: datetime = AT) -> Ticket:
    return take_number(hall_id(world), letter=letter, priority=priority, by=ANONYMOUS, at=at)


def sit(world: World, number: int = 1, *, by: Actor | None = None, at: datetime = AT) -> Actor:
    """The clerk, or another, opens that counter of the commune."""
    officer = by or world.officer(CLERK)
    open_counter(hall_id(world), number=number, by=officer, at=at)
    return officer


def serve(by: Actor, *, at: datetime = AT, minutes: int = 10) -> Ticket:
    """The next one is called, served and done after so many minutes."""
    ticket = call_next(by=by, at=at)
    assert ticket
    begin_serving(ticket.id, by=by, at=at)
    return finish_serving(ticket.id, by=by, at=at + timedelta(minutes=minutes))


def wish(slot_at: datetime, *, letter: str = "A", phone: str = PHONE, procedure: str = "") -> Wish:
    return Wish(letter=letter, slot_at=slot_at, name="Nguyễn Thị Lan", phone=phone, procedure=procedure)


def booked(world: World, slot_at: datetime, *, phone: str = PHONE, letter: str = "A", at: datetime = AT) -> Appointment:
    return book(hall_id(world), wish(slot_at, letter=letter, phone=phone), by=ANONYMOUS, at=at)


def always_open(agency_id: UUID, *, at: datetime) -> None:
    """Pages read the real clock: let the office work at every hour of every day around it, holidays too."""
    day = at.astimezone(LOCAL).date()
    whole = ((time(0), time(23, 59, 59)),)
    first = day - timedelta(days=1)
    set_working_hours(agency_id, week=(whole,) * 7, valid_from=first, source="Thử", by=SYSTEM, at=at)
    for ahead in range(16):
        worked = first + timedelta(days=ahead)
        if not calendar_of(agency_id, at=at).is_working_day(worked):
            kind = DayKind.WORKED
            declare_day_off(worked, name="Làm bù", source="Thử", unit_id=agency_id, kind=kind, by=SYSTEM, at=at)
