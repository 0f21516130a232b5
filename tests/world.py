"""A small province that every test of cases knows: the profile's own words, procedures and calendar, the agencies that
cases pass through, and the cast, built through real actions.

Mother Nguyễn Thị Lan, shopkeeper Lê Văn Được; at xã Tân Ân clerk Trần Thị Minh, specialist Lê Anh Tuấn, chairman Phạm
Văn Hùng, registrar Ngô Thị Kim Chi; at the district of Ngọc Hiển clerk Huỳnh Mỹ Duyên, specialist Đỗ Quốc Bảo, head Võ
Thị Hồng Nhung, registrar Trương Minh Khang; elsewhere clerk Danh Thị Sà Rinh. `FURTHER` are the agencies of the longer
procedures, with nobody but their cast.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.contacts import parse_contact
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.catalogue import loading as catalogue
from camaug.catalogue.profile_files import ProfileCatalogue
from camaug.catalogue.surroundings import surroundings_of
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import LOCAL
from camaug.people import loading as people
from camaug.people.actions.load_profile import load_profile
from camaug.people.profile.plan import Plan, read_plan
from camaug.people.queries import directory
from camaug.queue import loading as queue
from camaug.worktime import loading as worktime
from tests.kept_rows import MADE_WITH_THE_SCHEMA, Kept, filled, keep, know

AT = datetime(2026, 11, 23, 8, 0, tzinfo=LOCAL)  # a Monday, at the opening of the offices; the 24th is a holiday
COMMUNE, OTHER_COMMUNE = "H12.39.32245", "H12.32.32092"
DISTRICT, FINANCE_OFFICE = "H12.39", "H12.39.04"
SOCIAL_OFFICE, URBAN_OFFICE = "H12.39.06", "H12.39.13"
COMMUNE_POLICE, LAND_BRANCH, TAX_BRANCH, INSURANCE_BRANCH = "H12.40.39.32245", "H12.22.39", "H12.41.39", "H12.42.39"
CENTRE, JUSTICE, CONSTRUCTION, PROVINCIAL_POLICE = "H12.03", "H12.05", "H12.11", "H12.40"
FISHERIES, FOOD_QUALITY, LABOUR, TRANSPORT, HEALTH = "H12.09.42", "H12.09.47", "H12.14", "H12.10", "H12.18"
ENVIRONMENT, CULTURE, SCHOOLS, PROVINCE = "H12.12", "H12.15", "H12.39.08", "H12"
TRADE, EDUCATION, COMPANIES = "H12.08", "H12.17", "H12.06.03"
PARTY, FRONT, TRADE_UNION = "H12.50.39", "H12.60.39", "H12.61"
STAFFED = frozenset({COMMUNE, OTHER_COMMUNE, DISTRICT, FINANCE_OFFICE, "H12.32", "H12.13", PARTY, FRONT, TRADE_UNION})
FURTHER = frozenset({SOCIAL_OFFICE, URBAN_OFFICE, COMMUNE_POLICE, LAND_BRANCH, TAX_BRANCH, INSURANCE_BRANCH, CENTRE,
                     JUSTICE, CONSTRUCTION, PROVINCIAL_POLICE, FISHERIES, FOOD_QUALITY, LABOUR, TRANSPORT, HEALTH,
                     ENVIRONMENT, CULTURE, SCHOOLS, PROVINCE, TRADE, EDUCATION, COMPANIES})  # fmt: skip
AGENCIES = STAFFED | FURTHER


@dataclass(frozen=True)
class World:
    """Who and what there is. `officers` and `citizens` by the cast's keys."""

    officers: dict[str, UUID]
    citizens: dict[str, UUID]
    agencies: dict[str, UUID]

    def officer(self, key: str, *, at: datetime = AT) -> Actor:
        """An officer of the cast as an actor at that instant."""
        return actor_of(Account.objects.get(pk=self.officers[key]), at=at, origin="test")

    def citizen(self, key: str, *, at: datetime = AT) -> Actor:
        """A citizen of the cast as an actor."""
        return actor_of(Account.objects.get(pk=self.citizens[key]), at=at, origin="test")


def build(*, at: datetime = AT) -> World:
    """The small province in the database of the test: made by the first who asks, and copied for those after him."""
    if filled() - AT_FIRST:
        return _make(at)
    key = settings.PROFILE, at
    if key in _made:
        world, rows = _made[key]
        rows.lay()
    else:
        before = keep()
        world = _make(at)
        rows = keep(but=before)
        know(rows.tables)
        _made[key] = world, rows
    return World(dict(world.officers), dict(world.citizens), dict(world.agencies))


AT_FIRST = MADE_WITH_THE_SCHEMA | {"people_directoryrevision"}
"""The tables in which something lies before anybody has done anything."""
_made: dict[tuple[Path, datetime], tuple[World, Kept]] = {}


def _make(at: datetime) -> World:
    """Through real actions."""
    plan = _plan(settings.PROFILE)
    load_profile(plan, progress=_silent, by=SYSTEM, at=at)
    worktime.load_profile(settings.PROFILE, at=at, progress=_silent)
    known = surroundings_of(settings.PROFILE)
    catalogue.publish(_procedures(settings.PROFILE), known=known, at=at, progress=_silent)
    queue.load_profile(settings.PROFILE, at=at, progress=_silent)
    open_officer_accounts(by=SYSTEM, at=at)
    persons = people.register_cast(settings.PROFILE, at=at)
    citizens = {
        key: open_citizen_account(person, contact=parse_contact(plan.cast.citizens[key].phone), by=SYSTEM, at=at).id
        for key, person in persons.items()
    }
    there = directory(at.date())
    return World(
        officers={key: Account.objects.get(email=who.email).id for key, who in plan.cast.officers.items()},
        citizens=citizens,
        agencies={code: there.by_code(code).id for code in AGENCIES},
    )


@lru_cache(maxsize=1)
def _plan(profile: Path) -> Plan:
    whole = read_plan(profile)
    wanted, by_code = set[str](), {agency.code: agency for agency in whole.agencies}
    for code in AGENCIES:
        while code:
            wanted.add(code)
            code = by_code[code].parent or ""
    agencies = tuple(agency for agency in whole.agencies if agency.code in wanted)
    known = {who.email for who in whole.cast.officers.values()}
    officers = tuple(
        officer
        for officer in whole.officers
        if officer.email in known or {p.agency for p in officer.positions} <= STAFFED
    )
    near = tuple(place for place in whole.places if place.code in {"96"} or "Cà Mau" in place.full_name)
    return replace(whole, agencies=agencies, officers=officers, places=near)


@lru_cache(maxsize=1)
def _procedures(profile: Path) -> ProfileCatalogue:
    """Read once a process: the files are long, and every module of tests builds the province anew."""
    return catalogue.read_checked(profile)


def _silent(_done: int, _total: int) -> None:
    pass
