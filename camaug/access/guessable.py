"""Passwords of words that anybody here would try first: those of `guessable.yaml`, and of the account's address."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from camaug.kernel.text import fold

ENOUGH = 6
"""So many letters and digits beside such words make a password all the same."""
_NOT_ALIKE = re.compile(r"[\W_]+")
_SHAPES = (
    re.compile(r"(?:19|20)\d\d"),
    re.compile(r"(.)\1{2,}"),
    re.compile(r"0?123(?:4(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?)?"),
    re.compile(r"(?:(?:(?:(?:(?:9?8)?7)?6)?5)?4)?321"),
    re.compile(r"98765(?:4)?"),
)
"""Years, one key held down, rows of digits."""
_SHORT = 2


class Guessable(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: tuple[str, ...] = Field(min_length=1)


def is_guessable(password: str, address: str) -> bool:
    """Whether too little is left of it without those words, years and rows of digits; `address`: of the account's mail.

    Accents, case and what stands between words do not matter.
    """
    name = address.partition("@")[0]
    own = {_alike(name), *(_alike(part) for part in _NOT_ALIKE.split(name))}
    known = {*_words(), *(one for one in own if len(one) > _SHORT)}
    return _least_left(_alike(password), known) < ENOUGH


def _least_left(text: str, known: Iterable[str]) -> int:
    """How many characters are left where as much as can be is covered by words, years and rows."""
    rows = {(found.start(), found.end()) for shape in _SHAPES for found in shape.finditer(text)}
    covers = rows | {
        (begin, begin + len(word)) for word in known for begin in range(len(text)) if text.startswith(word, begin)
    }
    least = list(range(len(text) + 1))
    for end in range(1, len(text) + 1):
        least[end] = min([least[end - 1] + 1, *(least[begin] for begin, last in covers if last == end)])
    return least[-1]


def _alike(text: str) -> str:
    return _NOT_ALIKE.sub("", fold(text))


@cache
def _words() -> frozenset[str]:
    found = yaml.safe_load((Path(settings.PROFILE) / "guessable.yaml").read_text(encoding="utf-8"))
    return frozenset(_alike(word) for word in Guessable.model_validate(found).words)
