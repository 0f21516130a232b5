"""The page of notices of a case: whether they arrived, and sending one again."""

import re

import pytest
from django.conf import settings

from camaug.cases.models import Case
from camaug.kernel.dispatch import subscribers
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Delivery, DeliveryState, Message, Reason
from tests.applications import send_birth
from tests.desks import desk_of, page_of
from tests.world import AT, World


@pytest.fixture
def case(world: World) -> Case:
    """The mother's, who has been told that it was sent, while the SMS did not go through."""
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    sent = send_birth(world)
    teller = next(known for known in subscribers() if known.name == "cases.tell_applicants")
    teller.react(list(EventRecord.objects.filter(subject_id=sent.id, name__in=teller.to)))
    Delivery.objects.filter(message__subject_id=sent.id, channel="SMS").update(
        state=DeliveryState.GIVEN_UP, reason=Reason.UNREACHABLE, next_attempt_at=None, attempts=6
    )
    return sent


def fields(shown: str) -> dict[str, str]:
    """What the page's form carries."""
    found = dict(re.findall(r'name="(message|channel|key)" value="([^"]+)"', shown))
    assert set(found) == {"message", "channel", "key"}
    return found


def sms(case: Case) -> Delivery:
    return Delivery.objects.get(message__subject_id=case.id, channel="SMS")


def test_an_officer_of_the_case_sees_words_channels_and_what_became_of_them(world: World, case: Case) -> None:
    shown = desk_of(world, "clerk").get(page_of(case, "notices/")).content.decode()
    message = Message.objects.get(subject_id=case.id)
    assert message.title in shown
    for said in ("0918 000 123", "Đã ngừng gửi", "Máy chủ gửi tin không trả lời."):
        assert said in shown, said
    assert page_of(case, "notices/") in desk_of(world, "clerk").get(page_of(case)).content.decode()


def test_it_is_sent_again_once_however_often_the_button_is_pressed(world: World, case: Case) -> None:
    clerk, page = desk_of(world, "clerk"), page_of(case, "notices/")
    form = fields(clerk.get(page).content.decode())
    assert clerk.post(page, form).status_code == 302
    anew = sms(case)
    assert (anew.state, anew.attempts) == (DeliveryState.WAITING, 0)
    again = clerk.post(page, form)
    assert again.status_code == 422
    assert "Tin này vừa được gửi lại." in again.content.decode()
    assert sms(case).key == anew.key
    assert EventRecord.objects.filter(name="notify.MessageSentAgain").count() == 1


@pytest.mark.parametrize("key", ["", "no-key"])
def test_a_form_that_does_not_say_what_it_was_made_for_sends_nothing(world: World, case: Case, key: str) -> None:
    clerk, page = desk_of(world, "clerk"), page_of(case, "notices/")
    form = fields(clerk.get(page).content.decode())
    assert clerk.post(page, {**form, "key": key}).status_code == 422
    assert sms(case).state == DeliveryState.GIVEN_UP


def test_messages_of_other_cases_are_not_reached_and_strangers_find_nothing(world: World, case: Case) -> None:
    page = page_of(case, "notices/")
    form = fields(desk_of(world, "clerk").get(page).content.decode())
    elsewhere = page_of(send_birth(world), "notices/")
    assert desk_of(world, "clerk").post(elsewhere, form).status_code == 404
    assert desk_of(world, "clerk").post(page, {**form, "message": str(uuid7())}).status_code == 404
    assert desk_of(world, "other_clerk").get(page).status_code == 404
    assert desk_of(world, "other_clerk").post(page, form).status_code == 404
    assert sms(case).state == DeliveryState.GIVEN_UP
