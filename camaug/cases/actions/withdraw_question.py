from datetime import datetime
from uuid import UUID

from camaug.cases.actions.answer import AnsweredAlready, begin_about, end_wait
from camaug.cases.events import ConsultationWithdrawn
from camaug.cases.lifecycle import ConsultationState
from camaug.cases.models import Case
from camaug.cases.moves import one_move
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound


@one_move
def withdraw_question(
    case_id: UUID, consultation_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Take back a question that needs no answer any more; a clock that stood still for it goes on."""
    moving = begin_about(case_id, "withdraw_question", consultation_id, by=by, at=at, seen=seen)
    case = moving.case
    asked = case.consultations.select_for_update(of=("self",)).filter(pk=consultation_id).first()
    if asked is None:
        raise NotFound
    if asked.state != ConsultationState.ASKED:
        raise AnsweredAlready
    note = moving.note(reason, internal=True)
    asked.state, asked.ended_at = ConsultationState.WITHDRAWN, at
    asked.save(update_fields=["state", "ended_at"])
    state = end_wait(moving, asked)
    return moving.finish(
        ConsultationWithdrawn(
            subject=case.id,
            code=case.code or "",
            consultation=asked.id,
            agency=asked.agency_id,
            note=note,
            due_at=case.due_at.isoformat() if case.due_at else None,
        ),
        state=state,
    )
