from datetime import datetime

from camaug.cases.actions.open_parts import open_parts
from camaug.cases.events import ApplicationCompleted
from camaug.cases.lifecycle import COMPLETED_FROM, ENDED_PARTS, DeliveryState, State
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import Moving
from camaug.cases.routing import enter, following
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.queries import definition
from camaug.kernel.actors import SYSTEM


def end_part(case: Case, *, at: datetime) -> None:
    """A part has its result, or ended without one: what waited for it begins, or the whole application is complete.

    Nothing happens to a case that is no part, nor to an application that has ended already.
    """
    if case.parent_id is None:
        return
    parent = Case.objects.select_for_update().get(pk=case.parent_id)
    if State(parent.state) not in COMPLETED_FROM:
        return
    opened = open_parts(parent, definition(parent.version_id), at=at)
    if not opened and all(State(part.state) in ENDED_PARTS for part in parent.parts.all()):
        _complete(parent, at)


def _complete(parent: Case, at: datetime) -> None:
    """The last part has ended: the results wait together for the applicant."""
    made = definition(parent.version_id)
    moving = Moving(case=parent, name="complete", by=SYSTEM, at=at, post=None, definition=made)
    granted = parent.parts.filter(outcome=Outcome.GRANTED).exists()
    parent.outcome = Outcome.GRANTED if granted else Outcome.DENIED
    parent.decided_at = parent.finished_at = at
    parent.decided_unit_id = parent.competent_agency_id
    on_time = parent.promised_at is None or at <= parent.promised_at
    enter(parent, following(made.process, parent.step, None, frozenset({StepKind.RETURN})), at=at)
    parent.delivery.state, parent.delivery.ready_at = DeliveryState.READY, at
    parent.delivery.save()
    moving.finish(
        ApplicationCompleted(subject=parent.id, code=parent.code or "", outcome=parent.outcome, on_time=on_time)
    )
