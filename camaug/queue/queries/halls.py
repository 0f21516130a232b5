"""Halls with what waits in them."""

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.text import sort_key
from camaug.people.queries import AgencyView, directory
from camaug.queue.estimate import LOOKED_AT, mean_minutes, waiting_minutes
from camaug.queue.lifecycle import TicketState
from camaug.queue.models import Counter, Hall, PriorityGroup, ServiceGroup, Ticket
from camaug.queue.slots import is_open, next_opening
from camaug.worktime.queries import calendar_of

USUAL = 10  # minutes of a service in a hall that has no group of services


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of services: how many wait and about how many minutes one who comes now waits (None: no counter open)."""

    letter: str
    name: str
    fields: tuple[str, ...]
    places: int
    waiting: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter; `officer` "" where nobody sits, `letters` "" where it serves all."""

    id: UUID
    number: int
    name: str
    letters: str
    officer: str


@dataclass(frozen=True, slots=True)
class PriorityView:
    """A priority group as it is offered."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HallView:
    """A hall at an instant. `taking`: numbers are given now; else `opens_at` says when again, None where never."""

    agency: AgencyView
    books: bool
    taking: bool
    opens_at: datetime | None
    groups: tuple[GroupView, ...]
    counters: tuple[CounterView, ...]
    waiting: int
    minutes: int | None

    def group(self, letter: str) -> GroupView:
        """The group of that letter; NotFound."""
        found = next((group for group in self.groups if group.letter == letter), None)
        if found is None:
            raise NotFound
        return found


def hall(agency_id: UUID, *, at: datetime) -> HallView:
    """The hall of that agency; NotFound."""
    row = Hall.objects.filter(pk=agency_id).first()
    day = at.astimezone(LOCAL).date()
    if row is None:
        raise NotFound
    calendar = calendar_of(agency_id, at=at)
    taking = row.open and is_open(calendar, at)
    groups, counters = tuple(row.groups.filter(in_use=True)), open_counters(agency_id)
    ahead = waiting_by_letter(agency_id, day)
    means = mean_of(agency_id, day, groups)
    busy = [counter for counter in counters if counter.officer]
    longest = waiting_minutes(sum(ahead.values()), len(busy), means)
    return HallView(
        agency=directory(day).get(agency_id),
        books=row.books,
        taking=taking,
        opens_at=next_opening(calendar, at) if row.open and not taking else None,
        groups=tuple(_group(group, ahead, busy, means) for group in groups),
        counters=counters,
        waiting=sum(ahead.values()),
        minutes=longest,
    )


def halls(*, words: str = "", at: datetime) -> tuple[AgencyView, ...]:
    """The agencies that take appointments, those that fit the words where some are given."""
    known = directory(at.astimezone(LOCAL).date())
    booking = set(Hall.objects.filter(books=True).values_list("pk", flat=True))
    found = known.search(words, limit=60) if words else tuple(known)
    return tuple(agency for agency in found if agency.id in booking)


def priorities(on: date) -> tuple[PriorityView, ...]:
    """The priority groups of that day, by rank."""
    rows = PriorityGroup.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)
    in_order = sorted(rows, key=lambda row: (row.rank, sort_key(row.name)))
    return tuple(PriorityView(row.code, named(row)) for row in in_order)


def open_counters(agency_id: UUID) -> tuple[CounterView, ...]:
    """The counters in use, with those who sit there."""
    rows = Counter.objects.filter(hall_id=agency_id, in_use=True)
    at_work = dict(rows.filter(shifts__closed_at=None).values_list("id", "shifts__officer_name"))
    return tuple(CounterView(c.id, c.number, c.name, c.letters, at_work.get(c.id) or "") for c in rows)


def waiting_by_letter(agency_id: UUID, day: date) -> Tally[str]:
    """How many wait under each letter."""
    return Tally(Ticket.objects.of_day(agency_id, day).waiting().values_list("letter", flat=True))


def mean_of(agency_id: UUID, day: date, groups: Iterable[ServiceGroup]) -> float:
    """How many minutes one service takes in this hall today."""
    last = list(last_services(Ticket.objects.of_day(agency_id, day)))
    usual = [group.usual_minutes for group in groups] or [USUAL]
    return mean_minutes(last[::-1], sum(usual) / len(usual))


def last_services(tickets: QuerySet[Ticket]) -> "QuerySet[Ticket, timedelta]":
    """How long the last services among these took, the latest first."""
    ended = tickets.filter(state=TicketState.SERVED, ended_at__isnull=False)
    took = ended.annotate(took=F("ended_at") - Coalesce("begun_at", "called_at"))
    return took.order_by("-ended_at").values_list("took", flat=True)[:LOOKED_AT]


def sharing(letter: str, busy: Iterable[CounterView]) -> tuple[int, frozenset[str] | None]:
    """How many open counters serve the letter, and which letters stand before them too (None: all)."""
    serving = [counter for counter in busy if not counter.letters or letter in counter.letters]
    if any(not counter.letters for counter in serving):
        return len(serving), None
    return len(serving), frozenset("".join(counter.letters for counter in serving)) | {letter}


def named(row: ServiceGroup | PriorityGroup) -> str:
    """Its name in the reader's language."""
    return row.name_en if row.name_en and (get_language() or "").startswith("en") else row.name


def _group(group: ServiceGroup, ahead: Tally[str], busy: list[CounterView], mean: float) -> GroupView:
    counters, letters = sharing(group.letter, busy)
    before = sum(count for letter, count in ahead.items() if letters is None or letter in letters)
    return GroupView(
        letter=group.letter,
        name=named(group),
        fields=tuple(group.fields),
        places=group.places,
        waiting=ahead[group.letter],
        minutes=waiting_minutes(before, counters, mean),
    )
