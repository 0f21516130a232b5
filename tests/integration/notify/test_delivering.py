import asyncio
import email
import email.policy
import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from pytest_django import Settings

from camaug.access.models import Account
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from camaug.kernel.outgoing.sending import LEASE
from camaug.notify.actions.deliver_due import OLD, PAUSES, deliver_due
from camaug.notify.actions.send_again import NoAddress, send_again
from camaug.notify.actions.tell import Recipient
from camaug.notify.channels.counterpart import LocalGateway
from camaug.notify.models import Channel, Delivery, DeliveryState, Message, Reason, TrayMessage
from camaug.notify.queries import deliveries
from tests.integration.notify.conftest import CODE, MAILBOX, NOW, PHONE, delivery, tell_submitted
from tests.ports import free_port

MINUTE = timedelta(minutes=1)


def deliver(at: datetime = NOW) -> int:
    return deliver_due(by=SYSTEM, at=at)


def fail_to_the_end(message: Message) -> datetime:
    """Try until it is given up; returns when that was."""
    at = NOW
    deliver(at)
    for pause in PAUSES:
        at += pause
        deliver(at)
    return at


@pytest.mark.usefixtures("texts")
def test_an_sms_arrives_once(gateway: LocalGateway) -> None:
    message = tell_submitted(Recipient(phone=PHONE))
    assert deliver() == 1
    sent = delivery(message, Channel.SMS)
    assert (sent.state, sent.sent_at, sent.gateway_id) == (DeliveryState.SENT, NOW, "local-1")
    assert list(gateway.taken.values()) == [{"to": PHONE, "text": message.sms}]
    assert deliver(NOW + LEASE) == 0


@pytest.mark.usefixtures("texts")
def test_a_gateway_that_fails_is_tried_again_after_longer_and_longer_pauses_and_then_given_up(
    gateway: LocalGateway,
) -> None:
    gateway.failing = 503
    message = tell_submitted(Recipient(phone=PHONE))
    at = NOW
    for tried, pause in enumerate(PAUSES, start=1):
        assert deliver(at) == 1
        failed = delivery(message, Channel.SMS)
        assert (failed.state, failed.attempts) == (DeliveryState.FAILED, tried)
        assert failed.next_attempt_at == at + pause
        assert failed.reason == Reason.REFUSED_FOR_NOW
        assert deliver(at + pause - MINUTE / 2) == 0
        at += pause
    assert deliver(at) == 1
    given_up = delivery(message, Channel.SMS)
    assert (given_up.state, given_up.attempts, given_up.next_attempt_at) == (DeliveryState.GIVEN_UP, 6, None)
    event = EventRecord.objects.get(name="notify.DeliveryGivenUp")
    assert (event.subject_id, event.facts["channel"], event.facts["attempts"]) == (message.id, "SMS", 6)
    assert gateway.answers == 6
    assert deliver(at + timedelta(days=30)) == 0


@pytest.mark.usefixtures("texts")
def test_a_gateway_that_recovers_gets_what_waited(gateway: LocalGateway) -> None:
    gateway.failing = 500
    message = tell_submitted(Recipient(phone=PHONE))
    deliver()
    gateway.failing = 0
    deliver(NOW + PAUSES[0])
    assert delivery(message, Channel.SMS).state == DeliveryState.SENT
    assert len(gateway.taken) == 1


@pytest.mark.usefixtures("texts")
def test_what_a_gateway_will_never_take_is_given_up_at_once(gateway: LocalGateway) -> None:
    gateway.failing = 422
    message = tell_submitted(Recipient(phone=PHONE))
    deliver()
    rejected = delivery(message, Channel.SMS)
    assert (rejected.state, rejected.reason, rejected.attempts) == (DeliveryState.GIVEN_UP, Reason.REJECTED, 1)


@pytest.mark.usefixtures("texts")
def test_a_gateway_with_another_key_takes_nothing(gateway: LocalGateway, settings: Settings) -> None:
    settings.SMS_GATEWAY_KEY = "another"
    message = tell_submitted(Recipient(phone=PHONE))
    deliver()
    assert delivery(message, Channel.SMS).reason == Reason.REFUSED_FOR_NOW
    assert gateway.taken == {}


@pytest.mark.usefixtures("texts")
def test_a_server_that_does_not_answer_is_asked_once_in_a_batch(gateway: LocalGateway) -> None:
    gateway.mute = True
    messages = [tell_submitted(Recipient(phone=f"+8491800012{n}")) for n in range(3)]
    assert deliver() == 3
    states = {(delivery(m, Channel.SMS).state, delivery(m, Channel.SMS).reason) for m in messages}
    assert states == {(DeliveryState.FAILED, Reason.UNREACHABLE)}
    assert gateway.answers == 1
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1], "those behind it lose no try"


@pytest.mark.usefixtures("texts")
def test_a_server_that_is_not_there_is_tried_again(settings: Settings) -> None:
    with LocalGateway() as gone:
        settings.SMS_GATEWAY_URL = gone.url
    message = tell_submitted(Recipient(phone=PHONE))
    deliver()
    assert delivery(message, Channel.SMS).next_attempt_at == NOW + PAUSES[0]


@pytest.mark.usefixtures("texts")
def test_a_worker_that_dies_in_the_middle_leaves_the_message_to_the_next_and_the_gateway_sends_it_once(
    gateway: LocalGateway,
) -> None:
    message = tell_submitted(Recipient(phone=PHONE))
    deliver()
    # As after a kill between the gateway's answer and the note of it: claimed, carried, not written down.
    Delivery.objects.update(state=DeliveryState.WAITING, sent_at=None, next_attempt_at=NOW + LEASE)
    assert deliver(NOW + MINUTE) == 0
    assert deliver(NOW + LEASE) == 1
    assert delivery(message, Channel.SMS).state == DeliveryState.SENT
    assert (gateway.answers, len(gateway.taken)) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_carry_the_same_message(texts: None, gateway: LocalGateway) -> None:
    for n in range(40):
        tell_submitted(Recipient(phone=f"+849180001{n:02}"))
    counts: list[int] = []

    def work() -> None:
        counts.extend(deliver() for _ in range(3))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == gateway.answers == len(gateway.taken) == 40


@pytest.mark.usefixtures("texts")
def test_an_officer_can_have_any_message_sent_again(gateway: LocalGateway) -> None:
    gateway.failing = 503
    message = tell_submitted(Recipient(phone=PHONE))
    at = fail_to_the_end(message)
    gateway.failing = 0
    send_again(message.id, channel=Channel.SMS, by=SYSTEM, at=at)
    deliver(at)
    assert delivery(message, Channel.SMS).state == DeliveryState.SENT
    send_again(message.id, channel=Channel.SMS, by=SYSTEM, at=at)
    deliver(at)
    assert len(gateway.taken) == 2
    assert EventRecord.objects.filter(name="notify.MessageSentAgain").count() == 2
    with pytest.raises(NoAddress):
        send_again(message.id, channel=Channel.EMAIL, by=SYSTEM, at=at)
    with pytest.raises(NotAllowed):
        send_again(message.id, channel=Channel.SMS, by=ANONYMOUS, at=at)


def test_the_demonstration_puts_on_its_tray_what_it_cannot_send(lan: Account) -> None:
    message = tell_submitted(Recipient(account_id=lan.id))
    deliver()
    assert {row.state for row in deliveries(message.id)} == {DeliveryState.SENT}
    tray = {row.contact: (row.title, row.text) for row in TrayMessage.objects.all()}
    assert tray == {PHONE: ("", message.sms), MAILBOX: (message.title, message.body)}


def test_outside_the_demonstration_a_channel_that_is_not_set_up_is_skipped_and_said(
    lan: Account, settings: Settings
) -> None:
    settings.DEMO = False
    message = tell_submitted(Recipient(account_id=lan.id))
    deliver()
    assert {(row.channel, row.state) for row in deliveries(message.id)} == {
        (Channel.IN_APP, DeliveryState.SENT),
        (Channel.EMAIL, DeliveryState.SKIPPED),
        (Channel.SMS, DeliveryState.SKIPPED),
    }
    assert not TrayMessage.objects.exists()


@pytest.mark.usefixtures("texts")
def test_what_could_not_be_sent_for_days_is_no_news_any_more_but_can_still_be_sent_by_hand(
    gateway: LocalGateway,
) -> None:
    message = tell_submitted(Recipient(phone=PHONE))
    later = NOW + OLD
    assert deliver(later) == 0
    left = delivery(message, Channel.SMS)
    assert (left.state, left.reason) == (DeliveryState.SKIPPED, Reason.TOO_OLD)
    send_again(message.id, channel=Channel.SMS, by=SYSTEM, at=later)
    assert deliver(later) == 1
    assert len(gateway.taken) == 1


class Mailbox:
    """What a real mail server does with a message; `refusal` is its answer where it takes none."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.refusal = ""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.got.append(parsed)
        await asyncio.sleep(0)
        return "250 OK"


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A real mail server on loopback, set up as the installation's."""
    box = Mailbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.SMTP_HOST = "127.0.0.1"
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options},
    }
    yield box
    server.stop()


def test_a_mail_arrives_with_its_words_its_link_and_an_id_that_stays_the_same(
    lan: Account, mailbox: Mailbox, settings: Settings
) -> None:
    settings.SITE_URL = "https://dichvucong.example.vn"
    message = tell_submitted(Recipient(account_id=lan.id))
    Message.objects.update(link="/my/cases/1/")
    deliver()
    mail = mailbox.got[0]
    assert (mail["To"], mail["Subject"]) == (MAILBOX, f"Đã nhận được hồ sơ nộp trực tuyến {CODE}")
    text = mail.get_content().replace("\r\n", "\n")
    assert "Hệ thống đã ghi nhận hồ sơ" in text
    assert text.rstrip().endswith("https://dichvucong.example.vn/my/cases/1/")
    sent = delivery(message, Channel.EMAIL)
    assert sent.state == DeliveryState.SENT
    assert mail["Message-ID"] == sent.gateway_id
    assert re.match(rf"<{sent.key}@", sent.gateway_id)


@pytest.mark.parametrize(
    ("refusal", "state", "reason"),
    [
        ("550 No such mailbox", DeliveryState.GIVEN_UP, Reason.REJECTED),
        ("451 Try again later", DeliveryState.FAILED, Reason.REFUSED_FOR_NOW),
    ],
)
def test_a_mail_server_may_refuse_for_good_or_for_now(
    lan: Account, mailbox: Mailbox, refusal: str, state: DeliveryState, reason: Reason
) -> None:
    mailbox.refusal = refusal
    message = tell_submitted(Recipient(account_id=lan.id))
    deliver()
    refused = delivery(message, Channel.EMAIL)
    assert (refused.state, refused.reason) == (state, reason)
    assert mailbox.got == []
