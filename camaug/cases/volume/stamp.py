"""Writes copies as octets for COPY; knows neither Django nor the database, so that a process of its own can do it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from camaug.cases.volume.crowd import Crowd, Member, hash_of, mixed
from camaug.cases.volume.packing import Lengths, Template, octets
from camaug.cases.volume.slots import Moment
from camaug.kernel.clock import LOCAL

_SIXTEEN = (16).to_bytes(4)  # the length of an id
_KEPT = 200  # forms of a week at a time


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

    The slots are those of instants (`moments`), of the place (`hosted`), of ids as text (`ids`) and as they are
    (`bare`), by their number, and what else is the copy's `own`, as text or as `octets` of a kind; at last the
    `lengths` of texts that hold such. `cells`: by which moment the copy counts in which column of the tallies.
    """

    begins: datetime
    sex: str
    tables: tuple[tuple[str, Template], ...]
    moments: tuple[tuple[Moment, int], ...]
    hosted: tuple[str, ...]
    ids: tuple[bytes, ...]
    bare: tuple[bytes, ...]
    own: Callable[[dict[str, str]], Sequence[str]]
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
    """What a form has in common in all copies of one week: its moments stand in the `tables` already.

    How ids begin, as text (`head`) and as octets (`first`); and when numbers are given.
    """

    tables: tuple[tuple[str, Template], ...]
    head: str
    first: bytes
    day: date
    written: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """What stands in the tables of a citizen's own: a template for each, and what fills its slots."""

    tables: tuple[tuple[str, Template], ...]
    slots: tuple[tuple[str, int], ...]
    lengths: Lengths

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
            "c:sorted": member.name.sorting,
            "c:sex": member.sex,
            "c:born": member.born,
        }
        texts = [(told.get(slot) or event % (0x800 + int(slot[5:])), kind) for slot, kind in self.slots]
        values = [octets(kind, text) if kind else text.encode() for text, kind in texts]
        values += self.lengths.of(self.lengths.shared(()), values)
        for table, template in self.tables:
            template.add(values, buffers.setdefault(table, []))


class Stamp:
    """Writes copies into `buffers`, which whoever takes them empties; quickest if those of one week come together."""

    def __init__(self, crowd: Crowd, forms: Sequence[Form]) -> None:
        self._crowd, self._forms = crowd, forms
        self._moved: dict[tuple[int, int], Moved] = {}
        self.buffers: dict[str, list[bytes]] = {table: [] for form in forms for table, _template in form.tables}

    def moved(self, form: int, weeks: int) -> Moved:
        """The form that many weeks later."""
        found = self._moved.get((form, weeks))
        if found is None:
            if len(self._moved) == _KEPT:
                self._moved.pop(next(iter(self._moved)))
            found = self._moved[form, weeks] = _moved(self._forms[form], timedelta(weeks=weeks))
        return found

    def copy(
        self,
        form: int,
        moved: Moved,
        venue: Venue,
        number: int,
        *,
        serial: int,
        numbers: Sequence[int],
        who: Member,
        drawn: int,
    ) -> None:
        """Add the copy of that number, of the form as it is moved, with the numbers given.

        Its ids are UUIDv7 that grow with its number, and within it with theirs: so they come in the order in which they
        lie, as ids do that are made when they are needed, and whoever makes an index of them has nothing to sort.
        """
        made = self._forms[form]
        place, end = number & 0xFFFFFF, mixed(drawn) & 0xFFFFFFFF
        text, tail = f"{moved.head}{place >> 12:03x}-8{place & 0xFFF:03x}-".encode(), f"{end:08x}".encode()
        first, last = moved.first + (0x70008000 | place >> 12 << 16 | place & 0xFFF).to_bytes(4), end.to_bytes(4)
        told = self._told(made, moved, venue.code, f"{moved.written}-{serial:04d}", numbers, who, drawn)
        own = "\0".join(made.own(told)).encode().split(b"\0")
        values = [*venue.texts, *[text + one + tail for one in made.ids], *[first + one + last for one in made.bare]]
        values += own
        values += [octets(kind, told[slot]) for slot, kind in made.octets]
        values += made.lengths.of(venue.sizes, own)
        buffers = self.buffers
        for table, template in moved.tables:
            template.add(values, buffers[table])

    def _told(
        self, made: Form, moved: Moved, agency: str, ordinal: str, numbers: Sequence[int], who: Member, drawn: int
    ) -> dict[str, str]:
        code, name, born = f"{agency}-{ordinal}", who.name, who.born
        told = {
            "c:code": code,
            "c:code_lower": code.lower(),
            "c:ordinal": ordinal,
            "c:number": who.number,
            "c:phone": who.phone,
            "c:person": who.person_id,
            "c:account": who.account_id,
            "c:born": born,
            "c:born_vn": f"{born[8:]}/{born[5:7]}/{born[:4]}",
            "c:name:plain": name.plain,
            "c:name:upper": name.plain.upper(),
            "c:name:folded": name.folded,
            "c:name:accented": name.accented,
        }
        for number, (family, sex) in enumerate(made.others):
            other = self._crowd.named(mixed(drawn + number + 1), sex, surname=mixed(drawn + hash_of(family)))
            told[f"c:o{number}:plain"], told[f"c:o{number}:upper"] = other.plain, other.plain.upper()
            told[f"c:o{number}:folded"], told[f"c:o{number}:accented"] = other.folded, other.accented
        for number, given in enumerate(made.numbers):
            told[f"c:n{number}:int"] = str(numbers[number])
            told[f"c:n{number}:text"] = given.pattern.format(number=numbers[number], year=moved.years[number])
        return told


def _moved(made: Form, shift: timedelta) -> Moved:
    begins = made.begins + shift
    day = begins.astimezone(LOCAL).date()
    head = f"{int(begins.timestamp() * 1000):012x}"
    texts = [_moved_text(moment.text(shift), kind) for moment, kind in made.moments]
    return Moved(
        tables=tuple((table, template.settled(texts)) for table, template in made.tables),
        head=f"{head[:8]}-{head[8:]}-7",
        first=_SIXTEEN + bytes.fromhex(head),
        day=day,
        written=f"{day:%y%m%d}",
        years=tuple((given.at + shift).astimezone(LOCAL).year for given in made.numbers),
    )


def _moved_text(text: str, kind: int) -> bytes:
    return octets(kind, text) if kind else text.encode()
