"""When and where copies stand: of done cases over the years of their version, of open ones in the last weeks."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from camaug.cases.volume.crowd import hash_of, mixed
from camaug.cases.volume.patterns import Pattern, Wanted
from camaug.cases.volume.seats import Host
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar, Period
from camaug.worktime.queries import calendar_of

_OPEN_WEEKS = (0, 0, 0, 0, -1, -1, -2, -4)
_YEARS = 3
_WEEK = timedelta(weeks=1).total_seconds()
LEAST_PATTERNS = 24
FEW_OPEN = 400
BEFORE_ALL = timedelta(weeks=-52 * 4)
ORDINARY = 10_000
"""From so many cases on the full desks are full."""


class Mix(BaseModel):
    """`volume.yaml`: how much of what, where patterns are played, and at which offices the desks are full."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offices: dict[str, str]
    cases: dict[str, int]
    endings: dict[str, int]
    open_share: float
    places: tuple[str, ...]
    full_desks: dict[str, dict[str, dict[str, int]]]

    def wanted(self, number: int, *, held: dict[str, dict[str, float]], seed: int) -> list[Wanted]:
        """Which patterns to play: every ending and every place of every procedure, more of the frequent ones; of a
        small load only some.
        """
        found: list[Wanted] = []
        for procedure, office in self.offices.items():
            for end, weight in self.endings.items():
                times = 3 if weight > 30 else 1
                found += [Wanted(procedure, end, office, is_open=False)] * times
            places = [place for place in self.places if place in held.get(procedure, {})]
            found += [Wanted(procedure, place, office, is_open=True) for place in places]
        most = max(LEAST_PATTERNS, number // 40)
        if len(found) <= most:
            return found
        Random(seed).shuffle(found)  # noqa: S311 (invented cases)
        still_open = [one for one in found if one.is_open]
        done = [one for one in found if not one.is_open]
        return [*done[: most // 2], *still_open[: most - most // 2]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A pattern with the weeks by which it may move and the agencies that can host it."""

    pattern: Pattern
    weeks: tuple[int, ...]
    hosts: tuple[Host, ...]


class Copy(NamedTuple):
    """One case to come: which choice, how many weeks away, at which of its hosts."""

    choice: int
    weeks: int
    host: int


def weeks_of(pattern: Pattern, *, at: datetime) -> tuple[int, ...]:
    """By how many weeks the pattern may move so that its version and its fees hold and its calendar is the same."""
    calendar = calendar_of(pattern.competent, at=at)
    first = max(pattern.made.valid_from, (at - timedelta(days=365 * _YEARS)).date())
    turns = _turns_of(pattern.made)
    least = -((pattern.begins.astimezone(LOCAL).date() - first).days // 7)
    most = (at - pattern.reached) // timedelta(weeks=1)
    wanted = _OPEN_WEEKS if pattern.is_open else range(least, most + 1)
    return tuple(k for k in wanted if least <= k <= most and _same(pattern, calendar, turns, k))


def _same(pattern: Pattern, calendar: Calendar, turns: frozenset[date], weeks: int) -> bool:
    moved = timedelta(weeks=weeks)
    begins = pattern.begins.astimezone(LOCAL).date()
    low, high = sorted((begins, begins + moved))
    if any(low < turn <= high for turn in turns):
        return False
    day, last = pattern.earliest.astimezone(LOCAL).date(), pattern.latest.astimezone(LOCAL).date()
    hours = _hours.setdefault(id(calendar), {})
    while day <= last:
        for one in (day, day + moved):
            if one not in hours:
                hours[one] = calendar.working_periods(one)
        if hours[day] != hours[day + moved]:
            return False
        day += timedelta(days=1)
    return True


_hours: dict[int, dict[date, tuple[Period, ...]]] = {}  # of calendars that live as long as the process


_turning: dict[int, tuple[Definition, frozenset[date]]] = {}  # by identity, of definitions that are kept here


def _turns_of(made: Definition) -> frozenset[date]:
    """Every day on which something in the definition begins or ends."""
    if id(made) not in _turning:
        _turning[id(made)] = made, frozenset(_days(made.model_dump(mode="python")))
    return _turning[id(made)][1]


def _days(value: Any) -> Iterator[date]:
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _days(one)
    elif isinstance(value, date) and not isinstance(value, datetime):
        yield value


def copies(choices: Sequence[Choice], mix: Mix, number: int, *, seed: int) -> list[Copy]:
    """So many copies, in the order of time; those of one choice and one week lie together."""
    was_on = gc.isenabled()
    gc.disable()  # it would look at millions of copies again and again, and none refers in circles
    try:
        return _in_order(choices, mix, number, Random(seed))  # noqa: S311 (invented cases, not a secret)
    finally:
        if was_on:
            gc.enable()


def _in_order(choices: Sequence[Choice], mix: Mix, number: int, drawn: Random) -> list[Copy]:
    found = list(_full(choices, mix, drawn, min(1.0, number / ORDINARY)))
    still_open = max(int(number * mix.open_share), min(number // 10, FEW_OPEN)) - len(found)
    found += _draw(choices, mix, max(0, still_open), drawn, is_open=True)
    found += _draw(choices, mix, number - len(found), drawn, is_open=False)
    alike: defaultdict[tuple[int, int], list[Copy]] = defaultdict(list)
    for one in found:
        alike[one.choice, one.weeks].append(one)
    begins = [choice.pattern.begins.timestamp() for choice in choices]
    return [one for key in sorted(alike, key=lambda it: begins[it[0]] + _WEEK * it[1]) for one in alike[key]]


def _full(choices: Sequence[Choice], mix: Mix, drawn: Random, share: float) -> Iterator[Copy]:
    """The desks that are full: so many cases of a procedure at a place of the process in one office."""
    for code, procedures in mix.full_desks.items():
        for procedure, places in procedures.items():
            for place, times in places.items():
                able = [
                    (index, host)
                    for index, choice in enumerate(choices)
                    if choice.pattern.is_open and (choice.pattern.procedure, choice.pattern.end) == (procedure, place)
                    for host, here in enumerate(choice.hosts)
                    if here.code == code
                ]
                for _ in range(int(times * share) if able else 0):
                    index, host = drawn.choice(able)
                    yield Copy(index, drawn.choice(choices[index].weeks), host)


def _draw(choices: Sequence[Choice], mix: Mix, number: int, drawn: Random, *, is_open: bool) -> Iterator[Copy]:
    able = [index for index, one in enumerate(choices) if one.pattern.is_open == is_open and one.weeks and one.hosts]
    kinds = {index: (choices[index].pattern.procedure, choices[index].pattern.end) for index in able}
    alike = {kind: sum(other == kind for other in kinds.values()) for kind in set(kinds.values())}
    weights = [mix.cases[kinds[i][0]] * (1 if is_open else mix.endings[kinds[i][1]]) / alike[kinds[i]] for i in able]
    sizes = {index: _sizes(choices[index].hosts) for index in able}
    for index in drawn.choices(able, weights, k=number) if able else ():
        choice, size = choices[index], sizes[index]
        yield Copy(index, choice.weeks[int(drawn.random() * len(choice.weeks))], size[int(drawn.random() * len(size))])


def _sizes(hosts: Sequence[Host]) -> list[int]:
    """Hosts by their number, those of larger places more often, up to five times."""
    return [index for index, host in enumerate(hosts) for _ in range(1 + mixed(hash_of(host.code)) % 5)]
