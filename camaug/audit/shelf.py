"""The tree outside the database, as C2SP's tlog-tiles lays it out: hashes in tiles of 256, entries in bundles of 256.

`tile/LEVEL/NUMBER` holds hashes of subtrees of 256**LEVEL leaves, `tile/entries/NUMBER` (gzip) what the leaves say. One
that is not full is `NUMBER.p/WIDTH`; a later, wider one begins with it.
"""

import gzip
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from camaug.audit import merkle

WIDTH = 256
_HASH = 32
_LEVELS = 8  # each tile spans eight levels of the tree
_LENGTH = struct.Struct(">H")
_ENTRIES = "entries"
_KEPT = 512  # full tiles and bundles that a shelf remembers


class Damaged(Exception):
    """A tile or bundle that should be there is not, or is not whole; the message names it."""


def name_of(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile lies: 1234067 is x001/x234/067."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    name = f"tile/{level}/{'/'.join(reversed(groups))}"
    return name if width == WIDTH else f"{name}.p/{width}"


@dataclass(slots=True)
class Shelf:
    """Reads and grows the tree in a storage; remembers what is full and can no longer change."""

    storage: Storage = field(default_factory=lambda: storages["history"])
    _full: dict[str, bytes] = field(default_factory=dict)

    def nodes(self, size: int) -> merkle.Nodes:
        """The whole subtrees of the tree of that many leaves; Damaged."""

        def node(level: int, index: int) -> bytes:
            tile_level, below = divmod(level, _LEVELS)
            begin = index << below
            number, place = divmod(begin, WIDTH)
            there = self.hashes(tile_level, number, min(WIDTH, (size >> tile_level * _LEVELS) - number * WIDTH))
            return merkle.subtree(there[place : place + (1 << below)])

        return node

    def leaves(self, begin: int, end: int, size: int) -> list[bytes]:
        """The hashes of the leaves [begin, end) of a tree of that size; Damaged."""
        found: list[bytes] = []
        for number in range(begin // WIDTH, (end + WIDTH - 1) // WIDTH):
            there = self.hashes(0, number, min(WIDTH, size - number * WIDTH))
            found += there[max(begin - number * WIDTH, 0) : end - number * WIDTH]
        return found

    def hashes(self, level: int, number: int, width: int) -> list[bytes]:
        """The first `width` hashes of a tile; Damaged."""
        content = self._read(level, number, width)
        if len(content) < width * _HASH:
            raise Damaged(name_of(level, number, width))
        return [content[at : at + _HASH] for at in range(0, width * _HASH, _HASH)]

    def entries(self, number: int, width: int) -> list[bytes]:
        """The first `width` entries of a bundle; Damaged."""
        name = name_of(_ENTRIES, number, width)
        try:
            content = gzip.decompress(self._read(_ENTRIES, number, width))
            found: list[bytes] = []
            at = 0
            while at < len(content) and len(found) < width:
                (length,) = _LENGTH.unpack_from(content, at)
                at += _LENGTH.size + length
                found.append(content[at - length : at])
        except (OSError, EOFError, zlib.error, struct.error) as slip:
            raise Damaged(name) from slip
        if len(found) < width or at > len(content):
            raise Damaged(name)
        return found

    def grow(self, size: int, entries: Sequence[bytes]) -> None:
        """Put entries behind the first `size`, which stay as they are; one writer at a time, again after a crash."""
        end = size + len(entries)
        for number in range(size // WIDTH, (end + WIDTH - 1) // WIDTH):
            first, width = number * WIDTH, min(WIDTH, end - number * WIDTH)
            kept = max(0, size - first)
            bundle = [
                *(self.entries(number, kept) if kept else ()),
                *entries[max(0, first - size) : first + width - size],
            ]
            hashes = [*(self.hashes(0, number, kept) if kept else ()), *map(merkle.leaf_hash, bundle[kept:])]
            packed = b"".join(_LENGTH.pack(len(entry)) + entry for entry in bundle)
            self._write(name_of(_ENTRIES, number, width), gzip.compress(packed, mtime=0))
            self._write(name_of(0, number, width), b"".join(hashes))
        self._grow_above(size, end)

    def sweep(self, size: int) -> None:
        """Throw away what is no longer full enough for a tree of that size, and all that a wider one begins with."""
        level = 0
        while count := size >> level * _LEVELS:
            for kind in (level, _ENTRIES) if level == 0 else (level,):
                self._sweep(kind, count)
            level += 1

    def _grow_above(self, size: int, end: int) -> None:
        level = 1
        while count := end >> level * _LEVELS:
            begun = size >> level * _LEVELS
            for number in range(begun // WIDTH, (count + WIDTH - 1) // WIDTH):
                if count == begun:
                    break
                width = min(WIDTH, count - number * WIDTH)
                below = range(number * WIDTH, number * WIDTH + width)
                hashes = [merkle.subtree(self.hashes(level - 1, one, WIDTH)) for one in below]
                self._write(name_of(level, number, width), b"".join(hashes))
            level += 1

    def _sweep(self, kind: int | str, count: int) -> None:
        for number in {max(0, (count - 1) // WIDTH - 1), (count - 1) // WIDTH}:
            needed = min(WIDTH, count - number * WIDTH)
            for width in self._widths(kind, number):
                if width < needed:
                    self.storage.delete(name_of(kind, number, width))

    def _read(self, level: int | str, number: int, width: int) -> bytes:
        full = name_of(level, number)
        if known := self._full.get(full):
            return known
        wide_enough = (one for one in sorted(self._widths(level, number)) if one >= width)
        name = full if width == WIDTH or self.storage.exists(full) else name_of(level, number, next(wide_enough, width))
        try:
            with self.storage.open(name, "rb") as kept:
                content: bytes = kept.read()
        except FileNotFoundError as slip:
            raise Damaged(name) from slip
        if name == full:
            self._remember(full, content)
        return content

    def _widths(self, level: int | str, number: int) -> list[int]:
        try:
            return [int(one) for one in self.storage.listdir(f"{name_of(level, number)}.p")[1] if one.isdigit()]
        except FileNotFoundError:
            return []

    def _write(self, name: str, content: bytes) -> None:
        """What is written reaches further than any signed head: what has its name is what a crash left behind."""
        if self.storage.exists(name):
            self.storage.delete(name)
        self.storage.save(name, ContentFile(content))

    def _remember(self, name: str, content: bytes) -> None:
        if len(self._full) >= _KEPT:
            self._full.pop(next(iter(self._full)))
        self._full[name] = content
