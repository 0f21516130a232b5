"""A link by which an officer chooses his password: once, until it expires, for as long as it is not withdrawn."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from camaug.access.actions.accept_invitation import InvitationOver, accept_invitation
from camaug.access.actions.choose_password import PasswordWeak, choose_password
from camaug.access.actions.close_account import close_account
from camaug.access.actions.invite import NotToInvite, invite
from camaug.access.invitations import HANDED_OVER, link_of
from camaug.access.models import Account, Invitation
from camaug.access.queries import actor_of, invited_by
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.people.actions.leave import leave
from tests.integration.access.conftest import NOW, PASSWORD, Clerk
from tests.world import World

NEW = "một câu chỉ mình tôi nói 7"
FOREVER = timedelta(days=40_000)


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Trần Thị Minh", "minh@camau.gov.vn", password="")


def link(clerk: Clerk, *, lasting: timedelta = HANDED_OVER) -> str:
    return link_of(invite(clerk.account.id, by_mail=False, until=NOW + lasting, by=SYSTEM, at=NOW).id)


def token(link: str) -> str:
    return link.split("/")[2]


def test_whoever_follows_the_link_chooses_the_password_and_is_signed_in(an: Clerk) -> None:
    page, client = link(an, lasting=FOREVER), Client()
    shown = client.get(page)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Trần Thị Minh" in shown.content.decode()
    answer = client.post(page, {"password": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(an.account.id)
    assert Account.objects.get(pk=an.account.id).check_password(NEW)
    assert EventRecord.objects.filter(name="access.OfficerActivated", subject_id=an.account.id).count() == 1


def test_it_works_once(an: Clerk) -> None:
    page = link(an, lasting=FOREVER)
    Client().post(page, {"password": NEW})
    again = Client().post(page, {"password": "một câu khác hẳn câu kia 8"})
    assert (again.status_code, "_auth_user_id" in again.client.session) == (404, False)
    assert Account.objects.get(pk=an.account.id).check_password(NEW)


def test_looking_at_it_uses_nothing_up_nor_does_a_password_that_is_refused(an: Clerk) -> None:
    page = link(an, lasting=FOREVER)
    for _ in range(3):
        assert Client().get(page).status_code == 200
    answer = Client().post(page, {"password": "ngắn quá"})
    assert (answer.status_code, "14" in answer.content.decode()) == (422, True)
    assert Client().post(page, {"password": NEW}).status_code == 302


def test_it_expires_to_the_instant(an: Clerk) -> None:
    opening = token(link(an))
    assert invited_by(opening, at=NOW + HANDED_OVER - timedelta(seconds=1))
    assert invited_by(opening, at=NOW + HANDED_OVER) is None
    with pytest.raises(InvitationOver):
        accept_invitation(opening, password=NEW, by=ANONYMOUS, at=NOW + HANDED_OVER)


def test_a_later_one_takes_its_place(an: Clerk) -> None:
    first, second = token(link(an)), token(link(an))
    assert (invited_by(first, at=NOW), bool(invited_by(second, at=NOW))) == (None, True)
    assert EventRecord.objects.filter(name="access.InvitationWithdrawn", subject_id=an.account.id).count() == 1


def test_a_password_that_was_chosen_otherwise_ends_it(an: Clerk) -> None:
    accept_invitation(token(link(an)), password=NEW, by=ANONYMOUS, at=NOW)
    later = token(link(an))
    choose_password("một câu khác hẳn câu kia 8", present=NEW, by=actor_of(an.account, at=NOW, origin=""), at=NOW)
    assert invited_by(later, at=NOW) is None
    assert EventRecord.objects.filter(name="access.InvitationWithdrawn", subject_id=an.account.id).count() == 1


def test_the_account_is_locked_before_its_invitation(an: Clerk) -> None:
    opening = token(link(an))
    with CaptureQueriesContext(connection) as asked:
        accept_invitation(opening, password=NEW, by=ANONYMOUS, at=NOW)
    locked = [one["sql"].split('"')[-2] for one in asked if "FOR UPDATE" in one["sql"]]
    assert locked[:2] == ["access_account", "access_invitation"]


@pytest.mark.parametrize("forged", ["0" * 32, f"{'0' * 32}.abc", "x"])
def test_what_we_did_not_sign_opens_nothing(db: None, forged: str) -> None:
    assert Client().get(f"/invitation/{forged}/").status_code == 404


def test_a_link_of_one_account_does_not_open_another_nor_one_signed_for_something_else(
    an: Clerk, settings: Settings
) -> None:
    opening = token(link(an))
    other = Invitation.objects.get(account=an.account)
    assert invited_by(f"{other.account_id.hex}.{opening.split('.')[1]}", at=NOW) is None
    settings.SECRET_KEY = "another secret, as of another installation, which signs other links"
    assert invited_by(opening, at=NOW) is None


def test_nothing_that_opens_it_lies_in_the_database(an: Clerk) -> None:
    signature = token(link(an)).split(".")[1]
    assert not [row for row in EventRecord.objects.values_list("facts", flat=True) if signature in str(row)]
    assert signature not in str(list(Invitation.objects.values()))


def test_whoever_has_left_or_whose_account_is_closed_finds_it_shut(an: Clerk, engage: Callable[..., Clerk]) -> None:
    closed = engage("Lê Văn Sang", "sang@camau.gov.vn", password="")
    links = [token(link(an)), token(link(closed))]
    leave(an.officer_id, left_date=NOW.date(), by=SYSTEM, at=NOW)
    close_account(closed.account.id, by=SYSTEM, at=NOW)
    for one in links:
        assert invited_by(one, at=NOW) is None
        with pytest.raises(InvitationOver):
            accept_invitation(one, password=NEW, by=ANONYMOUS, at=NOW)
    for account in (an.account, closed.account):
        with pytest.raises(NotToInvite):
            invite(account.id, by_mail=True, until=NOW + HANDED_OVER, by=SYSTEM, at=NOW)


def test_a_password_follows_the_same_rules_as_any_other(an: Clerk) -> None:
    with pytest.raises(PasswordWeak):
        accept_invitation(token(link(an)), password="12345678901234567890", by=ANONYMOUS, at=NOW)


def test_one_who_lost_his_password_is_invited_anew_and_signed_out_everywhere(engage: Callable[..., Clerk]) -> None:
    clerk, client = engage("Lê Văn Sang", "sang@camau.gov.vn"), Client()
    client.post("/desk/sign-in/", {"email": clerk.email, "password": PASSWORD})
    assert client.get("/desk/tokens/").status_code == 200
    Client().post(link(clerk, lasting=FOREVER), {"password": NEW})
    assert client.get("/desk/tokens/").status_code == 302


def test_an_administrator_goes_on_to_the_second_factor(world: World) -> None:
    at = now()
    made = invite(world.officers["administrator"], by_mail=False, until=at + HANDED_OVER, by=SYSTEM, at=at)
    client = Client()
    answer = client.post(link_of(made.id), {"password": NEW})
    assert (answer.headers["Location"], "_auth_user_id" in client.session) == ("/sign-in/second-factor/", False)
    assert "Cài đặt xác thực bước hai" in client.get("/sign-in/second-factor/").content.decode()


def test_only_administrators_invite_and_only_officers(world: World) -> None:
    at = now()
    with pytest.raises(NotAllowed):
        invite(world.officers["clerk"], by_mail=True, until=at, by=world.officer("chairman"), at=at)
    with pytest.raises(NotFound):
        invite(world.citizens["mother"], by_mail=True, until=at, by=world.officer("administrator"), at=at)
