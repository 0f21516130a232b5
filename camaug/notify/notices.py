"""What may be told. A part declares its notices in its `subscribers.py`; a profile has the texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
    `must_arrive`: about the account itself, so that no wish keeps it back. `opens`: makes the link out of the message's
    subject when it is sent, where the link lets somebody in: such a one is kept nowhere.
    """

    code: str
    words: Mapping[str, Word]
    in_app_only: bool = False
    must_arrive: bool = False
    opens: Callable[[UUID], str] | None = None


_NOTICES: dict[str, Notice] = {}


def declare(
    code: str,
    words: Mapping[str, Word],
    *,
    in_app_only: bool = False,
    must_arrive: bool = False,
    opens: Callable[[UUID], str] | None = None,
) -> Notice:
    """Make a notice known; `code` is an UPPERCASE symbol. Declared again, it is replaced."""
    _NOTICES[code] = Notice(code, dict(words), in_app_only, must_arrive, opens)
    return _NOTICES[code]


def declared() -> dict[str, Notice]:
    """All notices by code."""
    return dict(_NOTICES)
