import pytest
from django.conf import settings as site

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.notify.actions.set_preference import AlwaysInApp, set_preference
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.loading import load_profile
from camaug.notify.models import Channel, DeliveryState, Message, MessageTemplate, Reason
from camaug.notify.notices import declared
from camaug.notify.queries import wishes
from tests.integration.notify.conftest import CODE, MAILBOX, NOW, PHONE, WORDS, delivery, silent, tell_submitted


def test_a_fact_is_told_once_to_one_recipient_however_often_it_is_heard_of(lan: Account) -> None:
    fact = uuid7()
    first = tell_submitted(Recipient(account_id=lan.id), fact=fact)
    assert tell_submitted(Recipient(account_id=lan.id), fact=fact).id == first.id
    assert Message.objects.count() == 1
    assert first.deliveries.count() == 3
    tell_submitted(Recipient(account_id=lan.id), fact=uuid7())
    assert Message.objects.count() == 2


def test_a_message_reaches_the_page_at_once_and_waits_for_mail_and_phone(lan: Account) -> None:
    message = tell_submitted(Recipient(account_id=lan.id))
    states = dict(message.deliveries.values_list("channel", "state"))
    assert states == {"IN_APP": "SENT", "EMAIL": "WAITING", "SMS": "WAITING"}
    assert (message.phone, message.email) == (PHONE, MAILBOX)
    assert message.title == f"Đã nhận được hồ sơ nộp trực tuyến {CODE}"
    assert "Đăng ký khai sinh" in message.body
    assert "Dang ky" not in message.sms


def test_what_the_application_says_goes_before_the_accounts_own_contact(lan: Account) -> None:
    message = tell_submitted(Recipient(account_id=lan.id, phone="+84918000999"))
    assert (message.phone, message.email) == ("+84918000999", MAILBOX)


@pytest.mark.usefixtures("texts")
def test_who_has_no_account_is_reached_by_phone_alone() -> None:
    message = tell_submitted(Recipient(phone=PHONE))
    assert list(message.deliveries.values_list("channel", flat=True)) == [Channel.SMS]


@pytest.mark.usefixtures("texts")
def test_who_cannot_be_reached_is_told_nothing() -> None:
    notice = declared()["CASE_SUBMITTED"]
    assert tell(notice, fact=uuid7(), to=Recipient(), words=WORDS, by=SYSTEM, at=NOW) is None
    assert not Message.objects.exists()


def test_a_message_speaks_the_accounts_language(lan: Account) -> None:
    Account.objects.filter(pk=lan.id).update(language="en")
    assert tell_submitted(Recipient(account_id=lan.id)).title == f"Application {CODE} was sent"


def test_where_a_text_is_not_translated_the_vietnamese_one_is_sent(lan: Account) -> None:
    Account.objects.filter(pk=lan.id).update(language="en")
    MessageTemplate.objects.filter(language="en").delete()
    assert tell_submitted(Recipient(account_id=lan.id)).language == "vi"


def test_a_text_holds_from_its_day_on(lan: Account) -> None:
    MessageTemplate.objects.create(
        notice="CASE_SUBMITTED", language="vi", valid_from="2026-11-24", title="Mới {code}", body="{code}", sms="{code}"
    )
    assert not tell_submitted(Recipient(account_id=lan.id)).title.startswith("Mới")
    tomorrow = NOW.replace(day=24)
    assert tell_submitted(Recipient(account_id=lan.id), at=tomorrow).title == f"Mới {CODE}"


def test_loading_the_texts_again_changes_nothing(texts: None) -> None:
    before = list(MessageTemplate.objects.order_by("id").values())
    load_profile(site.PROFILE, at=NOW, progress=silent)
    assert list(MessageTemplate.objects.order_by("id").values()) == before
    assert len(before) == 2 * len(declared())


def test_a_channel_that_is_not_wanted_is_skipped(lan: Account) -> None:
    me = actor_of(lan, at=NOW, origin="")
    set_preference(Channel.SMS, wanted=False, by=me, at=NOW)
    set_preference(Channel.SMS, wanted=False, by=me, at=NOW)
    message = tell_submitted(Recipient(account_id=lan.id))
    skipped = delivery(message, Channel.SMS)
    assert (skipped.state, skipped.reason) == (DeliveryState.SKIPPED, Reason.NOT_WANTED)
    assert delivery(message, Channel.EMAIL).state == DeliveryState.WAITING
    assert EventRecord.objects.filter(name="notify.PreferenceSet", subject_id=lan.id).count() == 1
    assert [(wish.channel, wish.wanted) for wish in wishes(lan.id)] == [("EMAIL", True), ("SMS", False)]
    set_preference(Channel.SMS, wanted=True, by=me, at=NOW)
    assert delivery(tell_submitted(Recipient(account_id=lan.id)), Channel.SMS).state == DeliveryState.WAITING


def test_the_page_itself_cannot_be_switched_off(lan: Account) -> None:
    with pytest.raises(AlwaysInApp):
        set_preference(Channel.IN_APP, wanted=False, by=actor_of(lan, at=NOW, origin=""), at=NOW)
