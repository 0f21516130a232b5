"""Rows as COPY reads them in its binary format: the server then takes no line apart and reads no number, day or id.

Source: PostgreSQL's documentation of COPY, "Binary Format", and what each type sends there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from operator import add
from typing import Self
from uuid import UUID

from camaug.cases.volume.slots import Moment, split

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
ID = "c:id:"
_NULL = b"\xff\xff\xff\xff"
_DAY_ONE, _BEGIN = date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)
_LENGTHS = {"c:person": 36, "c:account": 36, "c:number": 12, "c:phone": 12, "c:born": 10, "c:born_vn": 10}
_LENGTH = "l:"
_AND = "\0"

type Piece = bytes | str
"""Octets, or the slot that stands there."""


class Kind(IntEnum):
    """PostgreSQL's numbers of the types that are not written as text."""

    BOOL = 16
    INT8 = 20
    INT2 = 21
    INT4 = 23
    DATE = 1082
    TIMESTAMPTZ = 1184
    UUID = 2950
    UUIDS = 2951
    XID8 = 5069


JSON, JSONB = 114, 3802
_AS_TEXT = {25, 1043, JSON, JSONB}


class Template:
    """Fixed pieces, one more than there are slots between them; `places` says which of the values goes into each."""

    def __init__(self, fixed: Sequence[bytes], places: Sequence[int]) -> None:
        self._places = places
        self._blank = [b""] * (2 * len(places) + 1)
        self._blank[::2] = fixed

    @classmethod
    def of(cls, pieces: Iterable[Piece], order: Mapping[str, int]) -> Self:
        """Of pieces as they come; `order` says which of the values goes into each slot."""
        fixed, places = [b""], []
        for piece in pieces:
            if isinstance(piece, bytes):
                fixed[-1] += piece
            else:
                places.append(order[piece])
                fixed.append(b"")
        return cls(fixed, places)

    def settled(self, values: Sequence[bytes]) -> Self:
        """Its first slots filled for good; those that follow are the first then."""
        first, *others = self._blank[::2]
        fixed, places, run = [], [], [first]
        for place, piece in zip(self._places, others, strict=True):
            if place < len(values):
                run += values[place], piece
            else:
                fixed.append(b"".join(run))
                places.append(place - len(values))
                run = [piece]
        return type(self)([*fixed, b"".join(run)], places)

    def filled(self, columns: Sequence[Sequence[bytes]], count: int) -> bytes:
        """So many copies of the rows, one after the other; of each slot there is the column of what each puts there."""
        pieces, width = self._blank * count, len(self._blank)
        for number, place in enumerate(self._places):
            pieces[2 * number + 1 :: width] = columns[place]
        return b"".join(pieces)


class Lengths:
    """The lengths of texts whose slots are not all equally long in every copy.

    Each slot of those stands in one of two rows of columns, by whose places they are known here: what a copy shares
    with others (`order` of it), and its own.
    """

    def __init__(self, slots: Sequence[str], order: Mapping[str, int], own: Mapping[str, int]) -> None:
        parts = [length_of(slot) for slot in slots]
        self._shared = [(base, [order[one] for one in names if one in order]) for base, names in parts]
        places = [tuple(own[one] for one in names if one not in order) for _base, names in parts]
        self._groups = list(dict.fromkeys(places))
        self._group_of = [self._groups.index(group) for group in places]

    def shared(self, values: Sequence[bytes]) -> tuple[int, ...]:
        """How long each text is without what is a copy's own."""
        return tuple(sum((len(values[one]) for one in places), base) for base, places in self._shared)

    def of(self, shared: Sequence[Sequence[int]], own: Sequence[Sequence[bytes]], count: int) -> list[list[bytes]]:
        """Of each text the column of its lengths, as they stand before it."""
        sums = [self._sum(group, own, count) for group in self._groups]
        return [
            [_FOUR[size] for size in map(add, sizes, sums[group])]
            for sizes, group in zip(shared, self._group_of, strict=True)
        ]

    @staticmethod
    def _sum(group: Sequence[int], own: Sequence[Sequence[bytes]], count: int) -> list[int]:
        found = [0] * count
        for place in group:
            found = list(map(add, found, map(len, own[place])))
        return found


class _Four(dict[int, bytes]):
    """Numbers in four octets, each made once."""

    def __missing__(self, number: int) -> bytes:
        self[number] = made = number.to_bytes(4)
        return made


_FOUR = _Four()


def packed_row(fields: Sequence[Iterable[Piece]]) -> list[Piece]:
    """A row of these fields."""
    return [len(fields).to_bytes(2), *(piece for field in fields for piece in field)]


def packed_field(kind: int, text: str | None) -> list[Piece]:
    """A column of that type, whose text may have marks. A slot of another kind than text is named `slot|kind`."""
    if text is None:
        return [_NULL]
    fixed, slots = split(text)
    if kind in _AS_TEXT:
        return _text(b"\1" if kind == JSONB else b"", [piece.encode() for piece in fixed], slots)
    if not slots:
        return [octets(kind, text)]
    if len(slots) > 1 or any(fixed):
        raise ValueError(text)
    return [f"{slots[0]}|{kind:d}"]


def octets(kind: int, text: str) -> bytes:
    """What stands in a field of that kind, its length before it, from its text."""
    raw = _RAW[kind](text)
    return len(raw).to_bytes(4) + raw


def kind_of(slot: str) -> tuple[str, int]:
    """The slot as it is known by, and the kind in which it is written; 0 is text."""
    name, _bar, kind = slot.partition("|")
    return name, int(kind or 0)


def is_length(slot: str) -> bool:
    """Whether the length of a text stands there."""
    return slot.startswith(_LENGTH)


def length_of(slot: str) -> tuple[int, list[str]]:
    """How long the text is without the slots whose length differs, and those."""
    base, *slots = slot.removeprefix(_LENGTH).split(_AND)
    return int(base), slots


def _text(first: bytes, fixed: Sequence[bytes], slots: Sequence[str]) -> list[Piece]:
    known = [_length_of(slot) for slot in slots]
    base = len(first) + sum(map(len, fixed)) + sum(filter(None, known))
    moving = sorted(slot for slot, length in zip(slots, known, strict=True) if length is None)
    size: Piece = _AND.join([f"{_LENGTH}{base}", *moving]) if moving else base.to_bytes(4)
    found: list[Piece] = [size, first + fixed[0]]
    for slot, piece in zip(slots, fixed[1:], strict=True):
        found += [slot, piece]
    return found


def _length_of(slot: str) -> int | None:
    """How long its text is in every copy; None where that differs."""
    if slot.startswith("t:"):
        return len(Moment.of(slot).text(timedelta()))
    return 36 if slot.startswith(ID) else _LENGTHS.get(slot)


def _uuids(text: str) -> bytes:
    """An array of one dimension that begins at 1, without NULL."""
    found = [UUID(one).bytes for one in text.strip("{}").split(",") if one]
    head = (1, 0, Kind.UUID, len(found), 1) if found else (0, 0, Kind.UUID)
    return b"".join([*(number.to_bytes(4) for number in head), *(len(one).to_bytes(4) + one for one in found)])


def _integer(size: int) -> Callable[[str], bytes]:
    return lambda text: int(text).to_bytes(size, signed=True)


_RAW: dict[int, Callable[[str], bytes]] = {
    Kind.BOOL: lambda text: b"\1" if text == "t" else b"\0",
    Kind.INT2: _integer(2),
    Kind.INT4: _integer(4),
    Kind.INT8: _integer(8),
    Kind.XID8: _integer(8),
    Kind.DATE: lambda text: (date.fromisoformat(text) - _DAY_ONE).days.to_bytes(4, signed=True),
    Kind.TIMESTAMPTZ: lambda text: ((datetime.fromisoformat(text) - _BEGIN) // timedelta(microseconds=1)).to_bytes(
        8, signed=True
    ),
    Kind.UUID: lambda text: bytes.fromhex(text.replace("-", "")),
    Kind.UUIDS: _uuids,
}
