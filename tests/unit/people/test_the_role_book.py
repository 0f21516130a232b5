"""The role book as the profile begins it, against what the code knows of permissions and roles."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from camaug.kernel.actors import Post
from camaug.kernel.grants import ANY_POST, OPERATOR, RUNNING, SET_APART, OfficeKind, Reach, RoleBook, apart
from camaug.kernel.permissions import permissions
from camaug.people.profile.grants import read_grants
from camaug.people.profile.reading import read

LINES = read_grants(settings.PROFILE)
UNIT, DIVISION, ELSEWHERE = (UUID(int=n) for n in (1, 2, 3))


def test_no_permission_is_missing_from_the_registry() -> None:
    texts = (path.read_text(encoding="utf-8") for path in Path(settings.BASE_DIR, "camaug").rglob("policy.py"))
    made = r'(?:Permission(?:\[[^(]*\])?|_case|_reading)\(\s*(?:code=)?"([a-z_.]+)"'
    written = {code for text in texts for code in re.findall(made, text)}
    assert {"cases.decide", "cases.read", "people.administer"} <= written
    assert written == permissions().keys()


def test_every_permission_says_what_it_lets_do() -> None:
    assert [code for code, one in permissions().items() if not str(one.words) or not str(one.sentence)] == []


def test_every_line_is_of_a_known_role_and_permission_and_reaches_as_far_as_it_can() -> None:
    roles = {row["code"] for row in read(settings.PROFILE, "roles")} | {ANY_POST}
    assert {role for role, _code, _reach in LINES} == roles
    for role, code, reach in LINES:
        assert reach in permissions()[code].reaches, (role, code)
    assert len({line[:2] for line in LINES}) == len(LINES)


def test_whatever_a_role_can_grant_one_does() -> None:
    grantable = {code for code, one in permissions().items() if one.reaches}
    assert grantable == {code for _role, code, _reach in LINES}


def test_administering_operating_and_casework_do_not_meet_in_a_role() -> None:
    known = permissions()
    granted = {one: {code for role, code, _reach in LINES if role == one} for one in SET_APART}
    assert not any(known[code].casework for codes in granted.values() for code in codes)
    assert granted[OPERATOR] == RUNNING
    assert not RUNNING & {code for role, code, _reach in LINES if role != OPERATOR}
    for role in SET_APART:
        assert not RoleBook(LINES).of(frozenset({role})).keys() - granted[role]


def post(*roles: str, leads: frozenset[UUID] = frozenset()) -> Post:
    return Post(id=UUID(int=9), unit_id=UNIT, title="", roles=frozenset(roles), leads=leads)


@pytest.mark.parametrize(
    ("role", "code", "where"),
    [
        ("SPECIALIST", "cases.hold", set()),  # at the post's own turns alone
        ("UNIT_HEAD", "cases.assign", {UNIT}),
        ("LEADER", "cases.assign", {UNIT, DIVISION}),
        ("LEADER", "cases.mend_result", {UNIT}),
        ("ADMINISTRATOR", "people.administer", {UNIT, DIVISION, ELSEWHERE}),
        ("ADMINISTRATOR", "cases.read", set()),
        ("ADMINISTRATOR", "kernel.try_again", set()),
        ("OPERATOR", "kernel.try_again", {UNIT, DIVISION, ELSEWHERE}),
        ("OPERATOR", "cases.read", set()),
        ("OPERATOR", "people.administer", set()),
        ("", "cases.read", {UNIT}),
    ],
)
def test_a_grant_reaches_so_far(role: str, code: str, where: set[UUID]) -> None:
    held = post(*([role] if role else []), leads=frozenset({DIVISION}))
    assert {unit for unit in (UNIT, DIVISION, ELSEWHERE) if held.is_granted(code, unit_id=unit)} == where


def test_of_two_roles_the_wider_reach_holds() -> None:
    assert post("SPECIALIST", "LEADER").reach_of("cases.assign") == Reach.LED
    assert post("SPECIALIST", "UNIT_HEAD").reach_of("cases.assign") == Reach.AGENCY


@pytest.mark.parametrize(
    ("roles", "counts"),
    [
        ([], {"OFFICER": set()}),
        (["SPECIALIST"], {"OFFICER": {"SPECIALIST"}}),
        (["ADMINISTRATOR"], {"ADMINISTRATOR": {"ADMINISTRATOR"}}),
        (["OPERATOR"], {"OPERATOR": {"OPERATOR"}}),
        (["ADMINISTRATOR", "SPECIALIST"], {"ADMINISTRATOR": {"ADMINISTRATOR"}, "OFFICER": {"SPECIALIST"}}),
        (["ADMINISTRATOR", "OPERATOR"], {"ADMINISTRATOR": {"ADMINISTRATOR"}, "OPERATOR": {"OPERATOR"}}),
    ],
)
def test_of_a_post_counts_what_the_kind_of_account_is_for(roles: list[str], counts: dict[str, set[str]]) -> None:
    assert {kind.value: got for kind in OfficeKind if (got := apart(roles, kind=kind)) is not None} == counts
