"""Where a citizen can be reached: a phone in E.164 or a mailbox."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.people.queries import display_phone, parse_phone


class NotAContact(DomainError):
    """What was typed is neither a phone number nor an e-mail address."""

    sentence = _("Enter a phone number such as 0912 345 678 or an e-mail address such as ten@example.vn.")


class Channel(StrEnum):
    """How a contact is reached; the values are the names of the account's columns."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone (`value` in E.164, "+84912345678") or a mailbox (in lower case)."""

    channel: Channel
    value: str

    def __str__(self) -> str:
        """As people write it: "0912 345 678"."""
        return display_phone(self.value) if self.channel == Channel.PHONE else self.value


def parse_contact(text: str) -> Contact:
    """Read what a person typed; raises NotAContact."""
    typed = text.strip()
    if "@" in typed:
        return Contact(Channel.EMAIL, _mailbox(typed))
    return Contact(Channel.PHONE, _phone(typed))


def known_contact(value: str) -> Contact:
    """The contact of a value that was parsed before."""
    return Contact(Channel.EMAIL if "@" in value else Channel.PHONE, value)


def _mailbox(typed: str) -> str:
    address = typed.lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAContact from error
    return address


def _phone(typed: str) -> str:
    try:
        return parse_phone(typed)
    except DomainError as error:
        raise NotAContact from error
