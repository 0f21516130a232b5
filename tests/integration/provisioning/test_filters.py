"""A filter as SQL finds what scim2-models' own evaluation finds over the same resources, attribute by attribute."""

from typing import Any

import pytest
from scim2_models import Resource, ScimFilter

from camaug.people.models import Officer
from camaug.provisioning.queries import Condition, Sought, View, accounts_told, agencies_told
from camaug.provisioning.web import filters, telling
from camaug.provisioning.web.shapes import Account, Agency
from tests.integration.provisioning.conftest import ROOT, Reader, view_of
from tests.world import World

POSTS, BODY = "urn:camau:params:scim:schemas:extension:2.0:User", "urn:camau:params:scim:schemas:extension:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OF_ACCOUNTS = [
    "userName pr",
    'userName eq "TANAN_tranthiminh@camau.gov.vn"',
    'userName ne "tanan_tranthiminh@camau.gov.vn"',
    'userName sw "tanan_" and not (userName co "minh")',
    'userName ew "@CAMAU.gov.vn"',
    'userName gt "m"',
    'userName ge "tanan_tranthiminh@camau.gov.vn"',
    'userName lt "d" or userName le "b"',
    'displayName co "MINH"',
    'displayName co "đặng"',
    'displayName sw "Trần" or displayName sw "Lê"',
    'displayName co "%" or displayName co "_"',
    'displayName eq "Trần Thị Minh\\" or true"',
    'name.formatted co "thị"',
    "name pr",
    "meta pr",
    'id ne "01900000-0000-7000-8000-000000000000"',
    'id co "a"',
    "active eq true",
    "active eq false",
    "active ne true",
    "not (active eq true)",
    "title pr",
    "title eq null",
    "title ne null",
    'not (title co "công chức")',
    'title ne "Chủ tịch"',
    'preferredLanguage eq "vi"',
    "emails pr",
    'emails co "camau"',
    'emails[type eq "work" and primary eq true and value sw "t"]',
    'emails.type eq "home"',
    "groups pr",
    "not (groups pr)",
    'groups.display co "tân ân"',
    'groups.display ne "Ủy ban nhân dân xã Tân Ân"',
    'groups[display sw "Sở" and type eq "direct"]',
    "roles pr",
    'roles eq "ONE_STOP_CLERK"',
    'roles.value eq "one_stop_clerk"',
    'roles.value ne "LEADER"',
    'roles[value eq "LEADER"] or roles[value sw "ONE"]',
    'meta.resourceType eq "User"',
    'meta.created gt "2020-01-01T00:00:00Z"',
    'meta.lastModified ge "2026-11-23T01:00:00Z"',
    'meta.lastModified lt "2026-11-01T08:00:00+07:00"',
    f'{ENTERPRISE}:department co "Tân Ân"',
    f'{ENTERPRISE}:organization eq "Ủy ban nhân dân tỉnh Cà Mau"',
    f"{ENTERPRISE}:department pr",
    f"{ENTERPRISE}:organization eq null",
    f'{POSTS}:posts[agency eq "H12.39.32245" and acting eq false]',
    f'{POSTS}:posts[title co "một cửa" or not (title pr)]',
    f'{POSTS}:posts.display co "Sở"',
    f"{POSTS}:posts.roles pr",
    f'{POSTS}:posts[roles eq "ONE_STOP_CLERK" and agency eq "H12.39.32245"]',
    f'{POSTS}:posts[roles ne "LEADER"]',
    f"{POSTS}:posts[not (roles pr)]",
    "(userName sw \"a\" or userName sw \"t\") and (active eq true or not (groups pr)) and displayName pr",
]  # fmt: skip
OF_AGENCIES = [
    "displayName pr",
    'displayName co "tân ân"',
    'displayName sw "Ủy ban" and not (displayName co "xã")',
    "members pr",
    "not (members pr)",
    'members.display co "Minh"',
    'members[display sw "Trần" and type eq "User"]',
    'members.display ne "Trần Thị Minh"',
    f'{BODY}:code eq "H12.39.32245"',
    f'{BODY}:code eq "h12.39.32245"',
    f'{BODY}:code sw "H12.39" and {BODY}:level ne "COMMUNE"',
    f'{BODY}:kind eq "DEPARTMENT"',
    f"{BODY}:shortName pr",
    f'{BODY}:shortName co "phòng"',
    f"{BODY}:active eq true",
    f"{BODY}:active eq false",
    f'{BODY}:validFrom lt "2024-01-01"',
    f"{BODY}:validUntil pr",
    f"{BODY}:validUntil eq null",
    f'{BODY}:parent.code eq "H12.39"',
    f"not ({BODY}:parent pr)",
    f'{BODY}:parent.display co "huyện"',
    f"{BODY}:parent.value pr",
    'meta.created lt "2023-01-01T00:00:00Z"',
    'meta.lastModified gt "2020-01-01T00:00:00Z" and meta.resourceType eq "Group"',
]
UNKNOWN = [
    'nickName eq "x"',
    "password pr",
    'meta.version eq "x"',
    'meta.location sw "h"',
    "active gt true",
    'active eq "maybe"',
    'meta.created gt "yesterday"',
    "roles eq null",
    'groups.$ref sw "h"',
    "groups[$ref pr]",
    f"{POSTS}:posts[roles eq null]",
    'userName eq "x',
    "userName",
    "()",
    'userName eq "\\u0000"',
    "title gt null",
    'userName eq "x" or ' * 60 + "title pr",
]


def test_of_accounts(mail: Reader, world: World) -> None:
    Officer.objects.filter(official_email="tanan_lamvankhai@camau.gov.vn").update(full_name="100% Khải_x")
    view = view_of(mail)
    whole = [
        Account.model_validate(telling.account(one, ROOT)) for one in accounts_told(Sought(Condition(), 9000), view)[1]
    ]
    odd = [
        wanted
        for wanted in OF_ACCOUNTS
        if found(wanted, Account, filters.ACCOUNT, view) != {one.id for one in whole if matches(wanted, Account, one)}
    ]
    assert not odd
    assert len(whole) > 50


@pytest.mark.parametrize("asked", ['eq "ONE_STOP_CLERK"', 'ne "ONE_STOP_CLERK"', 'sw "ONE"'])
def test_roles_of_posts_are_found_as_roles_are(mail: Reader, world: World, asked: str) -> None:
    """A list within a list, which the library itself does not look into by a dotted name."""
    view = view_of(mail)
    by_posts, by_roles = (
        found(f"{path} {asked}", Account, filters.ACCOUNT, view) for path in (f"{POSTS}:posts.roles", "roles.value")
    )
    assert by_posts == by_roles
    assert by_posts


def test_of_agencies(mail: Reader, world: World) -> None:
    view = view_of(mail)
    whole = [
        Agency.model_validate(telling.agency(one, ROOT))
        for one in agencies_told(Sought(Condition(), 9000), view, members=True)[1]
    ]
    odd = [
        wanted
        for wanted in OF_AGENCIES
        if found(wanted, Agency, filters.AGENCY, view) != {one.id for one in whole if matches(wanted, Agency, one)}
    ]
    assert not odd
    assert len(whole) > 30


def found(wanted: str, model: type[Resource[Any]], columns: filters.Columns, view: View) -> set[str]:
    sought = Sought(filters.condition(ScimFilter[model](wanted), columns), 9000)  # type: ignore[valid-type]
    if model is Account:
        return {str(one.id) for one in accounts_told(sought, view)[1]}
    return {str(one.id) for one in agencies_told(sought, view, members=False)[1]}


def matches(wanted: str, model: type[Resource[Any]], one: Resource[Any]) -> bool:
    return ScimFilter[model](wanted).match(one)  # type: ignore[valid-type]


def test_what_cannot_be_asked_is_refused_in_the_standards_words(mail: Reader) -> None:
    for wanted in UNKNOWN:
        response = mail.get("/Users", filter=wanted)
        assert response.status_code == 400, wanted
        told = response.json()
        assert told["scimType"] in {"invalidFilter", "tooMany"}, (wanted, told)
        assert told["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_brackets_upon_brackets_are_read_as_far_as_somebody_means_them(mail: Reader) -> None:
    assert mail.names("(" * 400 + 'userName sw "x"' + ")" * 400) == set()
    nots = "not (" * 160 + 'userName sw "x"' + ")" * 160
    assert mail.get("/Users", filter=nots).json()["scimType"] == "invalidFilter"


@pytest.mark.parametrize("value", ["'; DROP TABLE people_officer; --", "%(at)s", "{0}", "\\\\"])
def test_a_value_is_only_a_value(mail: Reader, value: str) -> None:
    assert mail.names(f'displayName eq "{value}" or title co "{value}"') == set()
