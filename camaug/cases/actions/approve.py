from datetime import datetime
from uuid import UUID

from camaug.cases.actions.pass_on import NothingProposed
from camaug.cases.events import CaseGranted
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.policy import PERMISSIONS, own_post
from camaug.cases.proposals import has_proposed, lacks_proposal
from camaug.cases.routing import enter, following
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotAllowed


@one_move
def approve(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, note: str = "") -> Case:
    """Grant what was applied for; the one who approves signs the result."""
    moving = begin(case_id, "approve", by=by, at=at, seen=seen)
    decide(moving, Outcome.GRANTED)
    said = moving.note(note, internal=True) if note.strip() else None
    case = moving.case
    return moving.finish(CaseGranted(subject=case.id, code=case.code or "", signed_by=case.signed_by_id, note=said))


def decide(moving: Moving, outcome: Outcome) -> None:
    """Set the outcome as decided by the one who moves, and go on to the step that publishes it."""
    _check_proposed(moving)
    own = own_post(moving.by, moving.post) if moving.post and moving.post.instead_of else None
    settle_outcome(
        moving, outcome, signed_by=moving.post.id if moving.post else None, signed_as=own.id if own else None
    )


def _check_proposed(moving: Moving) -> None:
    """Somebody has proposed it, where the process lets one, and it was not the one who decides."""
    case, process = moving.case, moving.definition.process
    if case.previous_step and lacks_proposal(case, process.step(case.previous_step)):
        raise NothingProposed
    if has_proposed(moving.by, case, process):
        raise NotAllowed(reason=str(PERMISSIONS["cases.decide"].sentence))


def settle_outcome(moving: Moving, outcome: Outcome, *, signed_by: UUID | None, signed_as: UUID | None = None) -> None:
    """Set the outcome and who signed it, and go on to the step that publishes it."""
    case = moving.case
    case.outcome, case.decided_at = outcome, moving.at
    case.signed_by_id, case.signed_as_id = signed_by, signed_as
    case.decided_unit_id = case.holder_unit_id
    enter(case, following(moving.definition.process, case.step, None, frozenset({StepKind.PUBLISH})), at=moving.at)
