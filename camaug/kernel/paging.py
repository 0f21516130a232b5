"""Keyset pages: the place in a list is the last row's key, so that page 1,000 costs what page 1 does."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from camaug.kernel.addresses import closed, opened
from camaug.kernel.encryption import NotDecrypted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after the row with this (instant, id), or before it when going back."""

    at: datetime
    id: UUID
    back: bool = False

    def token(self) -> str:
        """The place as it stands in an address."""
        plain = json.dumps([self.at.isoformat(), str(self.id), self.back])
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Rows of one page, with tokens of the pages after and before it ("" where there is none)."""

    rows: tuple[T, ...]
    older: str
    newer: str


def place_from(token: str) -> Place | None:
    """The place that a token names; None for a token that is none of ours: the list then begins at its beginning."""
    try:
        at, row_id, back = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        place = Place(datetime.fromisoformat(at), UUID(row_id), bool(back))
    except (ValueError, TypeError, binascii.Error, AttributeError, RecursionError):
        return None
    return place if place.at.tzinfo else None


def page_by_text[M: Model](rows: QuerySet[M], *, key: str, token: str = "", size: int = 50) -> Page[M]:
    """One page of `rows` ordered by a column of text that is never null, then by id. The text may be a name: in the
    address it is encrypted.
    """
    about = f"place:{rows.model._meta.label}.{key}"
    place = _text_place(token, about) if token else None
    back = place[2] if place else False
    found = rows.order_by(*((f"-{key}", "-pk") if back else (key, "pk")))
    if place:
        word = "lt" if back else "gt"
        found = found.filter(Q(**{f"{key}__{word}": place[0]}) | Q(**{key: place[0], f"pk__{word}": place[1]}))
    taken: Sequence[M] = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if back:
        taken = taken[::-1]
    has_older, has_newer = (bool(place), more) if back else (more, bool(place))
    return Page(
        rows=tuple(taken),
        older=_text_token(taken[-1], key, about, back=False) if taken and has_older else "",
        newer=_text_token(taken[0], key, about, back=True) if taken and has_newer else "",
    )


def _text_token(row: Model, key: str, about: str, *, back: bool) -> str:
    return closed(json.dumps([getattr(row, key), str(row.pk), back], ensure_ascii=False), about=about)


def _text_place(token: str, about: str) -> tuple[str, UUID, bool] | None:
    try:
        text, row_id, back = json.loads(opened(token, about=about))
    except NotDecrypted:
        return None
    return str(text), UUID(row_id), bool(back)


def page_of[M: Model](
    rows: QuerySet[M], *, key: str, token: str = "", size: int = 50, descending: bool = False
) -> Page[M]:
    """One page of `rows` ordered by (`key`, id); `key` is a column that is never null."""
    place = place_from(token) if token else None
    back = place.back if place else False
    down = descending != back
    found = rows.order_by(*((f"-{key}", "-id") if down else (key, "id")))
    if place:
        word = "lt" if down else "gt"
        found = found.filter(Q(**{f"{key}__{word}": place.at}) | Q(**{key: place.at, f"id__{word}": place.id}))
    taken: Sequence[M] = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if back:
        taken = taken[::-1]
    has_older, has_newer = (bool(place), more) if back else (more, bool(place))
    return Page(
        rows=tuple(taken),
        older=_token(taken[-1], key, back=False) if taken and has_older else "",
        newer=_token(taken[0], key, back=True) if taken and has_newer else "",
    )


def _token(row: Model, key: str, *, back: bool) -> str:
    return Place(getattr(row, key), row.pk, back).token()
