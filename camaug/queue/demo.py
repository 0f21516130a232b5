"""The demonstration's halls, alive while the offices work: people come, invented clerks call, serve and miss them.

One minute after another is played through the same actions that people and officers use, so that a hall that nobody
looked at for an hour is where it would be. The cast's own clerks find a counter free.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from camaug.access.queries import actor_of_officer
from camaug.kernel.actors import ANONYMOUS, Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.lifecycle import WrongState
from camaug.people import loading as people
from camaug.people.queries import directory, holders, officer_by_email
from camaug.queue.actions.begin_serving import begin_serving
from camaug.queue.actions.call_next import call_next
from camaug.queue.actions.finish_serving import finish_serving
from camaug.queue.actions.miss import miss
from camaug.queue.actions.open_counter import open_counter
from camaug.queue.actions.take_number import take_number
from camaug.queue.lifecycle import AT_COUNTER, TicketState
from camaug.queue.models import Counter, ServiceGroup, Shift, Ticket
from camaug.queue.slots import is_open
from camaug.worktime.queries import calendar_of

HALLS = ("H12.39.32245", "H12.39", "H12.03")
CAUGHT_UP = timedelta(minutes=45)
MINUTE = timedelta(minutes=1)
MOST_WAITING = {"H12.39.32245": 6, "H12.39": 9, "H12.03": 14}


def play(profile: Path, *, at: datetime) -> None:
    """Bring the halls of the cast's offices from where they stand to that instant."""
    known = directory(at.astimezone(LOCAL).date())
    cast = frozenset(officer_by_email(one.email).id for one in people.cast(profile).officers.values())
    for code in HALLS:
        if any(agency.code == code for agency in known):
            _play_hall(known.by_code(code).id, MOST_WAITING[code], cast, at)


def _play_hall(hall_id: UUID, most: int, cast: frozenset[UUID], at: datetime) -> None:
    calendar, day = calendar_of(hall_id, at=at), at.astimezone(LOCAL).date()
    last = Ticket.objects.of_day(hall_id, day).order_by("-arrival").values_list("taken_at", flat=True).first()
    minute = max(last or at - CAUGHT_UP, at - CAUGHT_UP) + MINUTE
    while minute <= at:
        if is_open(calendar, minute):
            _play_minute(hall_id, most, cast, minute)
        minute += MINUTE


def _play_minute(hall_id: UUID, most: int, cast: frozenset[UUID], at: datetime) -> None:
    chance = Random(f"{hall_id}{at:%Y%m%d%H%M}")  # noqa: S311 (a play, not a secret)
    waiting = Ticket.objects.of_day(hall_id, at.astimezone(LOCAL).date()).waiting().count()
    if waiting < most and chance.random() < 0.3 + 0.05 * (most - waiting):
        letters = list(ServiceGroup.objects.filter(hall_id=hall_id, in_use=True).values_list("letter", flat=True))
        first = chance.choices(["", "ELDERLY", "PREGNANT"], [12, 2, 1])[0]
        take_number(hall_id, letter=chance.choice(letters), priority=first, by=ANONYMOUS, at=at)
    for officer in _at_work(hall_id, cast, at):
        with suppress(WrongState):  # whoever tries out this counter was faster
            _serve(officer, chance, at)


def _serve(officer: Actor, chance: Random, at: datetime) -> None:
    present = Ticket.objects.filter(counter__shifts__account=officer.account_id, state__in=AT_COUNTER)
    ticket = present.filter(counter__shifts__closed_at=None).first()
    if ticket is None:
        call_next(by=officer, at=at)
    elif ticket.state == TicketState.CALLED and chance.random() < 0.08:
        miss(ticket.id, by=officer, at=at)
    elif ticket.state == TicketState.CALLED:
        begin_serving(ticket.id, by=officer, at=at)
    elif ticket.begun_at and at - ticket.begun_at > timedelta(minutes=4 + ticket.arrival * 7 % 9):
        finish_serving(ticket.id, by=officer, at=at)


def _at_work(hall_id: UUID, cast: frozenset[UUID], at: datetime) -> list[Actor]:
    """Invented clerks at the counters behind the first, each sitting down the first time."""
    clerks = [
        one.officer_id for one in holders("ONE_STOP_CLERK", hall_id, at) if one.officer_id not in cast and not one.away
    ]
    counters = list(Counter.objects.filter(hall_id=hall_id, in_use=True).values_list("number", flat=True))[1:]
    found = []
    for officer_id, number in zip(dict.fromkeys(clerks), counters, strict=False):
        try:
            officer = actor_of_officer(officer_id, at=at, origin="demo")
        except NotFound:
            continue
        shifts = Shift.objects.filter(closed_at=None)
        if shifts.filter(account=officer.account_id).exists():
            found.append(officer)
        elif not shifts.filter(counter__hall=hall_id, counter__number=number).exists():
            open_counter(hall_id, number=number, by=officer, at=at)
            found.append(officer)
    return found
