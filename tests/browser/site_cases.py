"""Cases of the running site for journeys that begin in the middle: run beside the site, on its database.

sent: the mother's case, received; prints its code. shop: the shopkeeper's; prints its code. decide: examined, approved
and published. age: thirty days go by.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F

from camaug.access.models import Account
from camaug.cases.actions.approve import approve
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.models import Case, Extension, Outcome
from camaug.kernel.clock import now
from camaug.people.profile.cast import read_cast
from camaug.people.queries import directory
from tests.applications import send_birth, shop_intake
from tests.world import AGENCIES, World

LONG = timedelta(days=30)


def world() -> World:
    """The cast as it lives on the site."""
    cast, known = read_cast(settings.PROFILE), directory(now().date())
    return World(
        officers={key: Account.objects.get(email=who.email).id for key, who in cast.officers.items()},
        citizens={"mother": Account.objects.get(phone="+84918000123").id},
        agencies={code: known.by_code(code).id for code in AGENCIES},
    )


def sent(_code: str) -> None:
    province = world()
    case = send_birth(province, at=now())
    print(receive(case.id, by=province.officer("clerk", at=now()), at=now()).code)


def shop(_code: str) -> None:
    province = world()
    print(register(shop_intake(province), by=province.officer("district_clerk", at=now()), at=now()).code)


def decide(code: str) -> None:
    case, province = Case.objects.get(code=code), world()
    propose(case.id, Outcome.GRANTED, by=province.officer("district_specialist", at=now()), at=now())
    approve(case.id, by=province.officer("district_head", at=now()), at=now())
    publish_result(case.id, by=province.officer("district_registrar", at=now()), at=now())


def age(code: str) -> None:
    times = (
        "submitted_at",
        "received_at",
        "original_due_at",
        "due_at",
        "step_due_at",
        "step_from_at",
        "step_counted_at",
        "urgent_at",
    )
    Case.objects.filter(code=code).update(**{name: F(name) - LONG for name in times})
    given = ("due_before", "due_at", "given_at")
    Extension.objects.filter(case__code=code).update(**{name: F(name) - LONG for name in given})


def do(what: str, code: str = "") -> None:
    {"sent": sent, "shop": shop, "decide": decide, "age": age}[what](code)
