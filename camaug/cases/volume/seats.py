"""Who does a pattern's work at another agency: each of its agencies by the process's own word, each officer by role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from camaug.access.queries import accounts_of_officers
from camaug.cases.results.sheets import signer_lines
from camaug.cases.slips.forms import Office
from camaug.cases.slips.offices import full_name, office
from camaug.cases.volume.patterns import Pattern
from camaug.cases.volume.slots import Slots, json_of
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import CHOSEN
from camaug.catalogue.queries import agency_meant, competent_agency
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.people.queries import Directory, PositionView, directory, place, staff_of
from camaug.worktime.calendars import Calendar
from camaug.worktime.queries import calendar_of

_OFFICES = TypeAdapter(Office)


class Staff:
    """Everybody with a role and an account, by agency, as of one day."""

    def __init__(self, at: datetime) -> None:
        self.on = at.astimezone(LOCAL).date()
        self.agencies = directory(self.on)
        everybody = [one.position for one in staff_of([agency.id for agency in self.agencies], at) if not one.absence]
        self.accounts = accounts_of_officers([one.officer_id for one in everybody])
        # by identity of definitions, which the patterns keep, and by who receives
        self.meant: dict[tuple[int, UUID], dict[str, UUID] | None] = {}
        self.by_unit: defaultdict[UUID, list[PositionView]] = defaultdict(list)
        self.by_id: dict[UUID, PositionView] = {}
        for one in everybody:
            if one.officer_id in self.accounts:
                self.by_unit[one.agency_id].append(one)
                self.by_id[one.id] = one


@dataclass(frozen=True, slots=True)
class Host:
    """An agency at which the pattern can be repeated: what stands there in each `p:` slot."""

    receiving: UUID
    code: str
    units: tuple[UUID, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """The pattern's own agencies, by the words that mean them, and its officers, by place in `units`."""

    words: tuple[str, ...]
    units: tuple[UUID, ...]
    seats: tuple[PositionView, ...]


def cast_of(pattern: Pattern, staff: Staff) -> Cast | None:
    """Who takes part in the pattern; None where somebody in it is not known by any word or role."""
    meant = _meant(pattern.made, pattern.receiving, staff)
    if meant is None:
        return None
    by_unit: dict[UUID, str] = {}
    for word, unit in meant.items():
        by_unit.setdefault(unit, word)
    present = {value for value in _identifiers(pattern) if value in staff.agencies}
    if not present <= set(by_unit):
        return None
    units = tuple(unit for unit in by_unit if unit in present)
    seats = {value: staff.by_id[value] for value in _identifiers(pattern) if value in staff.by_id}
    return Cast(tuple(by_unit[unit] for unit in units), units, tuple(seats.values()))


def mark_place(slots: Slots, cast: Cast, staff: Staff) -> None:
    """Tell the slots what in the rows belongs to agencies and officers."""
    for number, unit in enumerate(cast.units):
        told = _of_unit(number, unit, staff.on)
        slots.ids[unit] = f"p:{number}:id"
        slots.whole[told[f"p:{number}:name"]] = f"p:{number}:name"
        slots.whole[told[f"p:{number}:full"]] = f"p:{number}:full"
        slots.parts.append((_office(unit, staff.on), f"p:{number}:office"))
        if staff.agencies.get(unit).level == "COMMUNE":
            for kind in ("commune", "district"):
                slots.keyed[kind, told[f"p:{number}:{kind}"]] = f"p:{number}:{kind}"
            slots.words[told[f"p:{number}:place"]] = f"p:{number}:place"
    for number, seat in enumerate(cast.seats):
        slots.ids[seat.id] = f"p:s{number}:post"
        slots.ids[staff.accounts[seat.officer_id]] = f"p:s{number}:account"
        slots.words[seat.officer_name] = f"p:s{number}:name"
        for column in ("signer_title", "officer_title"):
            slots.keyed[column, seat.title] = f"p:s{number}:title"
        slots.parts.append((list(signer_lines(seat.title)), f"p:s{number}:lines"))


def hosts(pattern: Pattern, cast: Cast, staff: Staff, receiving: Iterable[UUID], turn: int) -> list[Host]:
    """Every agency that can host the pattern, with an officer for each of its seats, another one by `turn`."""
    found = (_host(pattern, cast, staff, one, turn) for one in receiving)
    return [one for one in found if one is not None]


def _host(pattern: Pattern, cast: Cast, staff: Staff, receiving: UUID, turn: int) -> Host | None:
    meant = _meant(pattern.made, receiving, staff)
    if meant is None or not set(cast.words) <= set(meant):
        return None
    units = tuple(meant[word] for word in cast.words)
    at = pattern.begins
    same = all(_calendar(a, at) is _calendar(b, at) for a, b in zip(cast.units, units, strict=True))
    # agencies that are one at the pattern's place must be one here, and apart where they are apart
    if not same or len(set(units)) != len(set(cast.units)):
        return None
    values: dict[str, str] = {}
    taken: set[UUID] = set()
    for number, unit in enumerate(units):
        values |= _of_unit(number, unit, staff.on)
    for number, seat in enumerate(cast.seats):
        here = units[cast.units.index(seat.agency_id)] if seat.agency_id in cast.units else receiving
        able = [one for one in staff.by_unit.get(here, []) if seat.roles <= one.roles and one.officer_id not in taken]
        if not able:
            return None
        chosen = able[turn % len(able)]
        taken.add(chosen.officer_id)
        account = staff.accounts[chosen.officer_id]
        values |= _of_seat(number, chosen.id, account, chosen.officer_name, chosen.title)
    return Host(receiving, staff.agencies.get(receiving).code, units, values)


@cache
def _calendar(unit: UUID, at: datetime) -> Calendar:
    return calendar_of(unit, at=at)


def _meant(made: Definition, receiving: UUID, staff: Staff) -> dict[str, UUID] | None:
    """Whom each word of the process means there; None where the procedure is not received."""
    key = id(made), receiving
    if key not in staff.meant:
        staff.meant[key] = _asked(made, receiving, staff.agencies)
    return staff.meant[key]


def _asked(made: Definition, receiving: UUID, agencies: Directory) -> dict[str, UUID] | None:
    try:
        competent = competent_agency(made, receiving, agencies).id
    except (DomainError, NotFound):
        return None
    asked = (one.agency for step in made.process.steps for one in step.consultations)
    words = ["RECEIVING", "COMPETENT", "ABOVE_COMPETENT", *(step.agency for step in made.process.steps)]
    words += [word for word in asked if not word.startswith(CHOSEN)]
    found = {word: agency_meant(word, receiving, competent, agencies) for word in words}
    return {word: agency.id for word, agency in found.items() if agency is not None}


def _identifiers(pattern: Pattern) -> list[UUID]:
    """Every UUID in the rows, once, in order; those within JSON are the same agencies and officers."""
    found: dict[UUID, None] = {}
    for rows in pattern.rows:
        for row in rows.values:
            for value in row:
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, UUID):
                        found[one] = None
    return list(found)


@cache
def _office(unit: UUID, on: date) -> dict[str, Any]:
    told: dict[str, Any] = _OFFICES.dump_python(office(unit, on), mode="json")
    return told


@cache
def _of_unit(number: int, unit: UUID, on: date) -> dict[str, str]:
    return {f"p:{number}:{name}": told for name, told in _told(unit, on)}


@cache
def _told(unit: UUID, on: date) -> tuple[tuple[str, str], ...]:
    agency = directory(on).get(unit)
    here = place(agency.place_id) if agency.place_id else None
    above = place(here.parent_id) if here and here.parent_id else None
    return (
        ("id", str(unit)),
        ("name", _safe(agency.name)),
        ("full", _safe(full_name(unit, on))),
        ("office", json_of(_office(unit, on))),
        ("place", _safe(here.full_name if here else "")),
        ("commune", here.code if here else ""),
        ("district", above.code if above else ""),
    )


@cache
def _of_seat(number: int, post: UUID, account: UUID, name: str, title: str) -> dict[str, str]:
    return {
        f"p:s{number}:post": str(post),
        f"p:s{number}:account": str(account),
        f"p:s{number}:name": _safe(name),
        f"p:s{number}:title": _safe(title),
        f"p:s{number}:lines": json_of(list(signer_lines(title))),
    }


def _safe(text: str) -> str:
    """A text that stands in JSON and in a column alike: its quotation marks become typographic."""
    return text.replace("\\", "").replace('"', "”")
