from datetime import datetime
from uuid import UUID

from camaug.cases.actions.answer_draft import NoDraftWaits
from camaug.cases.lateness.events import SilenceNoted
from camaug.cases.lifecycle import LIFECYCLE, DraftState, State
from camaug.cases.models import Awaited, Case
from camaug.cases.moves import Moving, one_move
from camaug.catalogue.definition.process import SilenceEffect
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor

ANSWER = "answer_draft"


@one_move
def take_draft_as_agreed(case_id: UUID, draft_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The applicant let the time for the draft pass in silence, which the procedure takes as agreement.

    The rule does it, so that nobody's right is asked for. WrongState where the case stands elsewhere by now,
    NoDraftWaits where the draft was answered.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    LIFECYCLE.after(ANSWER, State(case.state))
    moving = Moving(case=case, name=ANSWER, by=by, at=at, post=None, definition=definition(case.version_id))
    draft = case.drafts.select_for_update(of=("self",)).filter(pk=draft_id, state=DraftState.SHOWN).first()
    if draft is None:
        raise NoDraftWaits
    draft.state, draft.ended_at = DraftState.CONSENTED, at
    moving.rows.change(draft, ["state", "ended_at"])
    return moving.finish(
        SilenceNoted(
            subject=case.id,
            code=case.code or "",
            of=Awaited.DRAFT,
            asked=draft.id,
            effect=SilenceEffect.CONSENT,
            due_at=draft.due_at,
        )
    )
