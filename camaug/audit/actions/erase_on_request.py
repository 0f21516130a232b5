from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.audit.actions.erase_fact import erase_fact
from camaug.audit.policy import ERASE
from camaug.kernel.actors import Actor
from camaug.kernel.beside import erasable_beside, erase_beside, what_lies_beside
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.models import EventRecord

ORIGIN = "origin"
LONGEST = 200


class KeptByLaw(DomainError):
    """Ids, codes, numbers, who acted in office, what a paper says: the law on archives keeps them."""

    sentence = _("This part of the history is kept by the law on archives and is not erased.")


def erase_on_request(event_id: UUID, key: str, *, ground: str, by: Actor, at: datetime) -> None:
    """Take the address that something came from, or the words written with it, out for good; proofs stay valid.

    `ground` names the paper that asks for it, and is itself a fact for ever: no names in it. NotAllowed; InvalidInput
    without a ground; NotFound where there is no such event or value; KeptByLaw; NotSealedYet.
    """
    ERASE.check(by, None)
    why = " ".join(ground.split())
    if not why or len(why) > LONGEST:
        raise InvalidInput({"ground": str(_("Say which paper asks for it: number, day, agency."))})
    if key != ORIGIN and key not in erasable_beside():
        raise KeptByLaw
    with transaction.atomic():
        row = EventRecord.objects.filter(pk=event_id).first()
        if row is None or (key != ORIGIN and key not in _beside(row)):
            raise NotFound
        erase_fact(event_id, key, why=why, by=by, at=at)
        if key != ORIGIN:
            erase_beside(key, row)


def _beside(row: EventRecord) -> set[str]:
    return {f"beside.{name}" for name in what_lies_beside([row]).get(row.id, {})}
