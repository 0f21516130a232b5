from datetime import datetime
from uuid import UUID

from camaug.cases.actions.approve import decide
from camaug.cases.events import CaseDenied
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor


@one_move
def deny(case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Deny what was applied for, with the reasons that the applicant will read."""
    moving = begin(case_id, "deny", by=by, at=at, seen=seen)
    note = moving.note(reason)
    decide(moving, Outcome.DENIED)
    return moving.finish(CaseDenied(subject=moving.case.id, code=moving.case.code or "", note=note))
