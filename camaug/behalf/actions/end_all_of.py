from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from camaug.behalf.events import MandateEnded
from camaug.behalf.models import Ending, Mandate
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def end_all_of(person_id: UUID, *, by: Actor, at: datetime) -> None:
    """End what this entry of the register gave and got: whoever stood behind it turns out to be another person."""
    his = Q(person_id=person_id) | Q(helper_id=person_id)
    with transaction.atomic():
        for mandate in Mandate.objects.select_for_update().filter(his, ended_at__isnull=True):
            mandate.ended_at, mandate.ending, mandate.code_digest = at, Ending.REVOKED, ""
            mandate.save(update_fields=["ended_at", "ending", "code_digest"])
            record(MandateEnded(subject=mandate.id, ending=Ending.REVOKED), by=by, at=at)
