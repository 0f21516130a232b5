from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
from django.conf import settings as site
from pytest_django import Settings

from camaug.access.models import Account, AccountKind
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.channels.counterpart import LocalGateway
from camaug.notify.loading import load_profile
from camaug.notify.models import Channel, Delivery, Message
from camaug.notify.notices import declared

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=LOCAL)
CODE, PHONE, MAILBOX = "H12.39.32245-261123-0001", "+84918000123", "lan@example.vn"
WORDS = {"code": CODE, "procedure": "Đăng ký khai sinh", "office": "UBND xã Tân Ân"}


def silent(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


@pytest.fixture
def texts(db: None) -> None:
    """The province's texts."""
    load_profile(site.PROFILE, at=NOW, progress=silent)


@pytest.fixture
def lan(texts: None) -> Account:
    """A citizen with phone and mailbox."""
    return Account.objects.create(
        kind=AccountKind.CITIZEN, phone=PHONE, email=MAILBOX, password="!", created_at=NOW, language="vi"
    )


@pytest.fixture
def gateway(settings: Settings) -> Iterator[LocalGateway]:
    """A real SMS gateway on loopback, set up as the installation's."""
    with LocalGateway(secret="mở cửa".encode().hex()) as running:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY = running.url, running.secret
        yield running


def tell_submitted(to: Recipient, *, fact: UUID | None = None, at: datetime = NOW) -> Message:
    """Tell that a case was submitted."""
    notice = declared()["CASE_SUBMITTED"]
    told = tell(notice, fact=fact or uuid7(), to=to, words=WORDS, by=SYSTEM, at=at)
    return Message.objects.get(pk=told)


def delivery(message: Message, channel: Channel) -> Delivery:
    """What became of the message on the channel, fresh from the database."""
    return message.deliveries.get(channel=channel)
