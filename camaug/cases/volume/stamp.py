"""Copies of a pattern as lines for COPY."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from camaug.cases.actions.confirm_payment import RECEIPTS
from camaug.cases.models import Outcome
from camaug.cases.queries.counting import EARLY, LATE, ON_TIME, RECEIVED_DIRECT, RECEIVED_ONLINE, REFUSED, UNDATED, Key
from camaug.cases.volume.crowd import Crowd, Member, mixed
from camaug.cases.volume.patterns import Pattern, Rows
from camaug.cases.volume.plan import hash_of
from camaug.cases.volume.seats import Cast, Host, Staff, mark_place
from camaug.cases.volume.slots import NULL, Slots, instant, mark, split
from camaug.catalogue.definition.eform import FieldType
from camaug.kernel.clock import LOCAL
from camaug.kernel.text import accented, fold, name_sort_key

FROZEN = "2"  # PostgreSQL's own mark of what is older than every transaction: readers of events pass it by
SHARED = "kernel_blob"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a book gives: which book, of which of the pattern's agencies, when, and how it is written."""

    book: str
    unit: int
    at: datetime
    pattern: str


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern ready to be copied: one %-template a table, and what stands in each of its places."""

    pattern: Pattern
    cast: Cast
    tables: tuple[tuple[str, str], ...]
    places: tuple[Callable[[list[str]], Any], ...]
    instants: tuple[str, ...]
    hosted: tuple[str, ...]
    own: tuple[str, ...]
    ids: int
    numbers: tuple[Number, ...]
    others: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str], ...]
    counted: tuple[int, str, str]

    def cells_at(self, here: Host, moved: timedelta) -> Iterator[tuple[Key, str]]:
        """What a copy adds to the tallies."""
        unit, procedure, field = self.counted
        for slot, column in self.cells:
            yield (date.fromisoformat(instant(slot, moved)), here.units[unit], procedure, field), column


class Forms:
    """Makes forms of patterns."""

    def __init__(self, staff: Staff, crowd: Crowd) -> None:
        self.staff, self.crowd = staff, crowd

    def of(self, pattern: Pattern, cast: Cast) -> Form:
        """The pattern with everything that is its own replaced by marks."""
        slots = Slots(begins=pattern.begins)
        mark_place(slots, cast, self.staff)
        ids = self._ids(slots, pattern)
        self._people(slots, pattern)
        others = self._others(slots, pattern)
        numbers = self._numbers(slots, pattern, cast)
        counted = next(pattern.of("cases_counted"))
        texts = [(rows.table, _lines(rows, slots, pattern)) for rows in pattern.rows if rows.table != SHARED]
        return _assembled(
            pattern,
            cast,
            texts,
            ids=ids,
            numbers=numbers,
            others=others,
            cells=_cells(pattern),
            counted=(cast.units.index(counted["agency_id"]), counted["procedure"], counted["field"]),
        )

    def _ids(self, slots: Slots, pattern: Pattern) -> int:
        rows = [row for rows in pattern.rows for row in pattern.of(rows.table)]
        own = [row[key] for row in rows for key in ("id", "request_key") if isinstance(row.get(key), UUID)]
        for number, one in enumerate(sorted(own)):
            slots.ids[one] = f"c:id:{number}"
        return len(own)

    def _people(self, slots: Slots, pattern: Pattern) -> None:
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

    def _others(self, slots: Slots, pattern: Pattern) -> tuple[tuple[str, str], ...]:
        (case,) = pattern.of("cases_case")
        named = dict.fromkeys(name for name in _names(pattern, case["answers"]) if name != pattern.citizen.name)
        for number, name in enumerate(named):
            slots.words |= _spellings(name, f"c:o{number}")
        return tuple((name.split(" ")[0], self.crowd.sex_of(name)) for name in named)

    def _numbers(self, slots: Slots, pattern: Pattern, cast: Cast) -> tuple[Number, ...]:
        found: list[Number] = []
        for row in pattern.of("cases_result"):
            given = pattern.made.results[0].number_pattern
            text = given if pattern_granted(pattern) else "{number:02d}/TB"
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


def pattern_granted(pattern: Pattern) -> bool:
    """Whether the pattern's case was granted."""
    (case,) = pattern.of("cases_case")
    return bool(case["outcome"] == Outcome.GRANTED)


class Stamp:
    """Writes copies; one a process."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self._crowd, self._seed = crowd, seed
        self._instants: dict[tuple[int, int], list[str]] = {}
        self._hosted: dict[tuple[int, int], list[str]] = {}
        self.buffers: dict[str, list[str]] = {}

    def copy(
        self,
        form: tuple[int, Form],
        host: tuple[int, Host],
        weeks: int,
        *,
        serial: int,
        numbers: list[int],
        who: Member,
        drawn: int,
    ) -> None:
        """Add one copy, so many weeks after the pattern, with the numbers given, to the buffers."""
        (form_no, made), (host_no, here) = form, host
        moved = timedelta(weeks=weeks)
        instants = self._instants.get((form_no, weeks))
        if instants is None:
            instants = self._instants[form_no, weeks] = [instant(slot, moved) for slot in made.instants]
        hosted = self._hosted.get((form_no, host_no))
        if hosted is None:
            hosted = self._hosted[form_no, host_no] = [_hosted(slot, here) for slot in made.hosted]
        begins = made.pattern.begins + moved
        own = self._own(made, here, begins, serial, numbers, who, drawn, moved)
        values = [*instants, *hosted, *own]
        for (table, template), places in zip(made.tables, made.places, strict=True):
            self.buffers.setdefault(table, []).append(template % places(values))

    def _own(
        self,
        made: Form,
        here: Host,
        begins: datetime,
        serial: int,
        numbers: list[int],
        who: Member,
        drawn: int,
        moved: timedelta,
    ) -> list[str]:
        ordinal = f"{begins.astimezone(LOCAL):%y%m%d}-{serial:04d}"
        code = f"{here.code}-{ordinal}"
        told: dict[str, str] = {
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
        for number, (given, one) in enumerate(zip(made.numbers, numbers, strict=True)):
            told[f"c:n{number}:int"] = str(one)
            told[f"c:n{number}:text"] = given.pattern.format(number=one, year=(given.at + moved).astimezone(LOCAL).year)
        stamp, rest = f"{int(begins.timestamp() * 1000):012x}", f"{mixed(drawn):016x}"
        head, tail = f"{stamp[:8]}-{stamp[8:]}-7", f"-8{rest[:3]}-{rest[3:15]}"
        return [f"{head}{int(slot[5:]):03x}{tail}" if slot.startswith("c:id") else told[slot] for slot in made.own]


def _assembled(pattern: Pattern, cast: Cast, texts: list[tuple[str, str]], **rest: Any) -> Form:
    pieces = [(table, *split(text)) for table, text in texts if text]
    every = dict.fromkeys(slot for _table, _text, slots in pieces for slot in slots)
    kinds = {kind: [slot for slot in every if slot[0] == kind] for kind in "tpc"}
    order = {slot: place for place, slot in enumerate([*kinds["t"], *kinds["p"], *kinds["c"]])}
    return Form(
        pattern=pattern,
        cast=cast,
        tables=tuple((table, text) for table, text, _slots in pieces),
        places=tuple(itemgetter(*(order[slot] for slot in slots)) for _table, _text, slots in pieces),
        instants=tuple(kinds["t"]),
        hosted=tuple(kinds["p"]),
        own=tuple(kinds["c"]),
        **rest,
    )


def _lines(rows: Rows, slots: Slots, pattern: Pattern) -> str:
    return "".join(
        "\t".join(
            _cell(rows, name, value, dict(zip(rows.columns, row, strict=True)), slots, pattern)
            for name, value in zip(rows.columns, row, strict=True)
        )
        + "\n"
        for row in rows.values
    )


def _cell(rows: Rows, name: str, value: Any, row: dict[str, Any], slots: Slots, pattern: Pattern) -> str:
    if rows.table == "kernel_eventrecord" and name == "transaction":
        return FROZEN
    if name == "recorded_at":
        return mark(f"t:at:{row['at'].isoformat()}")
    if name == "year" and value is not None:
        return mark(f"t:year:{row['published_at'].isoformat()}")
    if rows.table == "cases_counted" and name == "entries":
        return "[" + ", ".join(f'["{mark(at)}", "{column}"]' for at, column in _cells(pattern)) + "]"
    text = slots.column(name, value, is_json=name in rows.json)
    return NULL if value is None else text


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


def _hosted(slot: str, here: Host) -> str:
    if slot.startswith("p:units:"):
        numbers = slot.removeprefix("p:units:").split(",")
        return "{" + ",".join(sorted(str(here.units[int(number)]) for number in numbers)) + "}"
    return here.values[slot]


def _spellings(name: str, slot: str) -> dict[str, str]:
    return {
        name: f"{slot}:plain",
        name.upper(): f"{slot}:upper",
        fold(name): f"{slot}:folded",
        accented(name): f"{slot}:accented",
    }


def _spell(told: dict[str, str], slot: str, plain: str, folded: str, accents: str) -> None:
    told[f"{slot}:plain"], told[f"{slot}:upper"] = plain, plain.upper()
    told[f"{slot}:folded"], told[f"{slot}:accented"] = folded, accents


def _names(pattern: Pattern, answers: dict[str, Any]) -> Iterable[str]:
    for page in pattern.made.form.pages():
        for field in page.fields:
            value = answers.get(field.id)
            if field.type == FieldType.NAME and isinstance(value, str) and " " in value:
                yield value
            elif field.type == FieldType.PERSON and isinstance(value, dict) and " " in str(value.get("full_name")):
                yield str(value["full_name"])


def people_of(pattern: Pattern) -> list[tuple[str, Callable[[Member], str]]]:
    """For each table of a citizen's own rows, what writes the lines of one member of the crowd."""
    who = pattern.citizen
    slots = Slots(begins=pattern.begins)
    own = [row["id"] for rows in pattern.people for row in _dicts(rows) if rows.table == "kernel_eventrecord"]
    slots.ids = {one: f"c:id:{number}" for number, one in enumerate(sorted(own))}
    slots.ids |= {who.person_id: "c:person"} | ({who.actor.account_id: "c:account"} if who.actor.account_id else {})
    slots.words = {who.number: "c:number", who.phone: "c:phone"}
    slots.keyed = {
        ("full_name", who.name): "c:name",
        ("folded", fold(who.name)): "c:folded",
        ("accented", accented(who.name)): "c:accented",
        ("sort_key", name_sort_key(who.name)): "c:sorted",
        ("sex", who.sex): "c:sex",
        ("birth_date", who.birth_date.isoformat()): "c:born",
    }
    return [(rows.table, _writer(*split(_lines(rows, slots, pattern)))) for rows in pattern.people]


def _dicts(rows: Rows) -> Iterator[dict[str, Any]]:
    return (dict(zip(rows.columns, row, strict=True)) for row in rows.values)


_BEFORE_ALL = timedelta(weeks=-52 * 4)


def _writer(template: str, slots: list[str]) -> Callable[[Member], str]:
    fixed = {slot: instant(slot, _BEFORE_ALL) for slot in slots if slot.startswith("t:")}

    def write(member: Member) -> str:
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
        event = f"{member.account_id[:14]}7%03x{member.account_id[18:]}"
        return template % tuple(fixed.get(slot) or told.get(slot) or event % (0x800 + int(slot[5:])) for slot in slots)

    return write
