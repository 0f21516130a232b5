import hashlib
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from camaug.audit import merkle
from camaug.audit.entries import instant, sealed_entry
from camaug.audit.keys import publish_key
from camaug.audit.models import Head, SealedEvent
from camaug.audit.notes import Checkpoint, Note, Signer
from camaug.audit.shelf import Shelf
from camaug.kernel.beside import UNREADABLE, what_lies_beside
from camaug.kernel.models import EventRecord

BATCH = 2048
_ONE_AT_A_TIME = 8_470_113  # PostgreSQL's advisory lock


class NotReadable(Exception):
    """What lies beside an event does not open: sealed as it lies, it would prove nothing of what was said."""


class NotTheSameHistory(Exception):
    """What lies on the shelf does not go on from the last signed head: nothing more is signed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many leaves the tree has now, and how many of them are new."""

    size: int
    new: int


def seal(*, key: Signer, at: datetime, shelf: Shelf | None = None, batch: int = BATCH) -> Sealed:
    """Put the next numbered events into the tree and sign its new head; one at a time, the second does nothing.

    The files are written first and the head last: killed in between, the next writes the same again.
    """
    shelf = shelf or Shelf()
    with transaction.atomic():
        if not _alone():
            return Sealed(0, 0)
        head = Head.objects.order_by("-size").first()
        size = head.size if head else 0
        entries = _entries(size, batch)
        if not entries:
            return Sealed(size, 0)
        shelf.grow(size, entries)
        grown = size + len(entries)
        root = merkle.root(grown, shelf.nodes(grown))
        _check_growth(head, grown, root, shelf)
        text = str(Checkpoint(key.name, grown, root, _more(head, at)))
        note = Note(text, (key.sign(text, at=at).rstrip("\n"),))
        Head.objects.create(size=grown, root=root, signed_at=at, note=str(note))
    shelf.sweep(grown)
    publish_key(key)
    return Sealed(grown, len(entries))


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])


def _entries(size: int, batch: int) -> list[bytes]:
    """Those of the numbered events from `size` on, without a gap."""
    last = SealedEvent.objects.aggregate(last=Max("index"))["last"]
    if last is None or last < size:
        return []
    numbered = list(SealedEvent.objects.filter(index__gte=size).order_by("index")[:batch])
    rows = EventRecord.objects.in_bulk([one.event_id for one in numbered])
    beside = what_lies_beside(list(rows.values()))
    found: list[bytes] = []
    for place, one in enumerate(numbered, start=size):
        row = rows.get(one.event_id)
        if one.index != place or row is None:
            raise NotTheSameHistory(f"event {one.event_id}, number {one.index}, is no longer there to be sealed")
        said = beside.get(row.id, {})
        if closed := [name for name, value in said.items() if value is UNREADABLE]:
            raise NotReadable(f"event {row.id}: {', '.join(closed)} does not decrypt")
        found.append(sealed_entry(row, said, bytes(one.salt or b"")))
    return found


def _check_growth(head: Head | None, size: int, root: bytes, shelf: Shelf) -> None:
    if head:
        path = merkle.consistency_path(head.size, size, shelf.nodes(size))
        if not merkle.grew(head.size, bytes(head.root), size, root, path):
            raise NotTheSameHistory(f"the tree of {size} leaves does not begin with the signed one of {head.size}")


def _more(head: Head | None, at: datetime) -> tuple[str, ...]:
    """When it was signed, and the note before it by its hash: heads make a chain."""
    before = (f"previous {b64encode(hashlib.sha256(head.note.encode()).digest()).decode()}",) if head else ()
    return (f"time {instant(at)}", *before)
