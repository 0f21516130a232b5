from datetime import datetime, timedelta
from uuid import UUID

import pytest

from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.models import Case
from camaug.kernel.dispatch import dispatch, drain, subscribers
from camaug.kernel.models import Subscription
from camaug.notify.models import Message
from camaug.notify.queries import messages_about, unread_count
from tests.applications import shop_intake
from tests.world import AT, World

pytestmark = pytest.mark.django_db(transaction=True)


def told(case: Case) -> list[str]:
    """The notices about a case, in the order of its facts."""
    drain()
    return list(
        Message.objects.filter(subject_id=case.id).order_by("created_at", "id").values_list("notice", flat=True)
    )


def test_a_counter_case_is_told_once_a_fact_though_events_are_handed_out_twice(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert sorted(told(case)) == ["CASE_RECEIVED", "PAYMENT_CONFIRMED"]
    Subscription.objects.filter(name="cases.tell_applicants").delete()
    assert sorted(told(case)) == ["CASE_RECEIVED", "PAYMENT_CONFIRMED"]


def test_the_receipt_says_the_code_the_office_and_the_due_time(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    drain()
    message = Message.objects.get(notice="CASE_RECEIVED")
    assert case.code is not None
    assert case.due_at is not None
    assert case.code in message.sms
    assert f"{case.due_at.astimezone(AT.tzinfo):%H:%M ngày %d/%m/%Y}" in message.body
    assert "Lê Văn Được" not in message.title + message.body + message.sms
