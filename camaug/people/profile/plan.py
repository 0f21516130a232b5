from dataclasses import dataclass
from pathlib import Path

from camaug.people.profile.agencies import AgencyPlan, read_agencies
from camaug.people.profile.cast import Cast, read_cast
from camaug.people.profile.grants import Line, read_grants
from camaug.people.profile.places import PlacePlan, read_places
from camaug.people.profile.reading import Settings, read, read_settings
from camaug.people.profile.staff import OfficerPlan, read_officers


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a profile says of people and agencies; `levels`, `kinds` and `roles` as the files have them."""

    settings: Settings
    levels: list[dict[str, object]]
    kinds: list[dict[str, object]]
    roles: list[dict[str, object]]
    grants: tuple[Line, ...]
    places: tuple[PlacePlan, ...]
    agencies: tuple[AgencyPlan, ...]
    officers: tuple[OfficerPlan, ...]
    cast: Cast


def read_plan(profile: Path) -> Plan:
    """Read a profile's folder and fill it up to its numbers. Raises WrongNumber where the files hold more."""
    settings, cast, kinds = read_settings(profile), read_cast(profile), read(profile, "kinds")
    places = read_places(profile)
    agencies = read_agencies(profile, settings, places)
    return Plan(
        settings=settings,
        levels=kinds["levels"],
        kinds=kinds["kinds"],
        roles=_roles(profile),
        grants=read_grants(profile),
        places=places,
        agencies=agencies,
        officers=read_officers(profile, settings, agencies, cast),
        cast=cast,
    )


def _roles(profile: Path) -> list[dict[str, object]]:
    duties = read(profile, "duties")
    return [{**role, "duties": duties.get(role["code"], [])} for role in read(profile, "roles")]
