from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.signon.actions.make_secret import put_secret
from camaug.signon.actions.system_facts import SystemFacts, check
from camaug.signon.events import SystemRegistered
from camaug.signon.models import Authentication, System
from camaug.signon.policy import REGISTER


@dataclass(frozen=True, slots=True)
class Registered:
    """The system, and its first secret, which is shown this once; "" for one that can keep none."""

    system: System
    secret: str


def register_system(facts: SystemFacts, *, by: Actor, at: datetime) -> Registered:
    """From now on the system may let people in by us. NotAllowed, InvalidInput."""
    REGISTER.check(by, None)
    check(facts, at=at)
    with transaction.atomic():
        system = System.objects.create(client_id=f"cmg-{token_hex(8)}", created_at=at, **facts.columns())
        made = SystemRegistered(
            subject=system.id, client_id=system.client_id, called=system.name, owner_id=system.owner_id
        )
        record(made, by=by, at=at)
        keeps_none = system.authentication == Authentication.NONE
        return Registered(system, "" if keeps_none else put_secret(system, by=by, at=at))
