"""Halls as administrators arrange them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from camaug.kernel.errors import NotFound
from camaug.queue.models import Hall


@dataclass(frozen=True, slots=True)
class GroupArrangement:
    """A group as administrators see it."""

    letter: str
    name: str
    name_en: str
    fields: tuple[str, ...]
    places: int
    usual_minutes: int
    in_use: bool


@dataclass(frozen=True, slots=True)
class CounterArrangement:
    """A counter as administrators see it."""

    number: int
    name: str
    letters: str
    in_use: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A hall as administrators see it, with what is out of use."""

    agency_id: UUID
    open: bool
    books: bool
    horizon: int
    groups: tuple[GroupArrangement, ...]
    counters: tuple[CounterArrangement, ...]

    @property
    def next_letter(self) -> str:
        """The first letter that no group has, "" where none is left."""
        taken = {group.letter for group in self.groups}
        return next((letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken), "")

    @property
    def next_number(self) -> int:
        """The number of a further counter."""
        return max((counter.number for counter in self.counters), default=0) + 1


def arrangement(agency_id: UUID) -> Arrangement:
    """The hall of that agency; NotFound."""
    found = arranged([agency_id])
    if agency_id not in found:
        raise NotFound
    return found[agency_id]


def arranged(agency_ids: Iterable[UUID]) -> dict[UUID, Arrangement]:
    """The halls of those agencies that have one."""
    rows = Hall.objects.filter(pk__in=list(agency_ids)).prefetch_related("groups", "counters")
    return {row.pk: _arrangement(row) for row in rows}


def _arrangement(row: Hall) -> Arrangement:
    return Arrangement(
        agency_id=row.pk,
        open=row.open,
        books=row.books,
        horizon=row.horizon,
        groups=tuple(
            GroupArrangement(g.letter, g.name, g.name_en, tuple(g.fields), g.places, g.usual_minutes, g.in_use)
            for g in row.groups.all()
        ),
        counters=tuple(CounterArrangement(c.number, c.name, c.letters, c.in_use) for c in row.counters.all()),
    )
