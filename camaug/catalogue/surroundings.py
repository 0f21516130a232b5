"""What a definition has to fit into: the words of the province, and its working time."""

from dataclasses import dataclass
from pathlib import Path

from camaug.catalogue.profile_files import read_yaml
from camaug.worktime.calendars import Calendar
from camaug.worktime.queries import calendar_of_profile


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The codes that there are for levels and kinds of agencies and for roles, and the province's calendar."""

    levels: frozenset[str]
    kinds: frozenset[str]
    roles: frozenset[str]
    calendar: Calendar


def surroundings_of(profile: Path) -> Surroundings:
    """As the profile's `kinds.yaml`, `roles.yaml` and `worktime.yaml` have it; asks no database."""
    sorts = read_yaml(profile / "kinds.yaml")
    return Surroundings(
        levels=frozenset(row["code"] for row in sorts["levels"]),
        kinds=frozenset(row["code"] for row in sorts["kinds"]),
        roles=frozenset(row["code"] for row in read_yaml(profile / "roles.yaml")),
        calendar=calendar_of_profile(profile),
    )
