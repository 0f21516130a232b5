"""Citizens sign in by an identity from outside; who is vouched for gets his own account and nobody else's."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.link_person import link_person
from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.authentication import Method
from camaug.access.contacts import parse_contact
from camaug.access.identities import Linkage, OutsideIdentity
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.access.web.kept_outside import ONWARD, PURPOSE, SHOWN, TOKEN
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from camaug.notify.models import TrayMessage
from camaug.people.actions.register_person import register_person
from camaug.people.queries import person
from tests.identity_provider import SEN, IdentityProvider, come_back, standing
from tests.sessions import enter, leave_alone

pytestmark = pytest.mark.django_db

NUMBER, NAME, PHONE = SEN["SoDinhDanh"], SEN["HoVaTen"], "0918 000 123"


@pytest.fixture
def vneid(settings: Settings) -> Iterator[IdentityProvider]:
    """The provider, which vouches for Sen."""
    with standing(settings) as it:
        yield it


def sign_in(client: Client, there: IdentityProvider, **changed: str | None) -> Any:
    return come_back(client, there, "/sign-in/outside/?next=/apply/", at=now(), **changed)


def known(*, phone: str = PHONE, name: str = NAME) -> Account:
    """Sen's account as an office opened it."""
    sen = register_person(name, personal_number=NUMBER, phone=phone, by=SYSTEM, at=now())
    return open_citizen_account(sen.id, contact=parse_contact(phone), by=SYSTEM, at=now())


def claiming(name: str = NAME, phone: str = PHONE) -> Account:
    """An account whose owner has said to be Sen."""
    contact = parse_contact(phone)
    account = Account.objects.create(kind="CITIZEN", phone=contact.value, password="!", created_at=now())
    actor = actor_of(account, at=now(), origin="")
    link_person(account.id, full_name=name, personal_number=NUMBER, by=actor, at=now())
    account.refresh_from_db()
    assert account.linkage == Linkage.DECLARED
    return account


def whose(client: Client) -> Account | None:
    key = client.session.get("_auth_user_id")
    return Account.objects.get(pk=UUID(key)) if key else None


def test_an_unknown_citizen_gets_an_account_with_the_person_that_the_provider_names(
    client: Client, vneid: IdentityProvider
) -> None:
    answer = sign_in(client, vneid)
    assert answer.headers["Location"] == "/apply/"
    account = whose(client)
    assert account
    assert (account.kind, account.phone, account.email, account.linkage) == ("CITIZEN", None, None, "OUTSIDE")
    assert account.person_id
    sen = person(account.person_id)
    assert (sen.full_name, sen.personal_number, f"{sen.birth_date}") == (NAME, NUMBER, "1990-05-12")
    names = EventRecord.objects.filter(subject_id=account.id).order_by("id").values_list("name", flat=True)
    assert set(names) == {
        "access.AccountOpened",
        "access.PersonLinked",
        "access.OutsideIdentityLinked",
        "access.SignedIn",
    }


def test_again_the_same_account_opens_whatever_the_name_is_by_then(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    first = whose(client)
    client.post("/sign-out/")
    vneid.known["HoVaTen"] = "Lê Thị Sen Hồng"
    sign_in(client, vneid)
    assert whose(client) == first
    assert OutsideIdentity.objects.count() == Account.objects.count() == 1


def test_an_account_that_an_office_opened_for_the_person_is_opened(client: Client, vneid: IdentityProvider) -> None:
    account = known()
    sign_in(client, vneid)
    assert whose(client) == account


def test_a_second_factor_of_the_account_is_asked_for_all_the_same(client: Client, vneid: IdentityProvider) -> None:
    from camaug.access.models import Factor

    account = known()
    Factor.objects.create(account=account, kind="TOTP", name="điện thoại", concealed="e1", created_at=now())
    assert sign_in(client, vneid).headers["Location"] == "/sign-in/second-factor/"
    assert whose(client) is None


def test_an_account_that_only_says_to_be_that_person_is_not_handed_over(
    client: Client, vneid: IdentityProvider
) -> None:
    claiming()
    assert sign_in(client, vneid).headers["Location"] == "/sign-in/outside/claim/"
    assert whose(client) is None
    page = client.get("/sign-in/outside/claim/").content.decode()
    assert "số định danh của bạn" in page
    assert "0918" not in page  # how its owner is reached is not told
    assert NUMBER not in page


def test_its_owner_signs_in_the_old_way_and_links(client: Client, vneid: IdentityProvider) -> None:
    account = claiming(name="Le thi Sen")
    sign_in(client, vneid)
    by_code(client, PHONE, onward="/sign-in/outside/claim/")
    assert client.post("/sign-in/outside/claim/", {"link": "1"}).headers["Location"] == "/account/security/"
    account.refresh_from_db()
    assert account.linkage == "OUTSIDE"
    assert account.person_id
    assert person(account.person_id).full_name == NAME
    client.post("/sign-out/")
    sign_in(client, vneid)
    assert whose(client) == account


def by_code(client: Client, phone: str, *, onward: str) -> None:
    """Sign in in the old way, in this very browser."""
    client.post("/sign-in/", {"contact": phone, "next": onward})
    digits = re.search(r"\d{6}", TrayMessage.objects.latest("sent_at").text)
    assert digits
    assert client.post("/sign-in/code/", {"code": digits[0]}).status_code == 302


def test_what_was_shown_is_not_there_for_whoever_signs_in_next(client: Client, vneid: IdentityProvider) -> None:
    account = claiming()
    sign_in(client, vneid)
    by_code(client, PHONE, onward="/apply/")
    assert whose(client) == account
    session = client.session
    assert not any(name in session for name in (SHOWN, PURPOSE, ONWARD, TOKEN))
    assert client.post("/sign-in/outside/claim/", {"link": "1"}).headers["Location"] == "/sign-in/"
    assert not OutsideIdentity.objects.exists()


def test_whoever_began_before_somebody_else_signed_in_does_nothing_to_that_account(
    client: Client, vneid: IdentityProvider
) -> None:
    """A stranger waits at the provider, on a shared computer, until its next user has signed in."""
    victim = Account.objects.create(kind="CITIZEN", phone="+84918000777", password="!", created_at=now())
    known()
    given = vneid.take(client.get("/sign-in/outside/").headers["Location"], at=now())
    by_code(client, "0918 000 777", onward="/apply/")
    assert client.get("/sign-in/outside/back/", given).status_code == 422
    for answer in ("link", "join"):
        client.post("/sign-in/outside/claim/", {answer: "1"})
    assert whose(client) == victim
    assert not OutsideIdentity.objects.exists()


@pytest.mark.parametrize("answer", ["link", "join"])
def test_linking_and_joining_need_a_fresh_proof(client: Client, vneid: IdentityProvider, answer: str) -> None:
    account = Account.objects.create(kind="CITIZEN", phone="+84918000777", password="!", created_at=now())
    enter(client, account)
    come_back(client, vneid, "/account/security/outside/new/", at=now())
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    assert client.post("/sign-in/outside/claim/", {answer: "1"}).status_code == 403
    assert whose(client) == account
    assert not OutsideIdentity.objects.exists()


def test_if_it_is_not_his_he_gets_his_own_and_the_other_loses_the_person(
    client: Client, vneid: IdentityProvider
) -> None:
    stranger = claiming(name="Trần Văn Lạ")
    claimed = stranger.person_id
    assert claimed
    sign_in(client, vneid)
    assert client.post("/sign-in/outside/claim/", {"release": "1"}).headers["Location"] == "/apply/"
    mine = whose(client)
    stranger.refresh_from_db()
    assert mine
    assert mine != stranger
    assert mine.person_id == claimed != stranger.person_id
    assert stranger.person_id
    assert (person(claimed).full_name, person(claimed).phone) == (NAME, "")
    left = person(stranger.person_id)
    assert (left.full_name, left.personal_number, left.phone) == ("Trần Văn Lạ", "", "+84918000123")
    assert EventRecord.objects.filter(name="access.PersonReleased", subject_id=stranger.id).exists()


def test_the_register_must_mean_the_same_human_being(client: Client, vneid: IdentityProvider) -> None:
    register_person("Phạm Văn Khác", personal_number=NUMBER, by=SYSTEM, at=now())
    answer = sign_in(client, vneid)
    assert answer.status_code == 422
    assert whose(client) is None
    assert not Account.objects.exists()


def test_an_identity_that_names_another_person_than_before_opens_nothing(
    client: Client, vneid: IdentityProvider
) -> None:
    sign_in(client, vneid)
    client.post("/sign-out/")
    vneid.known["SoDinhDanh"] = "096190000999"
    assert sign_in(client, vneid).status_code == 422
    assert whose(client) is None


def test_a_closed_account_stays_closed(client: Client, vneid: IdentityProvider) -> None:
    account = known()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert sign_in(client, vneid).status_code == 422
    assert whose(client) is None


def test_somebody_signed_in_links_and_unlinks(client: Client, vneid: IdentityProvider) -> None:
    account = Account.objects.create(kind="CITIZEN", phone="+84918000123", password="!", created_at=now())
    enter(client, account)
    back = come_back(client, vneid, "/account/security/outside/new/", at=now())
    assert back.headers["Location"] == "/sign-in/outside/claim/"
    account.refresh_from_db()
    assert account.person_id is None  # nothing before the person has said yes
    client.post("/sign-in/outside/claim/", {"link": "1"})
    account.refresh_from_db()
    assert account.person_id
    assert account.linkage == "OUTSIDE"
    assert "VNeID" in client.get("/account/security/").content.decode()
    client.post("/account/security/outside/removal/")
    account.refresh_from_db()
    assert account.linkage == "MATCHED"
    assert not OutsideIdentity.objects.exists()
    client.post("/sign-out/")
    assert sign_in(client, vneid).headers["Location"] == "/sign-in/outside/claim/"


def test_the_last_way_in_is_not_unlinked(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    refused = client.post("/account/security/outside/removal/")
    assert refused.status_code == 422
    assert "govuk-error-summary" in refused.content.decode()
    assert OutsideIdentity.objects.exists()


def test_a_stranger_s_identity_is_not_linked_to_a_proven_account(client: Client, vneid: IdentityProvider) -> None:
    account = known()
    vneid.known.update(SoDinhDanh="096190000999", HoVaTen="Trần Thị Lạ")
    enter(client, account)
    come_back(client, vneid, "/account/security/outside/new/", at=now())
    assert client.post("/sign-in/outside/claim/", {"link": "1"}).status_code == 422
    assert not OutsideIdentity.objects.exists()


def test_an_identity_of_one_account_is_not_linked_to_another(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    mine = whose(client)
    client.post("/sign-out/")
    other = Account.objects.create(kind="CITIZEN", phone="+84918000777", password="!", created_at=now())
    enter(client, other)
    come_back(client, vneid, "/account/security/outside/new/", at=now())
    assert client.post("/sign-in/outside/claim/", {"link": "1"}).status_code == 422
    assert OutsideIdentity.objects.get().account == mine


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"LoaiTaiKhoan": "2"}, "an organisation"),
        ({"SoDinhDanh": ""}, "no number"),
        ({"SoDinhDanh": "123456789"}, "an old card's number"),
        ({"HoVaTen": " "}, "no name"),
    ],
)
def test_whoever_is_not_named_as_a_citizen_gets_no_account(
    client: Client, vneid: IdentityProvider, known: dict[str, str], why: str
) -> None:
    vneid.known.update(known)
    assert sign_in(client, vneid).status_code == 422, why
    assert not Account.objects.exists()


def test_only_identities_by_the_named_way_count_where_that_is_set(
    client: Client, vneid: IdentityProvider, settings: Settings
) -> None:
    settings.OUTSIDE_THROUGH = ["BCA"]
    vneid.known["loginIdp"] = "VNPT"
    assert sign_in(client, vneid).status_code == 422
    vneid.known["loginIdp"] = "BCA"
    assert sign_in(client, vneid).status_code == 302


@pytest.mark.parametrize(("acr", "how", "level"), [("LoA1", "outside", "LoA1"), ("LoA2", "outside_sure", "LoA2")])
def test_the_session_keeps_how_surely_the_provider_knows(
    client: Client, vneid: IdentityProvider, acr: str, how: str, level: str
) -> None:
    from camaug.access.authentication import level_by

    vneid.token["acr"] = acr
    sign_in(client, vneid)
    records = client.session["account_authentication_methods"]
    assert [one["method"] for one in records] == [how]
    assert level_by(frozenset({Method(how)})) == level


def test_a_sign_in_of_yesterday_there_is_no_fresh_proof_here(client: Client, vneid: IdentityProvider) -> None:
    vneid.token["auth_time"] = int((now() - timedelta(days=1)).timestamp())
    sign_in(client, vneid)
    assert client.get("/account/security/application/").headers["Location"].startswith("/account/confirm/")
    page = client.get("/account/confirm/?next=/account/security/application/").content.decode()
    assert "/account/confirm/outside/" in page
    start = "/account/confirm/outside/?next=/account/security/application/"
    assert come_back(client, vneid, start, at=now()).status_code == 422  # still yesterday's
    vneid.token = {}
    assert come_back(client, vneid, start, at=now()).headers["Location"] == "/account/security/application/"
    assert (vneid.asked["prompt"], vneid.asked["max_age"]) == ("login", "0")
    assert client.get("/account/security/application/").status_code == 200


def test_it_wakes_a_session_and_lets_one_in_anew_beside_a_sleeping_one(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    vneid.token = {}
    leave_alone(client, timedelta(minutes=121))
    assert client.get("/account/security/").headers["Location"].startswith("/account/confirm/")
    start = "/account/confirm/outside/?next=/account/security/"
    assert come_back(client, vneid, start, at=now()).headers["Location"] == "/account/security/"
    assert client.get("/account/security/").status_code == 200
    told = EventRecord.objects.get(name="access.IdentityConfirmed")
    assert told.actor_id == told.subject_id
    leave_alone(client, timedelta(minutes=121))
    assert sign_in(client, vneid).headers["Location"] == "/apply/"
    assert client.get("/account/security/").status_code == 200


def test_somebody_else_s_identity_confirms_nothing(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    vneid.subject = "khac"
    vneid.known.update(SoDinhDanh="096190000999", HoVaTen="Trần Thị Lạ")
    assert come_back(client, vneid, "/account/confirm/outside/?next=/", at=now()).status_code == 422


def test_signing_out_leads_to_the_provider_and_back(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    assert client.post("/sign-out/").headers["Location"] == "/sign-out/outside/"
    assert whose(client) is None
    page = client.get("/sign-out/outside/").content.decode()
    assert f"{vneid.address}/end_session?client_id=camaug&amp;id_token_hint=" in page
    assert client.get("/sign-out/outside/").headers["Location"] == "/"  # once


def test_a_provider_that_is_down_is_said_so(client: Client, settings: Settings) -> None:
    with standing(settings):
        pass
    answer = client.get("/sign-in/outside/")
    assert answer.status_code == 422


def test_without_a_provider_there_is_no_button(client: Client, settings: Settings) -> None:
    assert "VNeID" not in client.get("/sign-in/").content.decode()
    with standing(settings):
        assert "VNeID" in client.get("/sign-in/").content.decode()


def test_what_is_asked_is_proof_against_whoever_listens(client: Client, vneid: IdentityProvider) -> None:
    asked = vneid.take(client.get("/sign-in/outside/").headers["Location"], at=now())
    assert asked["state"]
    assert vneid.asked["code_challenge_method"] == "S256"
    assert vneid.asked["response_type"] == "code"
    assert vneid.asked["redirect_uri"].endswith("/sign-in/outside/back/")
    assert len(vneid.asked["nonce"]) > 30
