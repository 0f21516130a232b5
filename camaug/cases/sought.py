"""The number that an officer searched for, as a keyed hash: whose it is finds the search, nobody reads it."""

import json

from camaug.kernel.encryption import fingerprint, fingerprints
from camaug.kernel.errors import DomainError
from camaug.people.queries import parse_phone

ABOUT = "cases.listreading.number"
_PERSONAL = 12


def print_of(asked: str) -> str:
    """Of what a list was asked for, as JSON: the hash under the writing key; "" where it was no whole number."""
    number = _number(json.loads(asked).get("words", ""))
    return fingerprint(number, about=ABOUT) if number else ""


def every_print_of(asked: str) -> list[str]:
    """The same under every key there is: where rows of before a change of keys may still lie."""
    return prints_of(_number(json.loads(asked).get("words", "")))


def prints_of(*numbers: str) -> list[str]:
    """Of a personal number, a telephone in E.164: every hash under which a search for it may lie, old keys too."""
    return [one for number in numbers if number for one in fingerprints(number, about=ABOUT)]


def _number(words: str) -> str:
    digits = "".join(words.split())
    if digits.isascii() and digits.isdigit() and len(digits) == _PERSONAL:
        return digits
    try:
        return parse_phone(words)
    except DomainError:
        return ""
