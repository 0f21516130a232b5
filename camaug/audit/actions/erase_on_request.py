from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.audit.actions.erase_fact import erase_fact
from camaug.audit.entries import ORIGIN
from camaug.audit.policy import ERASE
from camaug.kernel.actors import Actor
from camaug.kernel.beside import erase_beside
from camaug.kernel.errors import InvalidInput
from camaug.kernel.models import EventRecord

LONGEST = 200


def erase_on_request(event_id: UUID, key: str, *, ground: str, by: Actor, at: datetime) -> None:
    """Take the address that something came from, or the words written with it, out for good; proofs stay valid.

    `ground` names the paper that asks for it, and is itself a fact for ever: no names in it. NotAllowed; InvalidInput
    without a ground; NotFound where there is no such event or value; KeptByLaw; NotSealedYet.
    """
    ERASE.check(by, None)
    why = " ".join(ground.split())
    if not why or len(why) > LONGEST:
        raise InvalidInput({"ground": str(_("Say which paper asks for it: number, day, agency."))})
    with transaction.atomic():
        erase_fact(event_id, key, why=why, by=by, at=at)
        if key != ORIGIN:
            erase_beside(key, EventRecord.objects.get(pk=event_id))
