"""Bodies as JSON that the database can keep: no NaN, no half of a letter, no endless nesting."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

DEEPEST = 20


class StrictParser(Parser):
    """What it refuses with ValueError is answered 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values."""
        try:
            told = json.loads(request.body, parse_constant=_no_number)
        except RecursionError as deep:
            raise ValueError("nested too deeply") from deep
        if b"\\u" in request.body:
            json.dumps(told, ensure_ascii=False).encode()  # UnicodeEncodeError, a ValueError, for half a letter
        if _depth(told) > DEEPEST:
            raise ValueError("nested too deeply")
        return told


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _depth(told: Any) -> int:
    depth, level = 0, [told]
    while level and depth <= DEEPEST:
        level = [inner for value in level for inner in _inside(value)]
        depth += 1
    return depth


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
