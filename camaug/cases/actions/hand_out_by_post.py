from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from camaug.cases.actions.hand_out import HandedOutTogether, Receiver, give
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Proof:
    """What the carrier says: the parcel's number there, and who took it, "" where it names nobody."""

    number: str
    receiver: str = ""


@one_move
def hand_out_by_post(case_id: UUID, proof: Proof, *, by: Actor, at: datetime) -> Case:
    """The post has put the result into the receiver's hands: the case ends, with the carrier's word for it."""
    moving = begin(case_id, "hand_out", by=by, at=at)
    if moving.case.parent is not None:
        raise HandedOutTogether(code=moving.case.parent.code)
    receiver = Receiver(
        name=(proof.receiver or moving.case.applicant_name)[:120],
        authorisation=str(_("by post, parcel {number}").format(number=proof.number)),
    )
    case = give(moving, receiver)
    for part in case.parts.select_for_update().filter(state=State.RESULT_READY).order_by("id"):
        give(replace(moving, case=part, definition=definition(part.version_id)), receiver)
    return case
