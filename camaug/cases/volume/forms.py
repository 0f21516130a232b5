"""Makes forms of patterns: everything that is a case's own replaced by slots."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self
from uuid import UUID

from camaug.cases.actions.confirm_payment import RECEIPTS
from camaug.cases.models import Outcome
from camaug.cases.queries.counting import EARLY, LATE, ON_TIME, RECEIVED_DIRECT, RECEIVED_ONLINE, REFUSED, UNDATED
from camaug.cases.volume.crowd import Crowd
from camaug.cases.volume.packing import (
    ID,
    JSON,
    JSONB,
    Lengths,
    Piece,
    Template,
    is_length,
    kind_of,
    length_of,
    octets,
    packed_field,
    packed_row,
)
from camaug.cases.volume.patterns import Pattern, Rows
from camaug.cases.volume.plan import BEFORE_ALL
from camaug.cases.volume.seats import Cast, Host, Staff, mark_place
from camaug.cases.volume.slots import Moment, Slots, mark, split
from camaug.cases.volume.stamp import COPY, WEEK, Form, Number, People, Venue
from camaug.catalogue.definition.eform import FieldType
from camaug.kernel.text import accented, fold, name_sort_key

FROZEN = "2"  # PostgreSQL's own mark of what is older than every transaction: readers of events pass it by
SHARED = "kernel_blob"


class Forms:
    """Makes them; one for all patterns."""

    def __init__(self, staff: Staff, crowd: Crowd) -> None:
        self.staff, self.crowd = staff, crowd

    def of(self, pattern: Pattern, cast: Cast) -> Form:
        """The pattern with slots."""
        slots = Slots(begins=pattern.begins)
        mark_place(slots, cast, self.staff)
        _ids(slots, pattern)
        _person(slots, pattern)
        others = self._others(slots, pattern)
        numbers = _numbers(slots, pattern, cast)
        counted = next(pattern.of("cases_counted"))
        tables = [
            (rows.table, list(_begun(_packed(rows, slots, pattern)))) for rows in pattern.rows if rows.table != SHARED
        ]
        found = _Found.of(tables)
        return Form(
            begins=pattern.begins,
            sex=pattern.citizen.sex,
            tables=found.templates(tables),
            moments=tuple((Moment.of(slot), kind) for slot, kind in map(kind_of, found.moments)),
            hosted=found.hosted,
            own=found.own,
            octets=tuple(map(kind_of, found.octets)),
            lengths=found.sizes(),
            numbers=numbers,
            others=others,
            cells=tuple((Moment.of(slot), column) for slot, column in _cells(pattern)),
            counted=(cast.units.index(counted["agency_id"]), counted["procedure"], counted["field"]),
        )

    def _others(self, slots: Slots, pattern: Pattern) -> tuple[tuple[str, str], ...]:
        (case,) = pattern.of("cases_case")
        named = dict.fromkeys(name for name in _names(pattern, case["answers"]) if name != pattern.citizen.name)
        for number, name in enumerate(named):
            slots.words |= _spellings(name, f"c:o{number}")
        return tuple((name.split(" ")[0], self.crowd.sex_of(name)) for name in named)


def venue_of(form: Form, here: Host) -> Venue:
    """What of a host the form's copies need."""
    texts = tuple(_hosted(slot, here) for slot in form.hosted)
    return Venue(here.code, here.units, texts, form.lengths.shared(texts))


def people_of(pattern: Pattern) -> People:
    """What writes the citizen's own rows for members of the crowd."""
    who = pattern.citizen
    slots = Slots(begins=pattern.begins)
    events = [row["id"] for rows in pattern.people for row in _dicts(rows) if rows.table == "kernel_eventrecord"]
    slots.ids = {one: f"{ID}{number}" for number, one in enumerate(sorted(events))}
    slots.ids |= {who.person_id: "c:person"} | ({who.actor.account_id: "c:account"} if who.actor.account_id else {})
    slots.words = {who.number: "c:number", who.phone: "c:phone"}
    slots.keyed = {
        ("full_name", who.name): "c:name:plain",
        ("folded", fold(who.name)): "c:name:folded",
        ("accented", accented(who.name)): "c:name:accented",
        ("sort_key", name_sort_key(who.name)): "c:name:sorted",
        ("sex", who.sex): "c:sex",
        ("birth_date", who.birth_date.isoformat()): "c:born",
    }
    tables = [(rows.table, _packed(rows, slots, pattern, _before_all)) for rows in pattern.people]
    every = dict.fromkeys(piece for _table, pieces in tables for piece in pieces if isinstance(piece, str))
    texts = [slot for slot in every if not is_length(slot)]
    lengths = [slot for slot in every if is_length(slot)]
    order = {slot: place for place, slot in enumerate([*texts, *lengths])}
    return People(
        tuple((table, Template.of(pieces, order)) for table, pieces in tables),
        tuple(map(kind_of, texts)),
        Lengths(lengths, {}, order),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The slots of a form by what fills them, and the `order` in which they are filled."""

    moments: tuple[str, ...]
    hosted: tuple[str, ...]
    own: tuple[str, ...]
    octets: tuple[str, ...]
    lengths: tuple[str, ...]
    order: dict[str, int]

    @classmethod
    def of(cls, tables: Sequence[tuple[str, list[Piece]]]) -> Self:
        """Of these pieces."""
        every = dict.fromkeys(piece for _table, pieces in tables for piece in pieces if isinstance(piece, str))
        kinds: dict[str, list[str]] = {name: [] for name in ("moments", "hosted", "own", "octets", "lengths")}
        for slot in every:
            if slot not in (*WEEK, *COPY):
                kinds[_filled_by(slot)].append(slot)
        moments, *others = kinds.values()
        filled = [*WEEK, *moments, *COPY, *chain.from_iterable(others)]
        return cls(**{name: tuple(slots) for name, slots in kinds.items()}, order=_places(filled))

    def sizes(self) -> Lengths:
        """Of the texts in which something of a copy's own stands."""
        return Lengths(self.lengths, _places(self.hosted), _places(self.own))

    def templates(self, tables: Sequence[tuple[str, list[Piece]]]) -> tuple[tuple[str, Template], ...]:
        """Of the tables that have rows."""
        return tuple((table, Template.of(pieces, self.order)) for table, pieces in tables if pieces)


def _places(slots: Sequence[str]) -> dict[str, int]:
    return {slot: place for place, slot in enumerate(slots)}


def _filled_by(slot: str) -> str:
    name, kind = kind_of(slot)
    if is_length(slot):
        return "hosted" if all(one.startswith("p:") for one in length_of(slot)[1]) else "lengths"
    if name.startswith(("t:", "p:")):
        return "moments" if name.startswith("t:") else "hosted"
    return "octets" if kind else "own"


def _begun(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Ids as what those of a week and of a copy begin with, and their number among those of the pattern."""
    for piece in pieces:
        if isinstance(piece, str) and piece.startswith(ID):
            name, kind = kind_of(piece)
            number, is_bare = int(name.removeprefix(ID)), kind != 0
            yield from (WEEK[is_bare], COPY[is_bare], number.to_bytes(2) if is_bare else b"%04x" % number)
        else:
            yield piece


def _before_all(text: str) -> str:
    """Citizens came before all cases, all at once."""
    pieces, slots = split(text)
    told = [Moment.of(slot).text(BEFORE_ALL) if slot.startswith("t:") else mark(slot) for slot in slots]
    return "".join(piece for pair in zip(pieces, [*told, ""], strict=True) for piece in pair)


def _ids(slots: Slots, pattern: Pattern) -> None:
    rows = [row for rows in pattern.rows for row in pattern.of(rows.table)]
    own = [row[key] for row in rows for key in ("id", "request_key") if isinstance(row.get(key), UUID)]
    for number, one in enumerate(sorted(own)):
        slots.ids[one] = f"{ID}{number}"


def _person(slots: Slots, pattern: Pattern) -> None:
    who, (case,) = pattern.citizen, pattern.of("cases_case")
    slots.ids[who.person_id] = "c:person"
    if who.actor.account_id:
        slots.ids[who.actor.account_id] = "c:account"
    code = str(case["code"])
    day, serial = code.split("-")[-2:]
    slots.words |= {code: "c:code", code.lower(): "c:code_lower", f"{day}-{serial}": "c:ordinal"}
    slots.words |= _spellings(who.name, "c:name") | {who.number: "c:number", who.phone: "c:phone"}
    slots.words[f"{who.birth_date:%d/%m/%Y}"] = "c:born_vn"
    slots.whole[who.birth_date.isoformat()] = "c:born"


def _numbers(slots: Slots, pattern: Pattern, cast: Cast) -> tuple[Number, ...]:
    found: list[Number] = []
    (case,) = pattern.of("cases_case")
    for row in pattern.of("cases_result"):
        given = pattern.made.results[0].number_pattern
        text = given if case["outcome"] == Outcome.GRANTED else "{number:02d}/TB"
        for key in ("number", "number_text"):
            slots.keyed[key, row["number_text"]] = f"c:n{len(found)}:text"
        slots.keyed["number", str(row["number"])] = f"c:n{len(found)}:int"
        found.append(Number(row["book"], cast.units.index(row["agency_id"]), row["published_at"], text))
    for row in pattern.of("cases_payment"):
        if row["receipt_number"]:
            slots.whole[row["receipt_number"]] = f"c:n{len(found)}:text"
            unit = cast.units.index(pattern.receiving)
            found.append(Number(RECEIPTS, unit, row["paid_at"], "{number:05d}/{year}"))
    return tuple(found)


def _packed(rows: Rows, slots: Slots, pattern: Pattern, settled: Callable[[str], str] = str) -> list[Piece]:
    found: list[Piece] = []
    for values in _dicts(rows):
        texts = [_cell(rows, name, kind, values, slots, pattern) for name, kind in _columns(rows)]
        settling = (text if text is None else settled(text) for text in texts)
        found += packed_row(
            [packed_field(kind, text) for (_name, kind), text in zip(_columns(rows), settling, strict=True)]
        )
    return found


def _columns(rows: Rows) -> list[tuple[str, int]]:
    return list(zip(rows.columns, rows.kinds, strict=True))


def _cell(rows: Rows, name: str, kind: int, row: dict[str, Any], slots: Slots, pattern: Pattern) -> str | None:
    value = row[name]
    if rows.table == "kernel_eventrecord" and name == "transaction":
        return FROZEN
    if name == "recorded_at":
        return mark(f"t:at:{row['at'].isoformat()}")
    if name == "year" and value is not None:
        return mark(f"t:year:{row['published_at'].isoformat()}")
    if rows.table == "cases_counted" and name == "entries":
        return "[" + ",".join(f'["{mark(at)}","{column}"]' for at, column in _cells(pattern)) + "]"
    return slots.column(name, value, is_json=kind in (JSON, JSONB))


def _cells(pattern: Pattern) -> tuple[tuple[str, str], ...]:
    """By which instant each entry of the tallies counts: reception's, the end's, the rating's."""
    (case,) = pattern.of("cases_case")
    rated = next((row["rated_at"] for row in pattern.of("cases_rating")), None)
    by_column: dict[str, Any] = {
        **dict.fromkeys((RECEIVED_DIRECT, RECEIVED_ONLINE), case["received_at"]),
        **dict.fromkeys((EARLY, ON_TIME, LATE, UNDATED, REFUSED), case["finished_at"]),
    }
    entries: Iterable[tuple[str, str]] = next((row["entries"] for row in pattern.of("cases_counted")), [])
    by_column |= {column: by_column.get(column) or rated for _month, column in entries}
    return tuple((f"t:month:{by_column[column].isoformat()}", column) for _month, column in entries)


def _hosted(slot: str, here: Host) -> bytes:
    if is_length(slot):
        base, slots = length_of(slot)
        return sum((len(_hosted(one, here)) for one in slots), base).to_bytes(4)
    name, kind = kind_of(slot)
    text = _units(name, here) if name.startswith("p:units:") else here.values[name]
    return octets(kind, text) if kind else text.encode()


def _units(slot: str, here: Host) -> str:
    numbers = slot.removeprefix("p:units:").split(",")
    return "{" + ",".join(sorted(str(here.units[int(number)]) for number in numbers)) + "}"


def _spellings(name: str, slot: str) -> dict[str, str]:
    return {
        name: f"{slot}:plain",
        name.upper(): f"{slot}:upper",
        fold(name): f"{slot}:folded",
        accented(name): f"{slot}:accented",
    }


def _names(pattern: Pattern, answers: dict[str, Any]) -> Iterable[str]:
    for page in pattern.made.form.pages():
        for field in page.fields:
            value = answers.get(field.id)
            if field.type == FieldType.NAME and isinstance(value, str) and " " in value:
                yield value
            elif field.type == FieldType.PERSON and isinstance(value, dict) and " " in str(value.get("full_name")):
                yield str(value["full_name"])


def _dicts(rows: Rows) -> Iterator[dict[str, Any]]:
    return (dict(zip(rows.columns, row, strict=True)) for row in rows.values)
