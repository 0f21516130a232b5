from datetime import datetime
from uuid import UUID

from camaug.cases.events import CaseTakenBack
from camaug.cases.lifecycle import LABELS, State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.policy import turn_post
from camaug.cases.proposals import proposals
from camaug.cases.routing import enter
from camaug.kernel.actors import Actor
from camaug.kernel.lifecycle import WrongState


@one_move
def take_back(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, note: str = "") -> Case:
    """Take back what one has just passed on, into one's own hands; the proposal is the one that held before.

    Only the one who passed it on, only while nobody has moved it since, and not twice in a row.
    """
    moving = begin(case_id, "take_back", by=by, at=at, seen=seen)
    case, origin = moving.case, moving.case.step
    if not case.previous_step:
        raise WrongState(state=LABELS[State(case.state)])
    before = proposals(case)[-2]
    case.proposal, case.proposed_by = before.proposal, before.by
    enter(case, moving.definition.process.step(case.previous_step), at=at)
    mine = turn_post(by, case)
    moving.post, case.assignee_id = mine or moving.post, mine.id if mine else None
    said = moving.note(note, internal=True) if note.strip() else None
    return moving.finish(
        CaseTakenBack(subject=case.id, code=case.code or "", from_step=origin, to_step=case.step, note=said)
    )
