"""Short names for what is new in a draft, made from its title."""

import re
from typing import Any

from camaug.catalogue.drafting.places import Content
from camaug.catalogue.phrases import folded_words

LONGEST = 40
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def free_name(content: Content, title: str, *, underscore: bool = False) -> str:
    """A short name that nothing in the draft has yet; `underscore`: as questions are named."""
    between = "_" if underscore else "-"
    words = _NOT_LETTERS.sub(between, folded_words(title))[:LONGEST].strip(between)
    name = words if words[:1].isalpha() else f"{'q' if underscore else 'muc'}{between}{words}".strip(between)
    taken, n, free = set(_names(content)), 2, name
    while free in taken:
        free, n = f"{name}{between}{n}", n + 1
    return free


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["id"])] if value.get("id") else []
        return own + [name for inner in value.values() for name in _names(inner)]
    return [name for inner in value for name in _names(inner)] if isinstance(value, list) else []
