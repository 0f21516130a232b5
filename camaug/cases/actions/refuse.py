from datetime import datetime
from uuid import UUID

from camaug.cases.actions.owe_back import owe_back
from camaug.cases.actions.receive import issue
from camaug.cases.dues import back_without_result, dues
from camaug.cases.events import CaseRefused
from camaug.cases.lifecycle import LABELS, State
from camaug.cases.models import Case, RefundReason
from camaug.cases.moves import begin, one_move
from camaug.cases.slips.facts import refusal_facts
from camaug.kernel.actors import Actor
from camaug.kernel.lifecycle import WrongState

REFUSAL = 3


@one_move
def refuse(case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Do not accept the application, with concrete reasons (Form 03). Only before reception.

    What was paid already goes back, but for what the procedure says is not refundable.
    """
    moving = begin(case_id, "refuse", by=by, at=at, seen=seen)
    case = moving.case
    if case.is_received():
        raise WrongState(state=LABELS[State(case.state)])
    note = moving.note(reason)
    slip = issue(moving, REFUSAL, refusal_facts(case, reason=reason.strip(), by=by, at=at))
    back = back_without_result(dues(case, moving.definition), moving.definition)
    owe_back(moving, back, RefundReason.REFUSED)
    case.finished_at, case.due_at, case.promised_at, case.step_due_at = at, None, None, None
    return moving.finish(CaseRefused(subject=case.id, code=case.code or "", note=note, slip=slip.id))
