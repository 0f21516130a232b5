"""The signed heads, as everybody may see them."""

from dataclasses import dataclass
from datetime import datetime

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
    return tuple(
        HeadView(
            row.size, bytes(row.root).hex(), row.signed_at, tuple((c.witness, c.at) for c in row.cosignatures.all())
        )
        for row in rows
    )


def last_witnessed() -> HeadView | None:
    """The newest head under a witness's word."""
    row = Cosignature.objects.order_by("-head_id").select_related("head").first()
    if row is None:
        return None
    return HeadView(row.head_id, bytes(row.head.root).hex(), row.head.signed_at, ((row.witness, row.at),))


def published(size: int | None = None) -> str | None:
    """The note of the newest head, or of that size, with the witnesses' lines under it; None where there is none."""
    heads = Head.objects.prefetch_related("cosignatures").order_by("-size")
    head = (heads if size is None else heads.filter(size=size)).first()
    if head is None:
        return None
    note = Note.parse(head.note)
    return str(Note(note.text, (*note.signatures, *(one.line for one in head.cosignatures.all()))))
