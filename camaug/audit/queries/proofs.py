"""The proof that an event is in the sealed history, for whoever holds it to show to a stranger."""

import base64
import json
from collections.abc import Collection
from enum import StrEnum
from typing import Any
from uuid import UUID

from camaug.audit import keys, merkle
from camaug.audit.entries import Opening, values_of
from camaug.audit.models import Head, SealedEvent
from camaug.audit.queries.heads import published
from camaug.audit.shelf import WIDTH, Shelf
from camaug.kernel.beside import UNREADABLE, what_lies_beside
from camaug.kernel.models import EventRecord

FORMAT = "camaug-history-proof/1"


class Sealing(StrEnum):
    """How far an event has come: no head holds it yet, one does that a witness has still to sign, or all is there."""

    WAITING = "WAITING"
    UNWITNESSED = "UNWITNESSED"
    READY = "READY"


def sealing_of(event_id: UUID) -> Sealing:
    """READY under a witnessed head; where no witness is set up, under any."""
    place = SealedEvent.objects.filter(event_id=event_id).first()
    heads = Head.objects.filter(size__gt=place.index) if place else Head.objects.none()
    if not heads.exists():
        return Sealing.WAITING
    seen = not keys.witnesses() or heads.filter(cosignatures__isnull=False).exists()
    return Sealing.READY if seen else Sealing.UNWITNESSED


def proof_of(event_id: UUID, *, opened: Collection[str], shelf: Shelf | None = None) -> dict[str, Any] | None:
    """The event's entry, the path to a published head, and its values that are `opened`; None: not sealed yet.

    The head is the newest that a witness has signed, where it reaches so far, else the newest.
    """
    place = SealedEvent.objects.filter(event_id=event_id).first()
    if place is None:
        return None
    heads = Head.objects.filter(size__gt=place.index).order_by("-size")
    head = heads.filter(cosignatures__isnull=False).first() or heads.first()
    row = EventRecord.objects.filter(pk=event_id).first()
    if head is None or row is None:
        return None
    shelf = shelf or Shelf()
    number, at = divmod(place.index, WIDTH)
    entry = shelf.entries(number, at + 1)[at]
    path = merkle.inclusion_path(place.index, head.size, shelf.nodes(head.size))
    return {
        "format": FORMAT,
        "entry": entry.decode(),
        "opened": _opened(row, place, json.loads(entry)["told"], opened),
        "index": place.index,
        "path": [base64.b64encode(step).decode() for step in path],
        "head": published(head.size),
    }


def _opened(row: EventRecord, place: SealedEvent, told: Collection[str], wanted: Collection[str]) -> list[Any]:
    opening, values = Opening.of(place.salt, place.opening), values_of(row, what_lies_beside([row]).get(row.id, {}))
    keys = [key for key in sorted(wanted) if key in told and values.get(key, UNREADABLE) is not UNREADABLE]
    return [[key, values[key], salt.hex()] for key in keys if (salt := opening.salt_of(key))]
