"""What is kept of people for a time only. A part says its kinds in `outlived.py`:

    OUTLIVED = {"MESSAGES": Kept("notify.Message", since="created_at", rows=lambda ends: ...)}

How long each is kept is the province's: its profile names every kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from camaug.kernel.parts import modules


def _gone(rows: QuerySet[Any], _at: datetime) -> None:
    rows.delete()


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of rows of a model, `app.Model`. `rows` gives those whose time began before that instant and that still
    tell of somebody; `since` is the column that says when it began, `order` the one by which the oldest come first.

    `erase` takes such rows away, or what they tell out of them, inside the caller's transaction.
    """

    model: str
    since: str
    rows: Callable[[datetime], QuerySet[Any]]
    erase: Callable[[QuerySet[Any], datetime], None] = _gone
    order: str = "pk"


def every_kind() -> Mapping[str, Kept]:
    """Those that the parts have said, by their names."""
    return {name: kept for part in modules("outlived") for name, kept in part.OUTLIVED.items()}
