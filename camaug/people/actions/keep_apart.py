from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.grants import ADMINISTRATOR
from camaug.people.models import Absence, Position, RoleTerm


class KindsMixed(DomainError):
    """One account would administer and work on cases."""

    sentence = _(
        "Who administers the system holds no other role at the same time: let administering have an account of its own."
    )


@dataclass(frozen=True, slots=True)
class _Carried:
    administers: bool
    since: datetime
    until: datetime | None


def keep_apart(officer_id: UUID, *, at: datetime) -> None:
    """Within the transaction that has just let an officer carry something: raise KindsMixed where, now or later, he
    would administer and carry another role at the same time, by whatever way each comes to him.
    """
    carried = [*_by_positions(officer_id, at), *_for_a_time(officer_id, at), *_standing_in(officer_id, at)]
    for one, other in combinations(carried, 2):
        if one.administers != other.administers and _meet(one, other):
            raise KindsMixed


def keep_all_apart(officer_ids: Collection[UUID], *, at: datetime) -> None:
    """The same for many, of whom few administer."""
    held = Q(position__roles__contains=[ADMINISTRATOR])
    administering = {
        *_of(Position.objects.filter(roles__contains=[ADMINISTRATOR]).values_list("officer_id", flat=True)),
        *_of(RoleTerm.objects.filter(role=ADMINISTRATOR).values_list("position__officer_id", flat=True)),
        *_of(Absence.objects.filter(held, until_at__gt=at).values_list("stand_in_id", flat=True)),
    }
    for officer_id in administering & set(officer_ids):
        keep_apart(officer_id, at=at)


def stand_ins_of(position_id: UUID, *, at: datetime) -> set[UUID]:
    """Who acts in the position while its holder is away, now or later."""
    rows = Absence.objects.filter(position=position_id, until_at__gt=at)
    return set(_of(rows.values_list("stand_in_id", flat=True)))


def _of(ids: Iterable[UUID | None]) -> Iterator[UUID]:
    return (one for one in ids if one is not None)


def _by_positions(officer_id: UUID, at: datetime) -> Iterator[_Carried]:
    today = at.astimezone(LOCAL).date()
    for row in Position.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), officer=officer_id):
        yield from _each(row.roles, _midnight(row.valid_from), _midnight(row.valid_until) if row.valid_until else None)


def _for_a_time(officer_id: UUID, at: datetime) -> Iterator[_Carried]:
    for row in RoleTerm.objects.filter(position__officer=officer_id, revoked_at=None, until_at__gt=at):
        yield from _each([row.role], row.from_at, row.until_at)


def _standing_in(officer_id: UUID, at: datetime) -> Iterator[_Carried]:
    for row in Absence.objects.select_related("position").filter(stand_in=officer_id, until_at__gt=at):
        yield from _each(row.position.roles, row.from_at, row.until_at)


def _each(roles: Collection[str], since: datetime, until: datetime | None) -> Iterator[_Carried]:
    return (_Carried(kind, since, until) for kind in {role == ADMINISTRATOR for role in roles})


def _meet(one: _Carried, other: _Carried) -> bool:
    begins = other.until is None or one.since < other.until
    return begins and (one.until is None or other.since < one.until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)
