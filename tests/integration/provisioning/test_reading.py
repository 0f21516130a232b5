"""Accounts and agencies by SCIM: one, a page, what is told and to whom (RFC 7643, RFC 7644 3.4, 3.9, 3.12, 3.14)."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_models import ScimFilter, SearchRequest
from scim2_tester import Status, check_server

from camaug.access.actions.close_account import close_account
from camaug.access.models import IN_OFFICE, Account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.models import EventRecord
from camaug.people.actions.appoint import appoint
from camaug.people.actions.close_agency import close_agency
from camaug.people.actions.correct_officer import correct_officer
from camaug.people.actions.end_position import end_position
from camaug.people.actions.rename_agency import rename_agency
from camaug.people.models import Position
from camaug.provisioning.changes import TELLING
from camaug.signon.actions.close_system import close_system
from camaug.signon.models import System, SystemToken
from camaug.signon.policy import ENTER, Entrance
from tests.integration.provisioning.conftest import BASE, Reader, Registers
from tests.world import CENTRE, COMMUNE, OTHER_COMMUNE, World

ERROR = ["urn:ietf:params:scim:api:messages:2.0:Error"]
BODY = "urn:camau:params:scim:schemas:extension:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def clerk(world: World) -> Account:
    return Account.objects.get(pk=world.officers["clerk"])


def post_of(account: Account) -> Position:
    return Position.objects.get(officer_id=account.officer_id, main=True, valid_until=None)


def test_an_account_is_told_with_its_posts(mail: Reader, world: World) -> None:
    told = mail.told(f"/Users/{world.officers['clerk']}")
    group = world.agencies[COMMUNE]
    assert told["userName"] == clerk(world).email
    assert told["active"] is True
    assert [one["value"] for one in told["groups"]] == [str(group)]
    assert told["groups"][0]["$ref"] == f"http://localhost:8000/scim/v2/Groups/{group}"
    assert "ONE_STOP_CLERK" in [one["value"] for one in told["roles"]]
    assert told[ENTERPRISE]["department"] == told["groups"][0]["display"]
    assert told["meta"]["location"] == f"http://localhost:8000/scim/v2/Users/{world.officers['clerk']}"
    assert "phoneNumbers" not in told


def test_an_agency_is_told_with_its_members_and_its_parent(mail: Reader, world: World) -> None:
    told = mail.told(f"/Groups/{world.agencies[COMMUNE]}")
    assert told[BODY]["code"] == COMMUNE
    assert told[BODY]["parent"]["code"] == "H12.39"
    assert str(world.officers["clerk"]) in [one["value"] for one in told["members"]]


def test_citizens_and_programs_are_no_users(mail: Reader, world: World) -> None:
    officers = Account.objects.filter(kind__in=IN_OFFICE).count()
    assert mail.told("/Users", count="0")["totalResults"] == officers
    for citizen in world.citizens.values():
        assert mail.get(f"/Users/{citizen}").status_code == 404


def test_pages_by_place_and_by_cursor_tell_everybody_once(mail: Reader) -> None:
    total, seen = mail.told("/Users", count="0")["totalResults"], list[str]()
    for start in range(1, total + 1, 30):
        page = mail.told("/Users", startIndex=str(start), count="30")
        assert (page["totalResults"], page["startIndex"]) == (total, start)
        seen += [one["id"] for one in page["Resources"]]
    assert len(seen) == len(set(seen)) == total
    assert len(mail.names("userName pr")) == total
    assert mail.told("/Users", startIndex="9000").get("Resources", []) == []
    assert mail.get("/Users", cursor="forged").json()["scimType"] == "invalidCursor"


def test_a_page_costs_the_same_however_long_it_is(
    mail: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path, most in (("/Users", 3), ("/Groups", 4)):
        for count in ("1", "40"):
            with django_assert_num_queries(most):
                mail.told(path, count=count)


def test_what_is_wanted_is_told_and_no_more(mail: Reader, world: World) -> None:
    told = mail.told(f"/Users/{world.officers['clerk']}", attributes="userName,name.formatted")
    assert set(told) == {"schemas", "id", "userName", "name"}
    few = mail.told("/Groups", excludedAttributes="members", count="5")["Resources"]
    whole = mail.told("/Groups", count="5")["Resources"]
    assert not any("members" in one for one in few)
    assert [one["meta"]["version"] for one in few] == [one["meta"]["version"] for one in whole]


def test_a_search_by_post_is_the_same_search(mail: Reader) -> None:
    asked = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        "filter": 'displayName co "Minh"',
        "count": 5,
    }
    headers = {"Authorization": f"Bearer {mail.token}"}
    response = Client().post(f"{BASE}/Users/.search", asked, "application/scim+json", headers=headers)
    assert response.json() == mail.told("/Users", filter='displayName co "Minh"', count="5")


def test_who_has_it_already_is_told_nothing_again(mail: Reader, world: World) -> None:
    path = f"/Users/{world.officers['clerk']}"
    first = mail.get(path)
    assert first["ETag"] == first.json()["meta"]["version"]
    again = mail.get(path, {"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    close_account(world.officers["clerk"], by=SYSTEM, at=now())
    assert mail.get(path, {"If-None-Match": first["ETag"]}).status_code == 200


Change = Callable[[World], Any]


def closes(world: World) -> None:
    close_account(world.officers["clerk"], by=SYSTEM, at=now())


def transfers(world: World) -> None:
    post, today = post_of(clerk(world)), now().astimezone(LOCAL).date()
    end_position(post.id, until_date=today, by=SYSTEM, at=now())
    there = world.agencies[OTHER_COMMUNE]
    appoint(post.officer_id, agency_id=there, title="Chuyên viên", roles=[], from_date=today, by=SYSTEM, at=now())


def renames_agency(world: World) -> None:
    today = now().astimezone(LOCAL).date()
    rename_agency(world.agencies[COMMUNE], name="Ủy ban xã", from_date=today, by=SYSTEM, at=now())


def renames_officer(world: World) -> None:
    officer = clerk(world).officer_id
    correct_officer(officer, full_name="Trần Thị Minh Minh", phone="", by=SYSTEM, at=now())


@pytest.mark.parametrize("change", [closes, transfers, renames_agency, renames_officer])
def test_whatever_is_told_anew_was_modified_since(mail: Reader, world: World, change: Change) -> None:
    """A system asks only for what changed since it asked last, and misses nothing."""
    key, before = world.officers["clerk"], now()
    old = mail.told(f"/Users/{key}")
    since = f'meta.lastModified gt "{before.isoformat()}"'
    assert mail.names(since) == set()
    change(world)
    assert clerk(world).email in mail.names(since)
    assert mail.told(f"/Users/{key}")["meta"]["version"] != old["meta"]["version"]
    if change is not closes:
        assert str(world.agencies[COMMUNE]) in [one["id"] for one in mail.told("/Groups", filter=since)["Resources"]]


def test_a_transfer_changes_membership_at_once(mail: Reader, world: World) -> None:
    transfers(world)
    key = str(world.officers["clerk"])
    assert [one["value"] for one in mail.told(f"/Users/{key}")["groups"]] == [str(world.agencies[OTHER_COMMUNE])]
    assert key not in [one["value"] for one in mail.told(f"/Groups/{world.agencies[COMMUNE]}")["members"]]
    assert key in [one["value"] for one in mail.told(f"/Groups/{world.agencies[OTHER_COMMUNE]}")["members"]]


def test_who_leaves_his_last_post_is_inactive_from_that_day_and_not_before(mail: Reader, world: World) -> None:
    tomorrow = now().astimezone(LOCAL).date() + timedelta(days=1)
    end_position(post_of(clerk(world)).id, until_date=tomorrow, by=SYSTEM, at=now())
    assert mail.told(f"/Users/{world.officers['clerk']}")["active"] is True
    Position.objects.filter(officer_id=clerk(world).officer_id).update(valid_until=tomorrow - timedelta(days=1))
    told = mail.told(f"/Users/{world.officers['clerk']}")
    assert told["active"] is False
    assert "groups" not in told


def test_a_closed_agency_stays_and_is_not_active(mail: Reader, world: World) -> None:
    today = now().astimezone(LOCAL).date()
    Position.objects.filter(agency_id=world.agencies[CENTRE]).update(valid_until=today)
    close_agency(world.agencies[CENTRE], until_date=today, by=SYSTEM, at=now())
    told = mail.told(f"/Groups/{world.agencies[CENTRE]}")
    assert told[BODY]["active"] is False
    assert told[BODY]["validUntil"] == today.isoformat()


def test_active_is_who_may_enter_that_system(registers: Registers, world: World) -> None:
    for audience, roles in (("STAFF", ()), ("STAFF", ("LEADER", "ONE_STOP_CLERK")), ("MEMBERS", ())):
        reader = registers(audience=audience, roles=roles).signs_in()
        allowed = Entrance(audience, frozenset(roles))
        told = {one: mail_active(reader, one, world) for one in world.officers}
        may = {one: ENTER.allows(world.officer(one, at=now()), allowed) for one in world.officers}
        assert told == may


def mail_active(reader: Reader, key: str, world: World) -> bool:
    return bool(reader.told(f"/Users/{world.officers[key]}", attributes="active")["active"])


def test_a_system_of_a_part_is_told_of_that_part_alone(registers: Registers, world: World) -> None:
    reader = registers(told_of_id=world.agencies[COMMUNE], part=True).signs_in()
    codes = {one[BODY]["code"] for one in reader.told("/Groups", count="200")["Resources"]}
    assert COMMUNE in codes
    assert OTHER_COMMUNE not in codes
    assert "H12" not in codes
    assert "Trần Thị Minh" in {one["displayName"] for one in reader.told("/Users", count="200")["Resources"]}
    outside = {world.officers[one] for one in world.officers if other_part(world, one)}
    assert outside
    assert all(reader.get(f"/Users/{one}").status_code == 404 for one in outside)
    assert reader.get(f"/Groups/{world.agencies[OTHER_COMMUNE]}").status_code == 404


def other_part(world: World, key: str) -> bool:
    return all(post.unit_id == world.agencies[OTHER_COMMUNE] for post in world.officer(key, at=now()).posts)


def test_who_left_the_part_stays_there_as_inactive(registers: Registers, world: World) -> None:
    reader = registers(told_of_id=world.agencies[COMMUNE], part=True).signs_in()
    transfers(world)
    told = reader.told(f"/Users/{world.officers['clerk']}")
    assert told["active"] is False
    assert "groups" not in told


WRITES = [
    ("POST", "/Users"),
    ("POST", "/Groups"),
    ("PUT", "/Users/{0}"),
    ("PATCH", "/Users/{0}"),
    ("DELETE", "/Users/{0}"),
    ("POST", "/Bulk"),
]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_writing_is_refused_as_what_is_not_offered(mail: Reader, world: World, method: str, path: str) -> None:
    headers, key = {"Authorization": f"Bearer {mail.token}"}, world.officers["clerk"]
    response = Client().generic(
        method, BASE + path.format(key), b"{}", content_type="application/scim+json", headers=headers
    )
    assert (response.status_code, response.json()["schemas"]) == (501, ERROR)
    assert clerk(world).is_active


def test_who_shows_nothing_or_something_else_is_told_nothing(mail: Reader, registers: Registers, world: World) -> None:
    for secret in ("", "x", mail.secret, registers().signs_in().token[:-1]):
        response = Client().get(f"{BASE}/Users", headers={"Authorization": f"Bearer {secret}"} if secret else {})
        assert (response.status_code, response.json()["schemas"]) == (401, ERROR)
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert response["Content-Type"] == "application/scim+json"


def test_a_token_ends_with_its_minutes_its_system_and_its_scope(mail: Reader, registers: Registers) -> None:
    SystemToken.objects.update(expires_at=now() - timedelta(seconds=1))
    assert mail.get("/Users").status_code == 401
    narrowed, closed = registers().signs_in(), registers().signs_in()
    System.objects.filter(pk=narrowed.system.pk).update(scopes=["openid"])
    assert narrowed.get("/Users").status_code == 403
    assert "insufficient_scope" in narrowed.get("/Users")["WWW-Authenticate"]
    close_system(closed.system.id, by=SYSTEM, at=now())
    assert closed.get("/Users").status_code == 401


def test_what_says_nothing_of_anybody_is_open(registers: Registers) -> None:
    for path in ("ServiceProviderConfig", "ResourceTypes", "ResourceTypes/User", "Schemas", f"Schemas/{BODY}"):
        assert Client().get(f"{BASE}/{path}").status_code == 200, path
    assert Client().get(f"{BASE}/Schemas?filter=id pr").status_code == 403
    assert Client().head(f"{BASE}/Schemas").status_code == 200


def test_a_form_is_no_request_of_this_protocol(mail: Reader) -> None:
    headers = {"Authorization": f"Bearer {mail.token}"}
    assert Client().post(f"{BASE}/Users/.search", {"filter": "id pr"}, headers=headers).status_code == 415


@pytest.mark.parametrize("path", ["Persons", "Users/x", "Users/01900000-0000-7000-8000-000000000000", "Users/a/b"])
def test_what_is_not_there_is_not_found(mail: Reader, path: str) -> None:
    assert mail.get(f"/{path}").json()["status"] == "404"


type Opens = Callable[[Reader], WSGISCIMClient]


@pytest.fixture
def opens() -> Iterator[Opens]:
    """Opens a client that is not ours on the whole site, within the test's transaction."""
    around = (signals.request_started, signals.request_finished)
    for signal in around:
        signal.disconnect(close_old_connections)
    yield lambda reader: WSGISCIMClient(
        WSGIHandler(),
        base_url="http://localhost:8000/scim/v2",
        headers={"Authorization": f"Bearer {reader.token}"},
    )
    for signal in around:
        signal.connect(close_old_connections)


def test_a_client_that_is_not_ours_reads_it_all(mail: Reader, world: World, opens: Opens) -> None:
    """scim2-client learns the schemas from us, checks each answer against them, and finds the clerk."""
    client = opens(mail)
    client.discover()
    user, group = client.get_resource_model("User"), client.get_resource_model("Group")
    assert user
    assert group
    asked = SearchRequest(filter=ScimFilter('userName sw "tanan_"'), count=5)
    found = client.query(user, query_parameters=asked)
    assert found.total_results > 5
    assert len(found.resources) == 5
    one = client.query(user, str(world.officers["clerk"]))
    assert one.display_name == "Trần Thị Minh"
    assert client.query(group, str(world.agencies[COMMUNE])).members


def test_a_tester_that_is_not_ours_finds_no_fault(mail: Reader, opens: Opens) -> None:
    tags = {"discovery", "service-provider-config", "resource-types", "schemas", "misc"}
    results = check_server(opens(mail), include_tags=tags)
    assert [(one.title, one.reason) for one in results if one.status in (Status.ERROR, Status.CRITICAL)] == []
    assert sum(one.status == Status.SUCCESS for one in results) > 5


def test_the_history_is_asked_by_an_index_of_exactly_what_tells(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'event_telling'")
        defined = cursor.fetchone()[0]
    assert set(re.findall(r"'(\w+\.\w+)'", defined)) == set(TELLING)


def test_that_a_system_asked_for_itself_is_written_down(mail: Reader) -> None:
    noted = EventRecord.objects.get(name="signon.SystemTokenIssued")
    assert (noted.subject_id, noted.facts["scopes"]) == (mail.system.id, ["scim.read"])
