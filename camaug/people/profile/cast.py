"""The cast that demo, tests, screenshots and documents share."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from camaug.people.profile.reading import read


@dataclass(frozen=True, slots=True)
class CastOfficer:
    """An officer of the cast; `agency` is the profile's own code, `roles` are empty where the title's own hold."""

    name: str
    agency: str
    title: str
    email: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CastCitizen:
    """A citizen of the cast; `place` is a commune's statistics code."""

    name: str
    number: str
    born: date
    phone: str
    email: str
    place: str
    address: str
    ethnicity: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody by key: `clerk`, `specialist`, `chairman`… and `mother`, `father`, `shopkeeper`, `student`."""

    officers: dict[str, CastOfficer]
    citizens: dict[str, CastCitizen]


def read_cast(profile: Path) -> Cast:
    """The profile's cast."""
    lists = read(profile, "cast")
    officers = {key: {**who, "roles": tuple(who.get("roles", ()))} for key, who in lists["officers"].items()}
    return Cast(
        officers={key: CastOfficer(**who) for key, who in officers.items()},
        citizens={key: CastCitizen(**who) for key, who in lists["citizens"].items()},
    )
