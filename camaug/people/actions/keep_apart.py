from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.grants import OfficeKind, kind_of
from camaug.people.models import Absence, Officer, Position, Role, RoleTerm
from camaug.people.queries.words import KIND_WORDS


class KindsMixed(DomainError):
    """The role belongs to accounts of another kind."""

    sentence = _("This is {kind}; the role “{role}” does not belong to it. Let that work have an account of its own.")


def keep_apart(officer_id: UUID, *, at: datetime) -> None:
    """Within the transaction that has just let an officer carry something: raise KindsMixed where, now or later, he
    would carry a role of another kind than his account, by whatever way it comes to him.
    """
    kind = Officer.objects.values_list("kind", flat=True).get(pk=officer_id)
    check_roles(carried(officer_id, at=at), kind=kind)


def check_roles(roles: Iterable[str], *, kind: str) -> None:
    """Raise KindsMixed unless the roles count in an account of that kind."""
    if strange := next((role for role in sorted(roles) if kind_of(role) != kind), ""):
        named = Role.objects.filter(code=strange).values_list("name", flat=True).first()
        raise KindsMixed(kind=KIND_WORDS[OfficeKind(kind)], role=named or strange)


def settle_kind(officer: Officer, roles: Collection[str]) -> OfficeKind:
    """What the entry is once its first position carries these roles: that position says what its account is for.

    One that has held a position, or was said to be of a kind, stays what it is.
    """
    first = next((kind_of(role) for role in sorted(roles)), OfficeKind.OFFICER)
    new = officer.kind == OfficeKind.OFFICER and not Position.objects.filter(officer=officer).exists()
    return first if new else OfficeKind(officer.kind)


def carried(officer_id: UUID, *, at: datetime) -> frozenset[str]:
    """Every role that the officer carries now or will: of his positions, for a time, while he stands in."""
    today = at.astimezone(LOCAL).date()
    held = Position.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), officer=officer_id)
    lent = RoleTerm.objects.filter(position__officer=officer_id, revoked_at=None, until_at__gt=at)
    stood_in = Absence.objects.filter(stand_in=officer_id, until_at__gt=at)
    lists = [*held.values_list("roles", flat=True), *stood_in.values_list("position__roles", flat=True)]
    return frozenset(role for roles in lists for role in roles) | frozenset(lent.values_list("role", flat=True))


def stand_ins_of(position_ids: Collection[UUID], *, at: datetime) -> tuple[UUID, ...]:
    """Who acts in one of the positions while its holder is away, now or later."""
    rows = Absence.objects.filter(position__in=position_ids, until_at__gt=at).exclude(stand_in=None)
    return tuple(one for one in rows.values_list("stand_in_id", flat=True).distinct().order_by("stand_in_id") if one)
