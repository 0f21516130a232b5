"""What is carried or done for a time: roles entrusted, absences with a stand-in; and where an officer belongs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from camaug.kernel.clock import LOCAL
from camaug.people.models import Absence, Position, RoleTerm


@dataclass(frozen=True, slots=True)
class LentView:
    """A role entrusted for a time (`role`), or the place of an absent holder (`instead_of`), which has not ended.

    `agency_id` is the agency in which it lets `officer_id` do something; `title` the position's in which he does.
    """

    id: UUID
    agency_id: UUID
    officer_id: UUID
    officer_name: str
    title: str
    role: str
    document: str
    instead_of: str
    until_at: datetime


def terms_not_ended(*, at: datetime, only: UUID | None = None) -> Iterator[LentView]:
    """Roles that positions carry for a time, now or later; one of them where `only` names it."""
    rows = RoleTerm.objects.filter(_runs("position", _day(at)), until_at__gt=at, revoked_at=None)
    if only:
        rows = rows.filter(pk=only)
    for row in rows.select_related("position__officer", "delegated_from").order_by("id"):
        lender, who = row.delegated_from or row.position, row.position.officer
        yield LentView(
            row.id,
            lender.agency_id,
            who.id,
            who.full_name,
            row.position.title,
            row.role,
            row.document,
            "",
            row.until_at,
        )


def stand_ins_not_ended(*, at: datetime, only: UUID | None = None) -> Iterator[LentView]:
    """Who acts for an absent holder, now or later; one absence of them where `only` names it."""
    rows = Absence.objects.filter(_runs("position", _day(at)), until_at__gt=at)
    if only:
        rows = rows.filter(pk=only)
    for row in rows.select_related("position__officer", "stand_in").order_by("id"):
        if row.stand_in is not None:
            held, who = row.position, row.stand_in
            yield LentView(
                row.id, held.agency_id, who.id, who.full_name, held.title, "", "", held.officer.full_name, row.until_at
            )


def agencies_of(officer_ids: Collection[UUID], *, at: datetime) -> dict[UUID, UUID]:
    """The agency of each officer's main position, else of the one held longest; who holds none is left out."""
    held = Position.objects.filter(_runs("", _day(at)), officer__in=officer_ids, valid_from__lte=_day(at))
    found: dict[UUID, UUID] = {}
    for officer_id, agency_id in held.order_by("-main", "valid_from", "id").values_list("officer_id", "agency_id"):
        found.setdefault(officer_id, agency_id)
    return found


def seat_of(role: str, *, at: datetime) -> UUID | None:
    """The agency in which the role has been carried longest; None where nobody carries it."""
    held = Position.objects.filter(_runs("", _day(at)), roles__contains=[role], valid_from__lte=_day(at))
    return held.order_by("valid_from", "id").values_list("agency_id", flat=True).first()


def _runs(path: str, day: date) -> Q:
    name = f"{path}__valid_until" if path else "valid_until"
    return Q(**{name: None}) | Q(**{f"{name}__gt": day})


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
