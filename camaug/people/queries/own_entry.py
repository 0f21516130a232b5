"""What the register of staff keeps of one in office, for himself to take away."""

from collections.abc import Iterator
from uuid import UUID

from camaug.kernel.copying import Line, joined
from camaug.people.models import Absence, Officer, Position, RoleTerm


def own_entry(officer_id: UUID) -> Iterator[Line]:
    """The entry itself, with the numbers by which his own cases are recognised."""
    for row in Officer.objects.filter(pk=officer_id):
        told = {
            "full_name": row.full_name,
            "official_email": row.official_email,
            "phone": row.phone,
            "own_numbers": list(row.own_numbers),
            "kind": row.kind,
            "left_date": row.left_date,
        }
        yield Line(None, joined(row.full_name, row.official_email, row.phone, *row.own_numbers), told)


def own_posts(officer_id: UUID) -> Iterator[Line]:
    """Every post, with its roles, and the roles that were given or delegated to it."""
    rows = Position.objects.filter(officer_id=officer_id).order_by("valid_from", "id")
    for row in rows:
        told = {"title": row.title, "roles": row.roles, "from": row.valid_from, "until": row.valid_until}
        yield Line(None, joined(row.title, f"{row.valid_from:%d/%m/%Y}", *row.roles), told)
    for term in RoleTerm.objects.filter(position__officer_id=officer_id).order_by("from_at", "id"):
        told = {
            "role": term.role,
            "from": term.from_at,
            "until": term.until_at,
            "document": term.document,
            "reason": term.reason,
            "given_by": term.given_by_name,
        }
        yield Line(term.from_at, joined(term.role, term.document, term.reason), told)


def own_absences(officer_id: UUID) -> Iterator[Line]:
    """When he was away, and why as far as that is kept."""
    for row in Absence.objects.filter(position__officer_id=officer_id).order_by("from_at", "id"):
        told = {"from": row.from_at, "until": row.until_at, "reason": row.reason}
        yield Line(row.from_at, joined(row.reason, f"– {row.until_at:%d/%m/%Y}"), told)
