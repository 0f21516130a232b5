"""What happens in a waiting hall while the browser looks: run beside the site, on its database.

open: the commune works at every hour, two clerks have sessions (printed as JSON). due: the appointment is for now.
"""

import json

from django.conf import settings
from django.test import Client

from camaug.access.models import Account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.people.actions.change_roles import change_roles
from camaug.people.models import Position
from camaug.people.queries import directory
from camaug.queue.models import Appointment
from tests.halls import always_open
from tests.sessions import enter
from tests.world import OTHER_COMMUNE

CLERK = "hothiky_danhthisarinh@camau.gov.vn"


def open_hall() -> list[str]:
    """The sessions of the clerk and of a colleague who is made one."""
    agency_id = directory(now().date()).by_code(OTHER_COMMUNE).id
    always_open(agency_id, at=now())
    clerk = Account.objects.get(email=CLERK)
    positions = Position.objects.filter(agency_id=agency_id, valid_until=None).exclude(officer_id=clerk.officer_id)
    colleague = positions.exclude(roles__contains=["ONE_STOP_CLERK"]).order_by("id")[0]
    change_roles(colleague.id, roles=["ONE_STOP_CLERK"], main=colleague.main, by=SYSTEM, at=now())
    return [_session(clerk), _session(Account.objects.get(officer_id=colleague.officer_id))]


def make_due(code: str) -> None:
    """As if the time of the appointment had come."""
    at = now()
    Appointment.objects.filter(code=code).update(slot_at=at, day=at.astimezone(LOCAL).date())


def _session(account: Account) -> str:
    client = Client()
    enter(client, account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def do(what: str, code: str = "") -> None:
    if what == "open":
        print(json.dumps(open_hall()))
    else:
        make_due(code)
