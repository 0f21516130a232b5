from collections import Counter, defaultdict
from pathlib import Path

import pytest

from camaug.kernel.text import fold
from camaug.people.profile.plan import Plan, read_plan

PROFILE = Path(__file__).parents[3] / "profiles" / "ca-mau"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PROFILE)


@pytest.fixture(scope="module")
def roles(plan: Plan) -> dict[str, Counter[str]]:
    """How many positions carry each role, by the agency's code."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for officer in plan.officers:
        for position in officer.positions:
            found[position.agency].update(position.roles)
    return found


def test_there_are_exactly_655_agencies_and_11000_officers(plan: Plan) -> None:
    assert (len(plan.agencies), len(plan.officers)) == (655, 11_000)
    assert len({agency.code for agency in plan.agencies}) == 655
    assert len({officer.email for officer in plan.officers}) == 11_000


def test_there_are_nine_districts_and_101_communes_with_their_committees(plan: Plan) -> None:
    committees = Counter(agency.level for agency in plan.agencies if agency.kind == "PEOPLES_COMMITTEE")
    assert committees == {"PROVINCE": 1, "DISTRICT": 9, "COMMUNE": 101}


def test_every_agency_stands_under_one_that_came_before(plan: Plan) -> None:
    known: set[str | None] = {None}
    for agency in plan.agencies:
        assert agency.parent in known, agency.code
        known.add(agency.code)


def test_kinds_and_levels_and_roles_are_those_of_the_profile(plan: Plan) -> None:
    assert {agency.kind for agency in plan.agencies} <= {kind["code"] for kind in plan.kinds}
    assert {agency.level for agency in plan.agencies} == {level["code"] for level in plan.levels}
    used = {role for officer in plan.officers for position in officer.positions for role in position.roles}
    assert used == {role["code"] for role in plan.roles}


def test_every_code_below_the_provinces_own_is_flagged_as_a_placeholder(plan: Plan) -> None:
    assert all(agency.placeholder for agency in plan.agencies if agency.code.startswith("H12."))
    assert not next(agency for agency in plan.agencies if agency.code == "H12").placeholder


def test_what_is_generated_is_flagged(plan: Plan) -> None:
    real = [agency.name for agency in plan.agencies if not agency.synthetic]
    assert "Sở Lao động - Thương binh và Xã hội" in real
    assert "Phòng Tài chính - Kế hoạch huyện Ngọc Hiển" in real
    assert all(agency.synthetic for agency in plan.agencies if agency.name.startswith("Trường Tiểu học"))


def test_every_commune_has_the_roles_that_its_cases_need(plan: Plan, roles: dict[str, Counter[str]]) -> None:
    for agency in plan.agencies:
        if (agency.kind, agency.level) == ("PEOPLES_COMMITTEE", "COMMUNE"):
            needed = Counter(ONE_STOP_CLERK=1, ONE_STOP_HEAD=1, SPECIALIST=1, LEADER=2, REGISTRAR=1)
            assert needed <= roles[agency.code], agency.name


NEEDS = {
    ("PEOPLES_COMMITTEE", "DISTRICT"): {"ONE_STOP_CLERK", "ONE_STOP_HEAD", "LEADER", "REGISTRAR"},
    ("DISTRICT_DIVISION", "DISTRICT"): {"SPECIALIST", "UNIT_HEAD", "REGISTRAR"},
    ("DEPARTMENT", "PROVINCE"): {"ONE_STOP_CLERK", "SPECIALIST", "UNIT_HEAD", "LEADER", "REGISTRAR"},
    ("ONE_STOP_CENTRE", "PROVINCE"): {"ONE_STOP_CLERK", "ONE_STOP_HEAD"},
}


@pytest.mark.parametrize(("kind", "level"), NEEDS)
def test_districts_and_departments_have_the_roles_that_cases_need(
    kind: str, level: str, plan: Plan, roles: dict[str, Counter[str]]
) -> None:
    of_kind = [agency for agency in plan.agencies if (agency.kind, agency.level) == (kind, level)]
    assert of_kind
    assert all(NEEDS[kind, level] <= set(roles[agency.code]) for agency in of_kind)


def test_the_cast_is_among_the_officers(plan: Plan) -> None:
    officers = {officer.email: officer for officer in plan.officers}
    for who in plan.cast.officers.values():
        seat = officers[who.email].positions[0]
        assert (officers[who.email].full_name, seat.agency, seat.title) == (who.name, who.agency, who.title)
        assert seat.roles


def test_addresses_are_made_of_unit_and_name(plan: Plan) -> None:
    for officer in plan.officers:
        unit, _, rest = officer.email.partition("_")
        assert unit
        assert rest.startswith(fold(officer.full_name).replace(" ", "")), officer.email
        assert officer.email.endswith("@camau.gov.vn")


def test_the_same_profile_gives_the_same_officers(plan: Plan) -> None:
    assert read_plan(PROFILE).officers == plan.officers


def test_the_nation_has_63_provinces_and_ca_mau_101_communes(plan: Plan) -> None:
    kinds = Counter(place.kind for place in plan.places)
    assert kinds["PROVINCE"] == 63
    districts = {place.code for place in plan.places if place.kind == "DISTRICT" and place.parent == "96"}
    assert len(districts) == 9
    assert sum(place.kind == "COMMUNE" and place.parent in districts for place in plan.places) == 101


def test_identifiers_are_of_version_7_and_fixed(plan: Plan) -> None:
    one, same = plan.settings.fixed_id("agency", "H12"), plan.settings.fixed_id("agency", "H12")
    assert one == same
    assert one != plan.settings.fixed_id("term", "H12")
    assert (one.version, one.variant) == (7, "specified in RFC 4122")
