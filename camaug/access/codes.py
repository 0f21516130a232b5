"""One-time codes: how they are made, kept and sent."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from camaug.access.contacts import Contact
from camaug.kernel.errors import DomainError

LENGTH = 6
LIFETIME = timedelta(minutes=10)
TRIES = 5


class ChannelClosed(DomainError):
    """Nothing is set up that could send to this kind of contact."""

    sentence = _("Messages to phones cannot be sent yet. Use an e-mail address.")


class Delivery(Protocol):
    """Brings a short text to a contact; named by the setting CODE_DELIVERY. May raise ChannelClosed."""

    def __call__(self, contact: Contact, text: str, *, at: datetime) -> None: ...


def fresh_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}d}"


def is_a_code(typed: str) -> bool:
    """Whether it could be a code at all: six ASCII digits."""
    return len(typed) == LENGTH and typed.isascii() and typed.isdigit()


def digest_of(code_id: UUID, digits: str) -> str:
    """What is kept of a code: a digest keyed with the installation's secret, so that a stolen table opens nothing."""
    return hmac.new(settings.SECRET_KEY.encode(), f"code:{code_id}:{digits}".encode(), sha256).hexdigest()


def deliver(contact: Contact, text: str, *, at: datetime) -> None:
    """Send the text by whatever the installation has set up."""
    delivery: Delivery = import_string(settings.CODE_DELIVERY)
    delivery(contact, text, at=at)
