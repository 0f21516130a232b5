from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.cases.events import CaseReleased
from camaug.cases.lifecycle import IDLE
from camaug.cases.models import Case
from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.people.queries import unattended

BATCH = 500


def release_unattended(*, by: Actor, at: datetime) -> int:
    """Give the open cases of officers who have left, or are away without a stand-in, back to all who do the step.

    Each in its own transaction; returns how many, at most `BATCH`. Again changes nothing.
    """
    gone = unattended(at)
    assigned = Case.objects.open().filter(assignee__isnull=False, assignee_id__in=gone)
    ids = list(assigned.order_by("latest_at").values_list("id", flat=True)[:BATCH])
    return sum(_release(case_id, gone, by=by, at=at) for case_id in ids)


def _release(case_id: UUID, gone: frozenset[UUID], *, by: Actor, at: datetime) -> bool:
    with transaction.atomic():
        case = Case.objects.open().select_for_update().filter(pk=case_id).first()
        if case is None or case.assignee_id is None or case.assignee_id not in gone:
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
