from datetime import datetime
from uuid import UUID

from camaug.cases.events import WithdrawalDropped
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor


@one_move
def drop_withdrawal(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, note: str = "") -> Case:
    """The applicant wants the case to go on after all: it stands where it stood when the withdrawal was asked."""
    moving = begin(case_id, "drop_withdrawal", by=by, at=at, seen=seen)
    case = moving.case
    state, case.before_withdrawal = State(case.before_withdrawal), ""
    said = moving.note(note) if note.strip() else None
    return moving.finish(WithdrawalDropped(subject=case.id, code=case.code or "", note=said), state=state)
