"""What may be told. A part declares its notices in its `subscribers.py`; a profile has the texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

type Said = str | int | datetime | Mapping[str, str]  # words, money in đồng, an instant, words by language


@dataclass(frozen=True, slots=True)
class Word:
    """A placeholder of a text: a sample as long as it usually gets, and whether an SMS may hold it.

    What says who somebody is, or has no bound, stays out of an SMS.
    """

    sample: str
    in_sms: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of message; `words` are the placeholders that its texts may use, by name.

    `in_app_only`: it stands on the reader's page and goes nowhere else, as what officers read at their desks.
    """

    code: str
    words: Mapping[str, Word]
    in_app_only: bool = False


_NOTICES: dict[str, Notice] = {}


def declare(code: str, words: Mapping[str, Word], *, in_app_only: bool = False) -> Notice:
    """Make a notice known; `code` is an UPPERCASE symbol. Declared again, it is replaced."""
    _NOTICES[code] = Notice(code, dict(words), in_app_only)
    return _NOTICES[code]


def declared() -> dict[str, Notice]:
    """All notices by code."""
    return dict(_NOTICES)
