"""One typed text to one JSON value, for questions with a single answer; each refusal tells how to write it."""

import re
import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.forms.coordinates import parse_position
from camaug.catalogue.forms.dates import parse_day
from camaug.kernel.errors import DomainError
from camaug.kernel.text import clean
from camaug.people.numbers import PersonalNumber, TaxCode, parse_phone

LENGTHS = {FieldType.NAME: 120, FieldType.LONG_TEXT: 4000, FieldType.EMAIL: 254}
LENGTH = 300
DIGITS = 15
_GROUPED = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:[.,\u0020\u00a0][0-9]{3})+)")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_INVISIBLE = re.compile("[\u00ad\u061c\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f]+")

type Value = str | int | bool


class HoldsControlCharacters(DomainError):
    """Characters that no keyboard types: NUL, escape, halves of surrogate pairs."""

    sentence = _("This holds characters that cannot be read. Type it again.")


class TooLong(DomainError):
    """More letters than the field takes."""

    sentence = _("Write at most {limit} characters; this has {length}.")


class NotAName(DomainError):
    """A name with digits or signs in it."""

    sentence = _("Write the name in letters only, as on the identity card.")


class NotAnEmail(DomainError):
    """Not an e-mail address."""

    sentence = _("Write the e-mail address as in ten@example.vn.")


class NotANumber(DomainError):
    """Not a whole number."""

    sentence = _("Write a whole number in digits, for example 3.")


class NotAnAmount(DomainError):
    """Not an amount of đồng."""

    sentence = _("Write the amount in đồng, in digits only, for example 1.500.000.")


class BelowLeast(DomainError):
    """A number under the field's least."""

    sentence = _("The number must be {least} or more.")


class AboveMost(DomainError):
    """A number over the field's most."""

    sentence = _("The number must be {most} or less.")


class NotAnAnswer(DomainError):
    """An option that the question does not have."""

    sentence = _("Choose one of the answers given.")


def parse(field: FormField, text: str) -> Value:
    """The JSON value of a text that is not empty. Raises the DomainError whose sentence tells how to write it."""
    text = visible_text(text)
    if not _all_readable(text[: 2 * LENGTHS[FieldType.LONG_TEXT]], field.type):
        raise HoldsControlCharacters
    tidy = _paragraphs(text) if field.type == FieldType.LONG_TEXT else clean(text)
    if len(tidy) > (limit := length_limit(field)):
        raise TooLong(limit=limit, length=len(tidy))
    return _PARSERS[field.type](field, tidy)


def length_limit(field: FormField) -> int:
    """The most characters that the field takes."""
    return field.max_length or LENGTHS.get(field.type, LENGTH)


def option_ids(field: FormField) -> tuple[str, ...]:
    """The answers that a question with fixed answers has."""
    return ("YES", "NO") if field.type == FieldType.YES_NO else tuple(option.id for option in field.options)


def storable(text: str) -> str:
    """What was typed, made safe to keep in a draft: readable characters only, shortened when absurdly long."""
    kept = "".join(char for char in visible_text(text[:5000]) if _is_readable(char, FieldType.LONG_TEXT))
    return unicodedata.normalize("NFC", kept).strip()


def visible_text(text: str) -> str:
    """The text without what copying from other programs leaves behind: zero-width and direction marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _all_readable(text: str, type_: FieldType) -> bool:
    return text.isprintable() or all(_is_readable(char, type_) for char in text)


def _is_readable(char: str, type_: FieldType) -> bool:
    if char in "\r\n":
        return type_ == FieldType.LONG_TEXT
    return char == "\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")


def _paragraphs(text: str) -> str:
    return "\n".join(clean(line) for line in re.split(r"\r\n|\r|\n", text)).strip("\n")


def _text(_field: FormField, text: str) -> str:
    return text


def _name(_field: FormField, text: str) -> str:
    letters = [unicodedata.category(char)[0] for char in text if char not in " '’.-"]
    if not letters or not all(category in "LM" for category in letters):
        raise NotAName
    return text


def _email(_field: FormField, text: str) -> str:
    if not _EMAIL.fullmatch(text) or ".." in text:
        raise NotAnEmail
    return text


def _number(field: FormField, text: str) -> int:
    if not _GROUPED.fullmatch(text) or len(text) > DIGITS + 6:
        raise NotANumber
    return _within(field, int(re.sub(r"[^0-9-]", "", text)))


def _money(field: FormField, text: str) -> int:
    digits = _CURRENCY.sub("", text)
    if not _GROUPED.fullmatch(digits) or digits.startswith("-") or len(digits) > DIGITS + 6:
        raise NotAnAmount
    return _within(field, int(re.sub(r"[^0-9]", "", digits)))


def _within(field: FormField, number: int) -> int:
    most = 10**DIGITS - 1 if field.max is None else field.max
    least = 0 if field.min is None else field.min
    if number < least:
        raise BelowLeast(least=grouped(least))
    if number > most:
        raise AboveMost(most=grouped(most))
    return number


def _choice(field: FormField, text: str) -> str:
    if text not in option_ids(field):
        raise NotAnAnswer
    return text


def _agree(_field: FormField, text: str) -> bool:
    if text != "true":
        raise NotAnAnswer
    return True


def grouped(number: int) -> str:
    """1234567 as '1.234.567'; below 10.000 no dot, so that years and small counts read as such."""
    return str(number) if -10_000 < number < 10_000 else f"{number:,}".replace(",", ".")


_PARSERS: dict[FieldType, Callable[[FormField, str], Value]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.NAME: _name,
    FieldType.PERSONAL_NUMBER: lambda _field, text: str(PersonalNumber.parse(text)),
    FieldType.TAX_CODE: lambda _field, text: str(TaxCode.parse(text)),
    FieldType.PHONE: lambda _field, text: parse_phone(text),
    FieldType.EMAIL: _email,
    FieldType.COORDINATES: lambda _field, text: parse_position(text),
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: lambda _field, text: parse_day(text).isoformat(),
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _choice,
    FieldType.AGREE: _agree,
}
SINGLE = frozenset(_PARSERS)
