from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.signon.events import SystemClosed
from camaug.signon.models import System
from camaug.signon.policy import REGISTER


def close_system(system_id: UUID, *, by: Actor, at: datetime) -> None:
    """The system lets nobody in by us any more, and its tokens open nothing. NotAllowed, NotFound."""
    REGISTER.check(by, None)
    end_system(system_id, by=by, at=at)


def end_system(system_id: UUID, *, by: Actor, at: datetime) -> None:
    """The same for a caller that knows by a rule of its own that the actor may, as a head who reviews access does."""
    with transaction.atomic():
        system = System.objects.open().select_for_update().filter(pk=system_id).first()
        if system is None:
            raise NotFound
        system.closed_at = at
        system.save(update_fields=["closed_at"])
        record(SystemClosed(subject=system.id, client_id=system.client_id), by=by, at=at)
