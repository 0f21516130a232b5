from datetime import datetime
from uuid import UUID

from camaug.cases.events import CaseSentBack
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.routing import earlier, enter
from camaug.kernel.actors import Actor


@one_move
def send_back(
    case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None, to: str | None = None
) -> Case:
    """Give the case back to an earlier step for rework, saying what is to be mended."""
    moving = begin(case_id, "send_back", by=by, at=at, seen=seen)
    case, origin = moving.case, moving.case.step
    note = moving.note(reason, internal=True)
    enter(case, earlier(moving.definition.process, origin, to), at=at)
    case.proposal, case.proposed_by = "", None
    return moving.finish(
        CaseSentBack(subject=case.id, code=case.code or "", from_step=origin, to_step=case.step, note=note)
    )
