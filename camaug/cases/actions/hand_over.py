from datetime import datetime
from uuid import UUID

from camaug.cases.actions.open_parts import open_parts
from camaug.cases.actions.pass_on import pass_on
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor


@one_move
def hand_over(
    case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, to: str | None = None, note: str = ""
) -> Case:
    """Pass the case on to the step `to` (None: the usual next one), with a word for the one who takes it up."""
    moving = begin(case_id, "hand_over", by=by, at=at, seen=seen)
    case = pass_on(moving, to=to, note=note)
    open_parts(case, moving.definition, at=at)
    return case
