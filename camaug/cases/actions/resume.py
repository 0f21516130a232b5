from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.clock import go_on
from camaug.cases.events import CaseResumed
from camaug.cases.lifecycle import ConsultationState, State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError


class AnswerMissing(DomainError):
    """The clock stands still until the agency that was asked answers, or the question is withdrawn."""

    sentence = _("An agency that was asked has not answered yet; the clock stands still until then.")


@one_move
def resume(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, note: str = "") -> Case:
    """Go on where the case was suspended: the limit restarts or resumes as the ground says, the step begins anew."""
    moving = begin(case_id, "resume", by=by, at=at, seen=seen)
    case = moving.case
    if case.consultations.filter(state=ConsultationState.ASKED).exclude(stops="").exists():
        raise AnswerMissing
    state, case.resume_state = State(case.resume_state or State.IN_PROCESS), ""
    go_on(case, moving.definition, at=at)
    due = case.due_at.isoformat() if case.due_at else None
    said = moving.note(note) if note.strip() else None
    return moving.finish(CaseResumed(subject=case.id, code=case.code or "", due_at=due, note=said), state=state)
