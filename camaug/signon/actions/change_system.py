from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.signon.actions.system_facts import SystemFacts, check
from camaug.signon.events import SystemChanged
from camaug.signon.models import System
from camaug.signon.policy import REGISTER


def change_system(system_id: UUID, facts: SystemFacts, *, by: Actor, at: datetime) -> System:
    """What the system is and may, from now on. NotAllowed, NotFound, InvalidInput."""
    REGISTER.check(by, None)
    check(facts, at=at)
    with transaction.atomic():
        system = System.objects.open().select_for_update().filter(pk=system_id).first()
        if system is None:
            raise NotFound
        wanted = facts.columns()
        changed = sorted(name for name, value in wanted.items() if getattr(system, name) != value)
        if changed:
            for name in changed:
                setattr(system, name, wanted[name])
            system.save(update_fields=changed)
            record(SystemChanged(subject=system.id, changed=changed), by=by, at=at)
        return system
