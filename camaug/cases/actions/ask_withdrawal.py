from datetime import datetime
from uuid import UUID

from camaug.cases.events import WithdrawalAsked
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor


@one_move
def ask_withdrawal(case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The applicant, or the one-stop unit for them, asks to end a case that is not decided yet, saying why.

    Nothing in the law stops the clock meanwhile; what stood still before stands still.
    """
    moving = begin(case_id, "ask_withdrawal", by=by, at=at, seen=seen)
    case = moving.case
    note = moving.note(reason)
    case.before_withdrawal = case.state
    return moving.finish(WithdrawalAsked(subject=case.id, code=case.code or "", note=note))
