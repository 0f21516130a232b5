"""Writes copies as octets for COPY; knows neither Django nor the database, so that a process of its own can do it.

All copies of one form and one week are written at once, column by column: what they have in common is settled for all,
and little is done for each.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from camaug.cases.volume.crowd import Crowd, Member, Spelled, hash_of, mixed
from camaug.cases.volume.packing import Kind, Lengths, Template, octets
from camaug.cases.volume.slots import Moment
from camaug.kernel.clock import LOCAL

WEEK, COPY = ("i:week:text", "i:week:bare"), ("i:copy:text", "i:copy:bare")
"""The slots of what ids begin with, as text and as octets: first what those of a week share, then those of a copy."""
_SIXTEEN = (16).to_bytes(4)  # the length of an id

type Column = Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a book gives: which book, of which of the pattern's agencies, when, and how it is written."""

    book: str
    unit: int
    at: datetime
    pattern: str


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern ready to be copied: a template for each of its tables, and what fills the slots, in their order.

    The slots are those of what ids begin with in a week, of instants (`moments`), of what ids begin with in a copy, of
    the place (`hosted`), and what else is the copy's `own`, as text or as `octets` of a kind; at last the `lengths` of
    texts that hold such. `cells`: by which moment the copy counts in which column of the tallies.
    """

    begins: datetime
    sex: str
    tables: tuple[tuple[str, Template], ...]
    moments: tuple[tuple[Moment, int], ...]
    hosted: tuple[str, ...]
    own: tuple[str, ...]
    octets: tuple[tuple[str, int], ...]
    lengths: Lengths
    numbers: tuple[Number, ...]
    others: tuple[tuple[str, str], ...]
    cells: tuple[tuple[Moment, str], ...]
    counted: tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Venue:
    """An agency at which a form is copied: its code, the form's agencies there, and what fills the `hosted` slots.

    `sizes`: how long the texts are that hold such and something of the copy's own as well, without the latter.
    """

    code: str
    units: tuple[UUID, ...]
    texts: tuple[bytes, ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a form has in common in all copies of one week: its `tables`, in which its moments and the beginnings of the
    week's ids stand already, and when numbers are given.
    """

    tables: tuple[tuple[str, Template], ...]
    day: date
    written: str
    years: tuple[int, ...]


class Own(NamedTuple):
    """What is one copy's own: where, which of the load, how its agency's day and its books number it, whose, a draw."""

    venue: Venue
    number: int
    serial: int
    numbers: Sequence[int]
    who: Member
    drawn: int


@dataclass(frozen=True, slots=True)
class People:
    """What stands in the tables of a citizen's own: a template for each, and what fills its slots."""

    tables: tuple[tuple[str, Template], ...]
    slots: tuple[tuple[str, int], ...]
    lengths: Lengths

    def add(self, members: Sequence[Member], buffers: dict[str, list[bytes]]) -> None:
        """The rows of members of the crowd."""
        told = _of_members(members, [slot for slot, _kind in self.slots])
        events = [f"{one.account_id[:14]}7%03x{one.account_id[18:]}" for one in members]
        for slot, _kind in self.slots:
            if slot not in told:
                told[slot] = [event % (0x800 + int(slot[5:])) for event in events]
        columns = [_packed(told[slot], kind) for slot, kind in self.slots]
        columns += self.lengths.of([[size] * len(members) for size in self.lengths.shared(())], columns, len(members))
        for table, template in self.tables:
            buffers.setdefault(table, []).append(template.filled(columns, len(members)))


class Stamp:
    """Writes copies into `buffers`, which whoever takes them empties."""

    def __init__(self, crowd: Crowd, forms: Sequence[Form]) -> None:
        self._crowd, self._forms = crowd, forms
        self.buffers: dict[str, list[bytes]] = {table: [] for form in forms for table, _template in form.tables}

    def moved(self, form: int, weeks: int) -> Moved:
        """The form that many weeks later."""
        made, shift = self._forms[form], timedelta(weeks=weeks)
        begins = made.begins + shift
        day = begins.astimezone(LOCAL).date()
        head = f"{int(begins.timestamp() * 1000):012x}"
        settled = [f"{head[:8]}-{head[8:]}-7".encode(), _SIXTEEN + bytes.fromhex(head)]
        for moment, kind in made.moments:
            text = moment.text(shift)
            settled.append(octets(kind, text) if kind else text.encode())
        return Moved(
            tables=tuple((table, template.settled(settled)) for table, template in made.tables),
            day=day,
            written=f"{day:%y%m%d}",
            years=tuple((given.at + shift).astimezone(LOCAL).year for given in made.numbers),
        )

    def add(self, form: int, moved: Moved, copies: Sequence[Own]) -> None:
        """Add copies of the form as it is moved.

        Their ids are UUIDv7 that grow with a copy's number, and within it with theirs: so they come in the order in
        which they lie, as ids do that are made when they are needed, and whoever makes an index of them has nothing to
        sort.
        """
        made = self._forms[form]
        told = self._told(made, moved, copies)
        own = [_packed(told[slot], 0) for slot in made.own]
        columns: list[Column] = [*_begun(copies), *zip(*(one.venue.texts for one in copies), strict=True), *own]
        columns += [_packed(told[slot], kind) for slot, kind in made.octets]
        columns += made.lengths.of(list(zip(*(one.venue.sizes for one in copies), strict=True)), own, len(copies))
        for table, template in moved.tables:
            self.buffers[table].append(template.filled(columns, len(copies)))

    def _told(self, made: Form, moved: Moved, copies: Sequence[Own]) -> dict[str, list[str]]:
        """What is told of the copies by the slot in which it stands."""
        told = _of_members([one.who for one in copies], [*made.own, *(slot for slot, _kind in made.octets)])
        told["c:ordinal"] = [f"{moved.written}-{one.serial:04d}" for one in copies]
        told["c:code"] = [f"{one.venue.code}-{last}" for one, last in zip(copies, told["c:ordinal"], strict=True)]
        told["c:code_lower"] = [code.lower() for code in told["c:code"]]
        for number, (family, sex) in enumerate(made.others):
            told |= _spellings(f"c:o{number}", list(self._others(copies, number, hash_of(family), sex)))
        for number, given in enumerate(made.numbers):
            numbers, year = [one.numbers[number] for one in copies], moved.years[number]
            told[f"c:n{number}:int"] = [str(one) for one in numbers]
            told[f"c:n{number}:text"] = [given.pattern.format(number=one, year=year) for one in numbers]
        return told

    def _others(self, copies: Sequence[Own], number: int, family: int, sex: str) -> Iterator[Spelled]:
        """Who else is named in each copy; families stay families."""
        for one in copies:
            yield self._crowd.named(mixed(one.drawn + number + 1), sex, surname=mixed(one.drawn + family))


_TOLD: dict[str, Callable[[Member], str]] = {
    "c:number": attrgetter("number"),
    "c:phone": attrgetter("phone"),
    "c:person": attrgetter("person_id"),
    "c:account": attrgetter("account_id"),
    "c:sex": attrgetter("sex"),
    "c:born": attrgetter("born"),
    "c:born_vn": lambda who: f"{who.born[8:]}/{who.born[5:7]}/{who.born[:4]}",
    "c:name:sorted": lambda who: who.name.sorting,
}


def _of_members(members: Sequence[Member], slots: Sequence[str]) -> dict[str, list[str]]:
    """What these slots tell of each member."""
    told = {slot: list(map(_TOLD[slot], members)) for slot in slots if slot in _TOLD}
    return told | _spellings("c:name", [one.name for one in members])


def _spellings(slot: str, names: Sequence[Spelled]) -> dict[str, list[str]]:
    return {
        f"{slot}:plain": [one.plain for one in names],
        f"{slot}:upper": [one.plain.upper() for one in names],
        f"{slot}:folded": [one.folded for one in names],
        f"{slot}:accented": [one.accented for one in names],
    }


def _begun(copies: Sequence[Own]) -> tuple[Column, Column]:
    """What the ids of each copy begin with after what those of the week share: as text and as octets."""
    marks = [(one.number >> 12 & 0xFFF, one.number & 0xFFF, one.drawn >> 32) for one in copies]
    texts = [b"%03x-8%03x-%08x" % mark for mark in marks]
    return texts, [(high << 48 | low << 32 | 0x7000_8000_0000_0000 | end).to_bytes(8) for high, low, end in marks]


def _packed(column: Sequence[str], kind: int) -> Column:
    if kind == Kind.UUID:
        bare = bytes.fromhex("".join(column).replace("-", ""))
        return [_SIXTEEN + bare[place : place + 16] for place in range(0, len(bare), 16)]
    if kind:
        return [octets(kind, text) for text in column]
    return "\0".join(column).encode().split(b"\0")
