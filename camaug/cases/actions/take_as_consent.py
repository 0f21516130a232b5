from datetime import datetime
from uuid import UUID

from camaug.cases.actions.answer import end_wait
from camaug.cases.lateness.events import SilenceNoted
from camaug.cases.lifecycle import LIFECYCLE, ConsultationState, State
from camaug.cases.models import Awaited, Case
from camaug.cases.moves import Moving, one_move
from camaug.catalogue.definition.process import SilenceEffect
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor

ANSWER = "answer"


@one_move
def take_as_consent(case_id: UUID, consultation_id: UUID, *, by: Actor, at: datetime) -> Case:
    """End a question whose agency let its time pass, where the procedure names the law that takes it as consent.

    A clock that stood still for it goes on. The law does it, so that nobody's right is asked for. WrongState where the
    case stands elsewhere by now.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    LIFECYCLE.after(ANSWER, State(case.state))
    moving = Moving(case=case, name=ANSWER, by=by, at=at, post=None, definition=definition(case.version_id))
    asked = moving.case.consultations.select_for_update(of=("self",)).get(pk=consultation_id)
    asked.state, asked.ended_at = ConsultationState.CONSENTED, at
    asked.save(update_fields=["state", "ended_at"])
    state = end_wait(moving, asked)
    noted = SilenceNoted(
        subject=moving.case.id,
        code=moving.case.code or "",
        of=Awaited.CONSULTATION,
        asked=asked.id,
        effect=SilenceEffect.CONSENT,
        due_at=asked.due_at,
    )
    return moving.finish(noted, state=state)
