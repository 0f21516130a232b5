"""By what a citizen names his account beside a password: his phone, his mailbox or his personal number."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from camaug.access.contacts import NotAContact, parse_contact
from camaug.kernel.errors import DomainError
from camaug.people.queries import PersonalNumber

_NUMBER = 12


class NotAnIdentifier(DomainError):
    """What was typed is neither a phone number nor an e-mail address nor a personal number."""

    sentence = _(
        "Enter a phone number such as 0912 345 678, an e-mail address such as ten@example.vn, "
        "or the 12 digits of a personal number."
    )


@dataclass(frozen=True, slots=True)
class Identifier:
    """What was typed, as it is kept; `column` leads to it from the account."""

    column: str
    value: str


def is_personal_number(text: str) -> bool:
    """Whether these are twelve digits, which no phone number of the country has."""
    typed = "".join(text.split()).replace(".", "")
    return typed.isascii() and typed.isdigit() and len(typed) == _NUMBER


def parse_identifier(text: str) -> Identifier:
    """Read what a person typed; raises NotAnIdentifier, NotAPersonalNumber."""
    if is_personal_number(text):
        return Identifier("person__personal_number", PersonalNumber.parse(text).digits)
    try:
        reached = parse_contact(text)
    except NotAContact as error:
        raise NotAnIdentifier from error
    return Identifier(reached.channel.value, reached.value)
