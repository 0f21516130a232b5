"""The officers of a profile: the cast, what every agency has, then fillers by weight up to the profile's number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from camaug.kernel.text import fold
from camaug.people.profile.agencies import AgencyPlan, WrongNumber
from camaug.people.profile.cast import Cast, CastOfficer
from camaug.people.profile.names import Names
from camaug.people.profile.reading import Settings, read

_FIRST_YEAR, _YEARS = 66, 34
_FIRST_SERIAL = 900_000
"""Above those of the demo's and the benchmarks' citizens."""


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """A position: `agency` is the profile's code."""

    agency: str
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficerPlan:
    """An officer with the positions held, the main one first; `number`: his invented personal number."""

    full_name: str
    email: str
    positions: tuple[PositionPlan, ...]
    number: str


@dataclass(slots=True)
class _Seats:
    """What is to be filled: each entry is the positions of one officer."""

    fixed: list[tuple[AgencyPlan, tuple[PositionPlan, ...]]] = field(default_factory=list)
    weighted: list[tuple[AgencyPlan, PositionPlan, int]] = field(default_factory=list)


def read_officers(
    profile: Path, settings: Settings, agencies: Iterable[AgencyPlan], cast: Cast
) -> tuple[OfficerPlan, ...]:
    """Exactly `settings.officers` officers, with addresses `unit_fullname@domain` that are all different."""
    seats = _seats(read(profile, "staffing"), agencies)
    officers, open_seats = _seat_cast(cast, seats.fixed)
    missing = settings.officers - len(officers) - len(open_seats)
    if missing < 0:
        raise WrongNumber(f"{settings.officers - missing} officers are needed, {settings.officers} are wanted")
    open_seats += list(_fill(seats.weighted, missing))
    names, addresses = Names(profile, seed=settings.seed), {officer.email for officer in officers}
    for agency, positions in open_seats:
        name = names.draw()
        email = _address(agency.mail, name, settings.mail_domain, addresses)
        addresses.add(email)
        officers.append(OfficerPlan(name, email, positions, _number(len(officers), name)))
    return tuple(officers)


def _seats(staffing: list[dict[str, Any]], agencies: Iterable[AgencyPlan]) -> _Seats:
    seats = _Seats()
    for agency in agencies:
        rule = next((rule for rule in staffing if _meant(rule, agency)), None)
        if rule is None or agency.level == "CENTRAL":
            continue
        for seat in rule["positions"]:
            own = [_position(agency, seat)] + ([_position(agency, seat["also"])] if "also" in seat else [])
            seats.fixed += [(agency, tuple(own))] * seat.get("count", 1)
        filler = PositionPlan(agency.code, rule["filler"], tuple(rule.get("filler_roles", ())))
        seats.weighted.append((agency, filler, rule["weight"]))
    return seats


def _meant(rule: dict[str, Any], agency: AgencyPlan) -> bool:
    kinds = rule["kind"] if isinstance(rule["kind"], list) else [rule["kind"]]
    return agency.kind in kinds and rule.get("level") in (None, agency.level)


def _position(agency: AgencyPlan, seat: dict[str, Any]) -> PositionPlan:
    return PositionPlan(agency.code, seat["title"], tuple(seat["roles"]))


def _seat_cast(
    cast: Cast, seats: list[tuple[AgencyPlan, tuple[PositionPlan, ...]]]
) -> tuple[list[OfficerPlan], list[tuple[AgencyPlan, tuple[PositionPlan, ...]]]]:
    """Each of the cast takes the first seat of that agency and title, or brings a seat of their own."""
    left, officers = list(seats), list[OfficerPlan]()
    for who in cast.officers.values():
        taken = next((s for s in left if s[0].code == who.agency and s[1][0].title == who.title), None)
        if taken:
            left.remove(taken)
        positions = taken[1] if taken else (PositionPlan(who.agency, who.title, who.roles),)
        officers.append(_seated(who, positions, len(officers)))
    return officers, left


def _seated(who: CastOfficer, positions: tuple[PositionPlan, ...], index: int) -> OfficerPlan:
    if who.roles:
        positions = (PositionPlan(who.agency, who.title, who.roles), *positions[1:])
    return OfficerPlan(who.name, who.email, positions, _number(index, who.name))


def _number(index: int, name: str) -> str:
    """A personal number that is no other's of the profile, of the cast's citizens or of invented ones."""
    return f"096{int(' Thị ' in name)}{_FIRST_YEAR + index % _YEARS:02d}{_FIRST_SERIAL + index // _YEARS:06d}"


def _fill(
    weighted: list[tuple[AgencyPlan, PositionPlan, int]], count: int
) -> Iterator[tuple[AgencyPlan, tuple[PositionPlan, ...]]]:
    """Share `count` seats out by weight; what rounding leaves goes to the first agencies."""
    total = sum(weight for _agency, _position, weight in weighted)
    left = count - sum(count * weight // total for _agency, _position, weight in weighted)
    for number, (agency, position, weight) in enumerate(weighted):
        for _seat in range(count * weight // total + (number < left)):
            yield agency, (position,)


def _address(unit: str, name: str, domain: str, taken: set[str]) -> str:
    local = f"{unit}_{fold(name).replace(' ', '')}"
    address, number = f"{local}@{domain}", 1
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    return address
