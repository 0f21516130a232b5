"""What is read of all accounts at once is what is read of each by itself; and it costs the same, however many there are."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scim2_models import Context, ResponseParameters, ScimFilter

from camaug.access.models import IN_OFFICE, Account
from camaug.kernel.clock import now
from camaug.provisioning.queries import AccountTold, Condition, Sought, View, accounts_told, agencies_told, part_of
from camaug.provisioning.web import filters, shapes, telling
from camaug.signon.policy import ENTER, Entrance
from tests.integration.provisioning.conftest import ROOT, Reader, view_of
from tests.integration.provisioning.population import (
    account_changed,
    agency_changed,
    mix,
    more_officers,
    posts_by_themselves,
    posts_told,
)
from tests.world import CENTRE, COMMUNE, DISTRICT, World

POSTS, BODY = "urn:camau:params:scim:schemas:extension:2.0:User", "urn:camau:params:scim:schemas:extension:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
TEXTS = ["userName", "displayName", "name.formatted", "title", "preferredLanguage", "id", f"{ENTERPRISE}:department",
         f"{ENTERPRISE}:organization", "emails.value", "emails.type", "groups.value", "groups.display", "groups.type",
         "roles.value", f"{POSTS}:posts.value", f"{POSTS}:posts.title", f"{POSTS}:posts.agency", f"{POSTS}:posts.display",
         "meta.resourceType"]  # fmt: skip
TRUTHS = ["active", "emails.primary", f"{POSTS}:posts.acting"]
INSTANTS = ["meta.created", "meta.lastModified"]
OF_AGENCIES = ["displayName", "id", f"{BODY}:code", f"{BODY}:shortName", f"{BODY}:kind", f"{BODY}:level",
               f"{BODY}:validFrom", f"{BODY}:validUntil", f"{BODY}:parent.value", f"{BODY}:parent.code",
               f"{BODY}:parent.display", "members.value", "members.display", "members.type"]  # fmt: skip
OF_TEXT, OF_ORDER = ("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"), ("eq", "ne", "gt", "ge", "lt", "le")


@pytest.fixture
def view(mail: Reader, world: World) -> View:
    mix(world)
    return view_of(mail)


def everybody(view: View) -> tuple[AccountTold, ...]:
    return accounts_told(Sought(Condition(), 9000), view)[1]


def test_each_is_told_with_the_posts_and_the_instant_that_he_has_by_himself(view: View) -> None:
    accounts = {one.id: one for one in Account.objects.filter(kind__in=IN_OFFICE)}
    told = everybody(view)
    assert {one.id for one in told} == set(accounts)
    assert [one.id for one in told if posts_told(one) != posts_by_themselves(accounts[one.id], view)] == []
    assert [one.id for one in told if one.changed_at != account_changed(accounts[one.id], view)] == []
    posts = [post for one in told for post in one.posts]
    assert sum(post.acting for post in posts) > 9
    assert sum(not one.posts for one in told) > 4
    assert sum(len(one.posts) > 1 for one in told) > 9
    assert sum(not one.active and bool(one.posts) for one in told) > 4


def test_each_agency_has_the_instant_and_the_members_that_it_has_by_itself(view: View) -> None:
    told = agencies_told(Sought(Condition(), 9000), view, members=True)[1]
    assert [one.id for one in told if one.changed_at != agency_changed(one, view)] == []
    filled = {(post.agency_id, one.id) for one in everybody(view) for post in one.posts}
    assert {(one.id, member.account_id) for one in told for member in one.members} == filled


@pytest.mark.parametrize(("audience", "roles"), [("STAFF", ()), ("STAFF", ("LEADER", "REGISTRAR")), ("MEMBERS", ())])
def test_who_may_enter_is_active(view: View, world: World, audience: str, roles: tuple[str, ...]) -> None:
    asking = View(view.at, audience, frozenset(roles), None, view.changed_at)
    told = {one.id: one.active for one in everybody(asking)}
    open_ones = set(Account.objects.filter(is_active=True).values_list("id", flat=True))
    actors = {key: world.officer(name, at=view.at) for name, key in world.officers.items() if key in open_ones}
    closed, entrance = world.agencies[CENTRE], Entrance(audience, frozenset(roles))
    may = {
        key: ENTER.allows(actor, entrance)
        for key, actor in actors.items()
        if closed not in {post.unit_id for post in actor.posts}
    }
    assert {key: told[key] for key in may} == may
    assert not any(active for key, active in told.items() if key not in open_ones)


def test_a_part_is_read_as_the_whole_is(view: View, world: World) -> None:
    part = part_of(world.agencies[DISTRICT], at=view.at)
    assert part
    some = View(view.at, view.audience, view.roles, part, view.changed_at)
    whole, told = everybody(view), everybody(some)
    accounts = {one.id: one for one in Account.objects.filter(kind__in=IN_OFFICE)}
    assert [one.id for one in told if posts_told(one) != posts_by_themselves(accounts[one.id], some)] == []
    assert {one.id for one in whole if {post.agency_id for post in one.posts} & set(part)} < {one.id for one in told}
    assert len(told) < len(whole)


def test_every_operator_finds_of_every_attribute_what_each_account_says(view: View) -> None:
    whole = [shapes.Account.model_validate(telling.account(one, ROOT)) for one in everybody(view)]
    wanted = [f"{one} {op} {value}" for one in TEXTS for value in values(one, whole) for op in OF_TEXT]
    wanted += [f"{one} {op} {value}" for one, op, value in product(TRUTHS, ("eq", "ne"), ("true", "false"))]
    wanted += [f"{one} {op} {value}" for one in INSTANTS for value in values(one, whole) for op in OF_ORDER]
    wanted += [f"{sign}({one} pr)" for one in (*TEXTS, *TRUTHS, *INSTANTS) for sign in ("", "not ")]
    assert odd(wanted, whole, shapes.Account, lambda sought: accounts_told(sought, view)[1], filters.ACCOUNT) == []
    assert len(wanted) > 300


def test_every_operator_finds_of_every_attribute_what_each_agency_says(view: View) -> None:
    told = agencies_told(Sought(Condition(), 9000), view, members=True)[1]
    whole = [shapes.Agency.model_validate(telling.agency(one, ROOT)) for one in told]
    wanted = [f"{one} {op} {value}" for one in OF_AGENCIES for value in values(one, whole) for op in OF_TEXT]
    wanted += [f"{one} {op} {value}" for one in INSTANTS for value in values(one, whole) for op in OF_ORDER]
    wanted += [f"{sign}({one} pr)" for one in (*OF_AGENCIES, *INSTANTS) for sign in ("", "not ")]
    found = odd(
        wanted, whole, shapes.Agency, lambda sought: agencies_told(sought, view, members=False)[1], filters.AGENCY
    )
    assert found == []
    assert len(wanted) > 200


def values(attribute: str, whole: list[Any]) -> list[str]:
    """Three that stand there, and a part of one in small letters, in quotes."""
    head, _dot, sub = attribute.rpartition(":")[2].partition(".")
    schema = attribute.rpartition(":")[0]
    there = set[str]()
    for one in whole:
        told = one.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
        value = (told.get(schema, {}) if schema else told).get(head)
        rows = value if isinstance(value, list) else [value]
        there |= {row[sub] if sub else row for row in rows if row and (not sub or sub in row)}
    found = sorted(there)
    chosen = [*found[:: max(1, len(found) // 2)][:3], *([] if "meta" in attribute else [found[-1][1:5].lower()])]
    return [f'"{one}"' for one in chosen]


def odd(
    wanted: list[str], whole: list[Any], model: Any, ask: Callable[[Sought], Any], columns: filters.Columns
) -> list[str]:
    """The filters whose answer as SQL is another one than the library's, resource by resource."""
    return [
        one
        for one in wanted
        if {str(told.id) for told in ask(Sought(filters.condition(ScimFilter[model](one), columns), 9000))}
        != {resource.id for resource in whole if ScimFilter[model](one).match(resource)}
    ]


ASKED: list[dict[str, str]] = [
    {"attributes": "userName,active"},
    {"attributes": "emails.value,groups.$ref,meta.version"},
    {"attributes": f"{POSTS}:posts.roles,{ENTERPRISE}:department"},
    {"attributes": "displayName,members,parent.code,nothing"},
    {"attributes": f"{BODY}:parent,members.display"},
    {"attributes": "schemas"},
    {"excludedAttributes": "groups,roles.value,meta"},
    {"excludedAttributes": f"{POSTS}:posts,members.$ref,{BODY}"},
    {"excludedAttributes": f"id,schemas,userName,displayName,{BODY}:validFrom"},
    {},
]


def test_what_is_written_is_what_the_librarys_models_write(mail: Reader, world: World) -> None:
    mix(world)
    for path, model in (("/Users", shapes.Account), ("/Groups", shapes.Agency)):
        whole = mail.told(path, count="200")["Resources"]
        kept: list[Any] = [model.model_validate(one) for one in whole]  # type: ignore[attr-defined]
        for asked in ASKED:
            parameters = ResponseParameters[model].model_validate(asked)  # type: ignore[valid-type]
            in_words = [
                one.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=parameters) for one in kept
            ]
            page = mail.told(path, count="200", **asked)
            assert page["Resources"] == in_words, asked
            assert page["itemsPerPage"] == len(kept)
            assert mail.told(f"{path}/{whole[7]['id']}", **asked) == in_words[7], asked


def test_it_costs_the_same_statements_however_many_there_are(mail: Reader, world: World) -> None:
    few = statements(mail, world)
    more_officers(world, 300)
    assert statements(mail, world) == few
    assert mail.told("/Users", count="0", filter='displayName eq "Lê Thêm"')["totalResults"] == 300
    assert max(few.values()) <= 4


def statements(mail: Reader, world: World) -> dict[str, int]:
    found = {}
    since = f'meta.lastModified gt "{now().isoformat()}"'
    for path, asked in [
        ("/Users", {"count": "100"}),
        ("/Users", {"filter": 'roles eq "SPECIALIST"'}),
        ("/Users", {"filter": f'active eq true and title pr or not ({since})'}),
        (f"/Users/{world.officers['clerk']}", {}),
        ("/Groups", {"count": "100"}),
        ("/Groups", {"filter": 'members.display co "Minh"', "excludedAttributes": "members"}),
        (f"/Groups/{world.agencies[COMMUNE]}", {}),
    ]:  # fmt: skip
        with CaptureQueriesContext(connection) as noted:
            mail.told(path, **asked)
        found[f"{len(found)} {path}"] = len(noted)
    return found
