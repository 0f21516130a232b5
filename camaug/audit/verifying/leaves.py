"""The leaves of a stretch, each against the event that it speaks of."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from camaug.audit import merkle
from camaug.audit.entries import Opening, clear, commitment, may_be_erased, values_of
from camaug.audit.events import FactErased
from camaug.audit.models import SealedEvent
from camaug.audit.queries.erasures import Erasure, erasure_of
from camaug.audit.shelf import WIDTH, Damaged, Shelf, name_of
from camaug.audit.verifying.findings import Dated, Finding, Kind
from camaug.kernel.beside import UNREADABLE, what_lies_beside
from camaug.kernel.models import EventRecord


@dataclass(slots=True)
class Seen:
    """What only the whole can tell: values taken out, with their leaf, and the erasures of which an event says so."""

    erased: dict[tuple[str, str], Finding] = field(default_factory=dict)
    erasures: list[Erasure] = field(default_factory=list)
    dated_before: Dated = field(default_factory=Dated)

    def announced(self) -> set[tuple[str, str]]:
        """Event and key of each of them."""
        return {(str(one.event), one.key) for one in self.erasures}

    def add(self, row: EventRecord) -> None:
        """Take an event in that says what was erased; none can let go what is kept by law."""
        if may_be_erased((told := erasure_of(row)).key):
            self.erasures.append(told)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf by its number: the hash on the shelf and what its entry says, None where the two do not fit."""

    index: int
    hash: bytes
    said: dict[str, Any] | None

    def finding(self, kind: Kind, *what: str) -> Finding:
        """A finding about the event of this leaf."""
        said = self.said or {}
        words = (said.get("id", ""), said.get("name", ""), said.get("subject", ""), said.get("at", ""))
        return Finding(kind, *words, index=self.index, what=what)


def leaves_of(shelf: Shelf, number: int, size: int) -> list[Leaf]:
    """Those of one tile; Damaged where it cannot be read."""
    begin, end = number * WIDTH, min((number + 1) * WIDTH, size)
    hashes = shelf.leaves(begin, end, size)
    try:
        entries: list[bytes] = shelf.entries(number, end - begin)
    except Damaged:
        entries = [b""] * (end - begin)
    pairs = zip(hashes, entries, strict=True)
    return [Leaf(begin + at, leaf, _said(entry, leaf)) for at, (leaf, entry) in enumerate(pairs)]


def compare(leaves: list[Leaf], seen: Seen) -> Iterator[Finding]:
    """Each leaf against its event as it is now."""
    known = [leaf for leaf in leaves if leaf.said]
    places = SealedEvent.objects.in_bulk([leaf.index for leaf in leaves])
    rows = EventRecord.objects.in_bulk([UUID(leaf.said["id"]) for leaf in known if leaf.said])
    beside = what_lies_beside(list(rows.values()))
    for leaf in leaves:
        if leaf.said is None:
            yield Finding(Kind.TREE, index=leaf.index, what=(name_of("entries", leaf.index // WIDTH),))
            continue
        event_id = UUID(leaf.said["id"])
        place, row = places.get(leaf.index), rows.get(event_id)
        if place is None or place.event_id != event_id:
            yield leaf.finding(Kind.MOVED, "place")
            if place is not None:
                yield _stranger(place)
            place = None
        if row is None:
            yield leaf.finding(Kind.DELETED)
        else:
            yield from _differences(leaf, row, place, beside.get(row.id, {}), seen)
        if row is not None and row.name == FactErased.name:
            seen.add(row)


def _stranger(place: SealedEvent) -> Finding:
    row = EventRecord.objects.filter(pk=place.event_id).first()
    if row is None:
        return Finding(Kind.INSERTED, str(place.event_id), index=place.index)
    said = clear(row)
    return Finding(Kind.INSERTED, said["id"], said["name"], said["subject"], said["at"], place.index)


def _differences(
    leaf: Leaf, row: EventRecord, place: SealedEvent | None, beside: Mapping[str, Any], seen: Seen
) -> Iterator[Finding]:
    said = leaf.said or {}
    changed = [key for key, value in clear(row).items() if said.get(key) != value]
    gone: list[str] = []
    if place is not None:
        told: dict[str, str] = said.get("told", {})
        opening, values = Opening.of(place.salt, place.opening), values_of(row, beside)
        gone = [key for key in told if _is_beside(key) and key not in values and opening.salt_of(key) is not None]
        changed += [key for key in values if key not in told]
        changed += [key for key in told if key not in gone and not _holds(key, leaf, values, opening, seen)]
    if changed:
        yield leaf.finding(Kind.CHANGED, *changed)
    if gone:
        yield leaf.finding(Kind.DELETED, *gone)


def _is_beside(key: str) -> bool:
    """Whether it lies in a row of its own, which nothing deletes: a sent application, its papers and words stay."""
    return key.startswith("beside.")


def _holds(key: str, leaf: Leaf, values: Mapping[str, Any], opening: Opening, seen: Seen) -> bool:
    said = leaf.said or {}
    salt = opening.salt_of(key)
    if salt is None and not may_be_erased(key):
        return False
    if salt is None:
        seen.erased[(said["id"], key)] = leaf.finding(Kind.ERASED, key)
        return not values.get(key)
    if values.get(key) is UNREADABLE:
        return False
    return key in values and commitment(key, values[key], salt) == said["told"][key]


def _said(entry: bytes, leaf: bytes) -> dict[str, Any] | None:
    if merkle.leaf_hash(entry) != leaf:
        return None
    said: dict[str, Any] = json.loads(entry)
    return said
