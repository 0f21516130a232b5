from datetime import datetime
from uuid import UUID

from camaug.cases.events import CaseHandedOver, CaseReopened, CaseSentBack, CaseTakenBack, DecisionProposed
from camaug.cases.lifecycle import LABELS, State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.policy import turn_post
from camaug.cases.routing import enter
from camaug.kernel.actors import Actor
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord

type Proposal = tuple[str, UUID | None]
_NONE: Proposal = ("", None)
_TOLD = (CaseHandedOver, DecisionProposed, CaseSentBack, CaseTakenBack, CaseReopened)


@one_move
def take_back(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, note: str = "") -> Case:
    """Take back what one has just passed on, into one's own hands; the proposal is the one that held before.

    Only the one who passed it on, only while nobody has moved it since, and not twice in a row.
    """
    moving = begin(case_id, "take_back", by=by, at=at, seen=seen)
    case, origin = moving.case, moving.case.step
    if not case.previous_step:
        raise WrongState(state=LABELS[State(case.state)])
    case.proposal, case.proposed_by = _proposal_before(case)
    enter(case, moving.definition.process.step(case.previous_step), at=at)
    mine = turn_post(by, case)
    moving.post, case.assignee_id = mine or moving.post, mine.id if mine else None
    said = moving.note(note, internal=True) if note.strip() else None
    return moving.finish(
        CaseTakenBack(subject=case.id, code=case.code or "", from_step=origin, to_step=case.step, note=said)
    )


def _proposal_before(case: Case) -> Proposal:
    """Which proposal held before the last passing on, and whose it was: what is passed on and taken back, in order."""
    held: list[Proposal] = [_NONE]
    names = [kind.name for kind in _TOLD]
    for event in EventRecord.objects.filter(subject_id=case.pk, name__in=names).order_by("id"):
        match event.name:
            case CaseTakenBack.name:
                held.pop()
            case DecisionProposed.name:
                held.append((event.facts["proposal"], event.actor_id))
            case CaseHandedOver.name:
                held.append(held[-1])
            case _:
                held.append(_NONE)
    return held[-2]
