"""Makes forms of patterns: everything that is a case's own replaced by slots."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from camaug.cases.actions.confirm_payment import RECEIPTS
from camaug.cases.models import Outcome
from camaug.cases.queries.counting import EARLY, LATE, ON_TIME, RECEIVED_DIRECT, RECEIVED_ONLINE, REFUSED, UNDATED
from camaug.cases.volume.crowd import Crowd
from camaug.cases.volume.patterns import Pattern, Rows
from camaug.cases.volume.plan import BEFORE_ALL
from camaug.cases.volume.seats import Cast, Host, Staff, mark_place
from camaug.cases.volume.slots import NULL, Moment, Slots, Template, mark, split
from camaug.cases.volume.stamp import Form, Number, People, Venue
from camaug.catalogue.definition.eform import FieldType
from camaug.kernel.text import accented, fold, name_sort_key

FROZEN = "2"  # PostgreSQL's own mark of what is older than every transaction: readers of events pass it by
SHARED = "kernel_blob"
_ID = "c:id:"


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
        texts = [(rows.table, _lines(rows, slots, pattern)) for rows in pattern.rows if rows.table != SHARED]
        pieces = [(table, *split(text)) for table, text in texts if text]
        every = dict.fromkeys(slot for _table, _fixed, found in pieces for slot in found)
        moments, hosted = _of_kind(every, "t:"), _of_kind(every, "p:")
        ids, own = _of_kind(every, _ID), [slot for slot in _of_kind(every, "c:") if not slot.startswith(_ID)]
        order = {slot: place for place, slot in enumerate([*moments, *hosted, *ids, *own])}
        return Form(
            begins=pattern.begins,
            sex=pattern.citizen.sex,
            tables=tuple((table, Template(fixed, [order[slot] for slot in found])) for table, fixed, found in pieces),
            moments=tuple(map(Moment.of, moments)),
            hosted=tuple(hosted),
            ids=tuple(int(slot.removeprefix(_ID)) for slot in ids),
            own=tuple(own),
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
    return Venue(here.code, here.units, tuple(_hosted(slot, here).encode() for slot in form.hosted))


def people_of(pattern: Pattern) -> People:
    """What writes the citizen's own rows for members of the crowd."""
    who = pattern.citizen
    slots = Slots(begins=pattern.begins)
    events = [row["id"] for rows in pattern.people for row in _dicts(rows) if rows.table == "kernel_eventrecord"]
    slots.ids = {one: f"{_ID}{number}" for number, one in enumerate(sorted(events))}
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
    pieces = [(rows.table, *split(_fixed(_lines(rows, slots, pattern)))) for rows in pattern.people]
    every = list(dict.fromkeys(slot for _table, _pieces, found in pieces for slot in found))
    order = {slot: place for place, slot in enumerate(every)}
    tables = tuple((table, Template(fixed, [order[slot] for slot in found])) for table, fixed, found in pieces)
    return People(tables, tuple(every))


def _fixed(text: str) -> str:
    """Citizens came before all cases, all at once."""
    pieces, slots = split(text)
    told = [Moment.of(slot).text(BEFORE_ALL) if slot.startswith("t:") else mark(slot) for slot in slots]
    return "".join(piece for pair in zip(pieces, [*told, ""], strict=True) for piece in pair)


def _of_kind(slots: Iterable[str], kind: str) -> list[str]:
    return [slot for slot in slots if slot.startswith(kind)]


def _ids(slots: Slots, pattern: Pattern) -> None:
    rows = [row for rows in pattern.rows for row in pattern.of(rows.table)]
    own = [row[key] for row in rows for key in ("id", "request_key") if isinstance(row.get(key), UUID)]
    for number, one in enumerate(sorted(own)):
        slots.ids[one] = f"{_ID}{number}"


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


def _lines(rows: Rows, slots: Slots, pattern: Pattern) -> str:
    return "".join(
        "\t".join(_cell(rows, name, row[name], row, slots, pattern) for name in rows.columns) + "\n"
        for row in _dicts(rows)
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
