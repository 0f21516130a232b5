from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.correct_result import hand_out_again
from camaug.cases.actions.recount_fees import recount_fees
from camaug.cases.clock import go_on, recount
from camaug.cases.dues import dues
from camaug.cases.events import CaseReopened
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.routing import enter
from camaug.catalogue.definition.process import Process, Step, StepKind
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError

_WORK = (StepKind.EXAMINE, StepKind.REVIEW, StepKind.LINK)


class NotAStepOfWork(DomainError):
    """A case goes on where it is worked on, not where it is signed or handed out."""

    sentence = _("Choose the step in which the case goes on.")


@one_move
def reopen(
    case_id: UUID, *, reason: str, by: Actor, at: datetime, seen: int | None = None, to: str | None = None
) -> Case:
    """Have a case that has ended go on, at a step of work (None: the first), or at reception if it was never received.

    The time promised stays: lateness is not made good by opening a case again. What was issued holds until something
    else is issued in its place.
    """
    moving = begin(case_id, "reopen", by=by, at=at, seen=seen)
    case, process = moving.case, moving.definition.process
    ended = State(case.state)
    note = moving.note(reason)
    before = dues(case, moving.definition)
    enter(case, _step(process, to) if case.is_received() else process.first, at=at)
    case.outcome, case.proposal, case.proposed_by = "", "", None
    case.decided_at = case.finished_at = case.signed_by_id = None
    recount_fees(moving, before)
    case.resume_state = case.before_withdrawal = ""
    case.reopened += 1
    case.supplements.filter(answered_at__isnull=True).update(answered_at=at)
    hand_out_again(case.delivery, at=None)
    go_on(case, moving.definition, at=at)
    recount(case, moving.definition)
    return moving.finish(
        CaseReopened(subject=case.id, code=case.code or "", from_state=ended, to_step=case.step, note=note),
        state=State.IN_PROCESS if case.is_received() else State.SUBMITTED,
    )


def steps_of_work(process: Process) -> tuple[Step, ...]:
    """The steps in which a case may go on, in order."""
    return tuple(step for step in process.steps if step.kind in _WORK)


def _step(process: Process, wanted: str | None) -> Step:
    open_steps = [step for step in steps_of_work(process) if wanted in (None, "", step.id)]
    if not open_steps:
        raise NotAStepOfWork
    return open_steps[0]
