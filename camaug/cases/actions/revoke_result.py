from datetime import datetime
from uuid import UUID

from camaug.cases.actions.correct_result import result_in_force
from camaug.cases.events import ResultRevoked
from camaug.cases.lifecycle import ResultState
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.policy import deciding_post
from camaug.kernel.actors import Actor


@one_move
def revoke_result(
    case_id: UUID, *, reason: str, document: str = "", by: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Revoke the result: it holds no more, and the applicant is told why. `document` is the decision that does it."""
    moving = begin(case_id, "revoke_result", by=by, at=at, seen=seen)
    case = moving.case
    moving.post = deciding_post(by, case)
    result = result_in_force(case)
    note = moving.note(reason)
    result.state, result.ended_at, result.ended_note = ResultState.REVOKED, at, reason.strip()
    result.save(update_fields=["state", "ended_at", "ended_note"])
    return moving.finish(
        ResultRevoked(
            subject=case.id,
            code=case.code or "",
            result=result.id,
            number=result.number_text,
            note=note,
            document=document.strip()[:120],
        )
    )
