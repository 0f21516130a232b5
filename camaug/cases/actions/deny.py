from datetime import datetime
from uuid import UUID

from camaug.cases.actions.approve import decide
from camaug.cases.actions.recount_fees import recount_fees
from camaug.cases.actions.show_draft import take_draft_back
from camaug.cases.dues import dues
from camaug.cases.events import CaseDenied
from camaug.cases.models import Case, Outcome, RefundReason
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor


@one_move
def deny(case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Deny what was applied for, with the reasons that the applicant will read. What would have been paid for the
    result is not owed, and goes back where it was paid.
    """
    moving = begin(case_id, "deny", by=by, at=at, seen=seen)
    note = moving.note(reason)
    before = dues(moving.case, moving.definition)
    decide(moving, Outcome.DENIED)
    take_draft_back(moving)
    recount_fees(moving, before, reason=RefundReason.DENIED)
    return moving.finish(CaseDenied(subject=moving.case.id, code=moving.case.code or "", note=note))
