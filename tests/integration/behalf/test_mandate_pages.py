"""The helper's form: it takes only procedures and fields that there are."""

from datetime import timedelta

from django.test import Client

from camaug.access.models import Account
from camaug.behalf.models import Mandate
from camaug.kernel.clock import now
from tests.helping import HELPER
from tests.sessions import enter
from tests.world import World


def test_what_is_no_procedure_and_no_field_is_not_asked_for(world: World) -> None:
    helper, day = Client(), now() + timedelta(days=30)
    enter(helper, Account.objects.get(pk=world.citizens[HELPER]))
    typed = {
        "number": "096164000987",
        "name": "Trần Thị Năm",
        "relation": "RELATIVE",
        "scope": ["procedure:dang-ky-khai-sinh", "field:ho-tich", "field:khong-co"],
        "acts": ["SUBMIT"],
        "until-day": day.day,
        "until-month": day.month,
        "until-year": day.year,
    }
    assert helper.post("/mandates/request/", typed).status_code == 302
    made = Mandate.objects.latest("proposed_at")
    assert (made.procedures, made.fields) == (["dang-ky-khai-sinh"], ["ho-tich"])
    assert helper.post("/mandates/request/", {**typed, "scope": ["field:khong-co"]}).status_code == 422
