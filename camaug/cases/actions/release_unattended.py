from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from camaug.cases.events import CaseReleased
from camaug.cases.lifecycle import IDLE
from camaug.cases.models import Case
from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.people.queries import lapsed, unattended

BATCH = 500


@dataclass(frozen=True, slots=True)
class Left:
    """The positions in which nobody acts, and the roles that positions carry no more."""

    gone: frozenset[UUID]
    lapsed: frozenset[tuple[UUID, str, UUID]]

    def has(self, position: UUID | None, role: str, unit: UUID | None) -> bool:
        """Whether a case that this position holds in that role is nobody's."""
        return position in self.gone or (position, role, unit) in self.lapsed


def release_unattended(*, by: Actor, at: datetime) -> int:
    """Give the open cases of officers who have left, are away without a stand-in, or had the role only for a time that
    is over, back to all who do the step.

    Each in its own transaction; returns how many, at most `BATCH`. Again changes nothing.
    """
    left = Left(unattended(at), lapsed(at))
    positions = left.gone | {position for position, _role, _unit in left.lapsed}
    assigned = Case.objects.open().filter(assignee__isnull=False, assignee_id__in=positions).order_by("latest_at")
    held = assigned.values_list("id", "assignee_id", "holder_role", "holder_unit_id")
    ids = list(islice((case_id for case_id, position, role, unit in held if left.has(position, role, unit)), BATCH))
    return sum(_release(case_id, left, by=by, at=at) for case_id in ids)


def _release(case_id: UUID, left: Left, *, by: Actor, at: datetime) -> bool:
    with transaction.atomic():
        case = Case.objects.open().select_for_update().filter(pk=case_id).first()
        if case is None or case.assignee_id is None:
            return False
        if not left.has(case.assignee_id, case.holder_role, case.holder_unit_id):
            return False
        position, case.assignee_id = case.assignee_id, None
        case.revision += 1
        case.last_move, case.moved_by, case.moved_by_name, case.moved_at = "release", None, by.name, at
        case.look_at = None if case.state in IDLE else at
        case.save(
            update_fields=["assignee", "look_at", "revision", "last_move", "moved_by", "moved_by_name", "moved_at"]
        )
        record(CaseReleased(subject=case.id, code=case.code or "", position=position, step=case.step), by=by, at=at)
        return True
