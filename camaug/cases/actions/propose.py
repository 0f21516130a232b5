from datetime import datetime
from uuid import UUID

from camaug.cases.actions.consult import check_answered
from camaug.cases.actions.show_draft import check_agreed
from camaug.cases.events import DecisionProposed
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import ReasonMissing, begin, one_move
from camaug.cases.routing import enter, following
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.actors import Actor


@one_move
def propose(
    case_id: UUID,
    proposal: Outcome,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    to: str | None = None,
    note: str = "",
) -> Case:
    """Put a decision before the one who reviews or decides; a proposal to deny needs its reasons."""
    moving = begin(case_id, "propose", by=by, at=at, seen=seen)
    case, origin = moving.case, moving.case.step
    if proposal == Outcome.DENIED and not note.strip():
        raise ReasonMissing
    if proposal == Outcome.GRANTED:
        check_answered(moving)
        check_agreed(moving)
    kinds = frozenset({StepKind.REVIEW, StepKind.APPROVE})
    enter(case, following(moving.definition.process, origin, to, kinds), at=at)
    case.proposal, case.proposed_by = proposal, by.account_id
    return moving.finish(
        DecisionProposed(
            subject=case.id,
            code=case.code or "",
            proposal=proposal,
            from_step=origin,
            to_step=case.step,
            note=moving.note(note, internal=True) if note.strip() else None,
        )
    )
