"""Roles that were delegated or given for a time, as those concerned see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from camaug.people.models import RoleTerm
from camaug.people.queries.rights import role_names


@dataclass(frozen=True, slots=True)
class TermRow:
    """A role entrusted for a time that has not ended; `lent`: from one's own position; `running`: it holds now."""

    id: UUID
    role: str
    holder: str
    holder_title: str
    lender: str
    document: str
    reason: str
    from_at: datetime
    until_at: datetime
    lent: bool
    running: bool


def role_terms(position_ids: Iterable[UUID], *, at: datetime) -> tuple[TermRow, ...]:
    """Those that these positions lend or carry, now or later, by their end."""
    mine = set(position_ids)
    rows = RoleTerm.objects.filter(Q(position__in=mine) | Q(delegated_from__in=mine), until_at__gt=at, revoked_at=None)
    rows = rows.select_related("position__officer", "delegated_from__officer").order_by("until_at", "id")
    names = role_names()
    return tuple(
        TermRow(
            id=row.id,
            role=names.get(row.role, row.role),
            holder=row.position.officer.full_name,
            holder_title=row.position.title,
            lender=row.delegated_from.officer.full_name if row.delegated_from else row.given_by_name,
            document=row.document,
            reason=row.reason,
            from_at=row.from_at,
            until_at=row.until_at,
            lent=row.delegated_from_id in mine,
            running=row.from_at <= at,
        )
        for row in rows
    )
