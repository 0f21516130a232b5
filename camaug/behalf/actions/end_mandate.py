from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.behalf.actions.confirm_mandate import is_named
from camaug.behalf.events import MandateEnded
from camaug.behalf.models import Ending, Mandate
from camaug.behalf.policy import WITNESS
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.people.queries import person


def end_mandate(mandate_id: UUID, *, by: Actor, at: datetime) -> Mandate:
    """End a mandate at once, or refuse what was asked for: the person, the helper, or an officer for the person.

    What has ended stays as it is. NotFound for everybody else.
    """
    with transaction.atomic():
        mandate = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
        if mandate is None:
            raise NotFound
        ending = _way(mandate, by)
        if mandate.ended_at is None:
            mandate.ended_at, mandate.ending, mandate.code_digest = at, ending, ""
            mandate.save(update_fields=["ended_at", "ending", "code_digest"])
            record(MandateEnded(subject=mandate.id, ending=ending), by=by, at=at)
    return mandate


def _way(mandate: Mandate, by: Actor) -> Ending:
    if by.kind == ActorKind.STAFF and WITNESS.allows(by, None):
        return Ending.AT_COUNTER
    if by.kind != ActorKind.PUBLIC or by.person_id is None:
        raise NotFound
    if mandate.helper_id == by.person_id:
        return Ending.GIVEN_UP
    if by.proven_id is None:
        raise NotFound
    asked = mandate.person_id is None and is_named(mandate, person(by.proven_id))
    if mandate.person_id == by.proven_id or asked:
        return Ending.REVOKED
    raise NotFound
