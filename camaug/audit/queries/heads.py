"""The signed heads, as everybody may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from camaug.audit import keys
from camaug.audit.models import Cosignature, Head
from camaug.audit.notes import Note

SHOWN = 20


@dataclass(frozen=True, slots=True)
class HeadView:
    """A head; `witnessed` names who has signed it besides, and when."""

    size: int
    root: str
    signed_at: datetime
    witnessed: tuple[tuple[str, datetime], ...]


def latest_heads(count: int = SHOWN) -> tuple[HeadView, ...]:
    """The newest heads, the newest first."""
    rows = Head.objects.order_by("-size").prefetch_related("cosignatures")[:count]
    return tuple(_view(row) for row in rows)


def last_witnessed() -> HeadView | None:
    """The newest head under a witness's word."""
    row = Cosignature.objects.order_by("-head_id").select_related("head").first()
    if row is None:
        return None
    return HeadView(row.head_id, bytes(row.head.root).hex(), row.head.signed_at, ((row.witness, row.at),))


def head_to_print() -> dict[str, Any]:
    """The newest witnessed head, else the newest one, as JSON for a paper that is being printed; {} before the first.

    What a paper says of it is on paper for good: whoever sealed another history later cannot take it back.
    """
    head = last_witnessed() or next(iter(latest_heads(1)), None)
    if head is None:
        return {}
    witness = head.witnessed[0][0] if head.witnessed else ""
    return {"size": head.size, "root": head.root, "signed_at": head.signed_at.isoformat(), "witness": witness}


def public_keys() -> tuple[str, tuple[str, ...]]:
    """With what a proof is checked: the key of this history ("" before the first seal) and those of its witnesses."""
    return keys.published_key(), tuple(str(one.key) for one in keys.witnesses())


def head_of(size: int) -> HeadView | None:
    """The head of that many entries, as it may have been printed."""
    row = Head.objects.filter(size=size).prefetch_related("cosignatures").first()
    return _view(row) if row else None


def published(size: int | None = None) -> str | None:
    """The note of the newest head, or of that size, with the witnesses' lines under it; None where there is none."""
    heads = Head.objects.prefetch_related("cosignatures").order_by("-size")
    head = (heads if size is None else heads.filter(size=size)).first()
    if head is None:
        return None
    note = Note.parse(head.note)
    return str(Note(note.text, (*note.signatures, *(one.line for one in head.cosignatures.all()))))


def _view(row: Head) -> HeadView:
    witnessed = tuple((one.witness, one.at) for one in row.cosignatures.all())
    return HeadView(row.size, bytes(row.root).hex(), row.signed_at, witnessed)
