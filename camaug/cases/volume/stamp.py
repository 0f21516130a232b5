"""Writes copies as octets for COPY; knows neither Django nor the database, so that a process of its own can do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from camaug.cases.volume.crowd import Crowd, Member, hash_of, mixed
from camaug.cases.volume.packing import Length, Template, octets
from camaug.cases.volume.slots import Moment
from camaug.kernel.clock import LOCAL

_SIXTEEN = (16).to_bytes(4)  # the length of an id


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

    The slots are those of instants (`moments`), of the place (`hosted`), of ids as text (`ids`, by their number) and as
    they are (`bare`), and what else is the copy's `own`, as text or as `octets` of a kind; at last the `lengths` of
    texts that hold such. `cells`: by which moment the copy counts in which column of the tallies.
    """

    begins: datetime
    sex: str
    tables: tuple[tuple[str, Template], ...]
    moments: tuple[tuple[Moment, int], ...]
    hosted: tuple[str, ...]
    ids: tuple[int, ...]
    bare: tuple[bytes, ...]
    own: tuple[str, ...]
    octets: tuple[tuple[str, int], ...]
    lengths: tuple[Length, ...]
    numbers: tuple[Number, ...]
    others: tuple[tuple[str, str], ...]
    cells: tuple[tuple[Moment, str], ...]
    counted: tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Venue:
    """An agency at which a form is copied: its code, the form's agencies there, and what fills the `hosted` slots."""

    code: str
    units: tuple[UUID, ...]
    texts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a form has in common in all copies of one week: the texts of its moments, and when numbers are given."""

    texts: tuple[bytes, ...]
    day: date
    written: str
    head: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """What stands in the tables of a citizen's own: a template for each, and what fills its slots."""

    tables: tuple[tuple[str, Template], ...]
    slots: tuple[tuple[str, int], ...]
    lengths: tuple[Length, ...]

    def add(self, member: Member, buffers: dict[str, list[bytes]]) -> None:
        """The rows of one member of the crowd."""
        event = f"{member.account_id[:14]}7%03x{member.account_id[18:]}"
        told = {
            "c:person": member.person_id,
            "c:account": member.account_id,
            "c:number": member.number,
            "c:phone": member.phone,
            "c:name": member.name.plain,
            "c:folded": member.name.folded,
            "c:accented": member.name.accented,
            "c:sorted": member.name.sorted,
            "c:sex": member.sex,
            "c:born": member.born,
        }
        texts = [(told.get(slot) or event % (0x800 + int(slot[5:])), kind) for slot, kind in self.slots]
        values = [octets(kind, text) if kind else text.encode() for text, kind in texts]
        values += [length.of(values) for length in self.lengths]
        for table, template in self.tables:
            template.add(values, buffers.setdefault(table, []))


class Stamp:
    """Writes copies into `buffers`, which whoever takes them empties."""

    def __init__(self, crowd: Crowd, forms: Sequence[Form]) -> None:
        self._crowd, self._forms = crowd, forms
        self._moved: dict[tuple[int, int], Moved] = {}
        self.buffers: dict[str, list[bytes]] = {table: [] for form in forms for table, _template in form.tables}

    def moved(self, form: int, weeks: int) -> Moved:
        """The form that many weeks later."""
        found = self._moved.get((form, weeks))
        if found is None:
            found = self._moved[form, weeks] = _moved(self._forms[form], timedelta(weeks=weeks))
        return found

    def copy(
        self, form: int, weeks: int, venue: Venue, *, serial: int, numbers: Sequence[int], who: Member, drawn: int
    ) -> None:
        """Add one copy of the form, that many weeks later, with the numbers given."""
        made, moved = self._forms[form], self.moved(form, weeks)
        rest = f"{mixed(drawn):016x}"
        head, tail = f"{moved.head[:8]}-{moved.head[8:]}-7".encode(), f"-8{rest[:3]}-{rest[3:15]}".encode()
        ids = [b"%b%03x%b" % (head, number, tail) for number in made.ids]
        first, last = _SIXTEEN + bytes.fromhex(moved.head), bytes.fromhex(f"8{rest[:15]}")
        bare = [first + number + last for number in made.bare]
        told = self._told(made, moved, venue.code, f"{moved.written}-{serial:04d}", numbers, who, drawn)
        own = "\0".join([told[slot] for slot in made.own]).encode().split(b"\0")
        values = [*moved.texts, *venue.texts, *ids, *bare, *own]
        values += [octets(kind, told[slot]) for slot, kind in made.octets]
        values += [length.of(values) for length in made.lengths]
        for table, template in made.tables:
            template.add(values, self.buffers[table])

    def _told(
        self, made: Form, moved: Moved, agency: str, ordinal: str, numbers: Sequence[int], who: Member, drawn: int
    ) -> dict[str, str]:
        code = f"{agency}-{ordinal}"
        told = {
            "c:code": code,
            "c:code_lower": code.lower(),
            "c:ordinal": ordinal,
            "c:number": who.number,
            "c:phone": who.phone,
            "c:person": who.person_id,
            "c:account": who.account_id,
            "c:born": who.born,
            "c:born_vn": f"{who.born[8:]}/{who.born[5:7]}/{who.born[:4]}",
        }
        _spell(told, "c:name", who.name.plain, who.name.folded, who.name.accented)
        for number, (family, sex) in enumerate(made.others):
            name = self._crowd.named(mixed(drawn + number + 1), sex, surname=mixed(drawn + hash_of(family)))
            _spell(told, f"c:o{number}", name.plain, name.folded, name.accented)
        for number, (given, one, year) in enumerate(zip(made.numbers, numbers, moved.years, strict=True)):
            told[f"c:n{number}:int"] = str(one)
            told[f"c:n{number}:text"] = given.pattern.format(number=one, year=year)
        return told


def _moved(made: Form, shift: timedelta) -> Moved:
    begins = made.begins + shift
    day = begins.astimezone(LOCAL).date()
    return Moved(
        texts=tuple(_moved_text(moment.text(shift), kind) for moment, kind in made.moments),
        day=day,
        written=f"{day:%y%m%d}",
        head=f"{int(begins.timestamp() * 1000):012x}",
        years=tuple((given.at + shift).astimezone(LOCAL).year for given in made.numbers),
    )


def _moved_text(text: str, kind: int) -> bytes:
    return octets(kind, text) if kind else text.encode()


def _spell(told: dict[str, str], slot: str, plain: str, folded: str, accents: str) -> None:
    told[f"{slot}:plain"], told[f"{slot}:upper"] = plain, plain.upper()
    told[f"{slot}:folded"], told[f"{slot}:accented"] = folded, accents
