from datetime import datetime
from uuid import UUID

from camaug.cases.events import CaseGranted
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.routing import enter, following
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.actors import Actor


@one_move
def approve(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, note: str = "") -> Case:
    """Grant what was applied for; the one who approves signs the result."""
    moving = begin(case_id, "approve", by=by, at=at, seen=seen)
    decide(moving, Outcome.GRANTED, signed_by=moving.post.id if moving.post else None)
    said = moving.note(note, internal=True) if note.strip() else None
    case = moving.case
    return moving.finish(CaseGranted(subject=case.id, code=case.code or "", signed_by=case.signed_by_id, note=said))


def decide(moving: Moving, outcome: Outcome, *, signed_by: UUID | None) -> None:
    """Set the outcome and go on to the step that publishes it."""
    case = moving.case
    case.outcome, case.decided_at, case.signed_by_id = outcome, moving.at, signed_by
    case.decided_unit_id = case.holder_unit_id
    enter(case, following(moving.definition.process, case.step, None, frozenset({StepKind.PUBLISH})), at=moving.at)
