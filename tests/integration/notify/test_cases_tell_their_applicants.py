import pytest

from camaug.cases.actions.register import register
from camaug.cases.models import Case
from camaug.kernel.dispatch import subscribers
from camaug.kernel.models import EventRecord
from camaug.notify.models import Message
from tests.applications import shop_intake
from tests.world import AT, World

pytestmark = pytest.mark.django_db


def hear() -> None:
    """Hand all events that ever happened to the subscriber, as a dispatcher that lost its place would."""
    teller = next(known for known in subscribers() if known.name == "cases.tell_applicants")
    teller.react(list(EventRecord.objects.filter(name__in=teller.to).order_by("id")))


def told(case: Case) -> list[str]:
    """The notices about a case, in the order of its facts."""
    hear()
    return list(Message.objects.filter(subject_id=case.id).order_by("id").values_list("notice", flat=True))


def test_a_counter_case_is_told_once_a_fact_though_events_are_handed_out_twice(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert sorted(told(case)) == ["CASE_RECEIVED", "PAYMENT_CONFIRMED"]
    assert sorted(told(case)) == ["CASE_RECEIVED", "PAYMENT_CONFIRMED"]


def test_the_receipt_says_the_code_and_the_due_time_and_no_name(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    hear()
    message = Message.objects.get(notice="CASE_RECEIVED")
    assert case.code is not None
    assert case.due_at is not None
    assert case.code in message.sms
    assert f"{case.due_at.astimezone(AT.tzinfo):%H:%M ngày %d/%m/%Y}" in message.body
    assert "Được" not in message.title + message.body + message.sms
