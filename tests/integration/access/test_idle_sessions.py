"""A session in which nobody does anything falls asleep; its owner wakes it, and nothing that he typed is lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.models import Account, ApiToken, OpenSession
from camaug.cases.actions.start import start
from camaug.cases.models import Case
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.kernel.pages import BY_ITSELF
from tests.desks import desk_of
from tests.integration.access.conftest import PASSWORD, Clerk
from tests.integration.access.test_citizens_sign_in import sent_code
from tests.integration.access.test_second_factors import (
    CONFIRM,
    SIGN_IN,
    TOKEN,
    held_form,
    is_in,
    password,
    shown_now,
    with_application,
)
from tests.sessions import enter, leave_alone
from tests.world import AT, World

MINUTE = timedelta(minutes=1)
PAGE = "/account/security/"
ASKED = f"{CONFIRM}?next=%2Faccount%2Fsecurity%2F"


def activated(world: World, key: str) -> Clerk:
    """An officer of the cast who has chosen his password."""
    account = Account.objects.get(pk=world.officers[key])
    activate_officer(str(account.email), password=PASSWORD, by=SYSTEM, at=AT)
    account.refresh_from_db()
    officer = world.officer(key)
    assert account.officer_id
    return Clerk(account, account.officer_id, officer.posts[0].id, str(account.email))


@pytest.fixture
def an(world: World) -> Clerk:
    """The clerk."""
    return activated(world, "clerk")


@pytest.fixture
def browser(an: Clerk) -> Client:
    """An's, signed in by his password."""
    opened = Client()
    password(opened, an)
    return opened


def noted(browser: Client) -> object:
    return OpenSession.objects.get(session_key=browser.session.session_key).seen_at


def updates(browser: Client, **headers: str) -> int:
    """How many statements note the use of the session while the page is shown."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(PAGE, **headers).status_code == 200
    return sum('UPDATE "access_opensession"' in one["sql"] for one in seen.captured_queries)


def test_its_very_next_request_is_asked_who_is_there(browser: Client) -> None:
    leave_alone(browser, 59 * MINUTE)
    assert browser.get(PAGE).status_code == 200
    leave_alone(browser, 61 * MINUTE)
    assert browser.get(PAGE).headers["Location"] == ASKED
    assert browser.get("/desk/tokens/").status_code == 302
    assert browser.get("/khong-co-trang-nay/").status_code == 404


def test_on_pages_for_everybody_it_is_a_strangers_and_the_halls_display_goes_on(world: World) -> None:
    clerk = desk_of(world, "clerk")
    assert clerk.get("/").context["request"].actor.account_id == world.officers["clerk"]
    assert clerk.get("/api/v1/me").json()["kind"] == "STAFF"
    leave_alone(clerk, 61 * MINUTE)
    home = clerk.get("/").context["request"]
    assert (home.actor.account_id, home.user.is_authenticated) == (None, False)
    assert clerk.get("/api/v1/me").json()["kind"] == "ANONYMOUS"
    assert clerk.get(SIGN_IN).status_code == 200


def test_its_owner_wakes_it_and_nothing_else_does(browser: Client) -> None:
    leave_alone(browser, 61 * MINUTE)
    page = browser.get(ASKED)
    assert "60 phút" in page.content.decode()
    assert browser.post(ASKED, {"confirm-password": "sai"}).status_code == 422
    assert browser.get(PAGE).headers["Location"] == ASKED
    before = browser.session.session_key
    assert browser.post(ASKED, {"confirm-password": PASSWORD}).headers["Location"] == PAGE
    assert browser.session.session_key != before
    assert browser.get(PAGE).status_code == 200
    assert [one.current for one in browser.get(PAGE).context["sessions"]] == [True]


def test_who_has_a_second_factor_wakes_it_by_that(an: Clerk, client: Client) -> None:
    with_application(an)
    enter(client, an.account, ago=61 * MINUTE)
    assert client.post(ASKED, {"confirm-password": PASSWORD}).status_code == 422
    assert client.post(ASKED, {"confirm-code": shown_now()}).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_what_an_officer_was_typing_is_kept_and_goes_on(browser: Client) -> None:
    leave_alone(browser, 61 * MINUTE)
    asked = browser.post("/desk/tokens/", TOKEN)
    assert asked.status_code == 403
    assert not ApiToken.objects.exists()
    held, action = held_form(asked.content.decode()), asked.context["action"]
    assert held["name"] == TOKEN["name"]
    answer = browser.post(action, {**held, "confirm-password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (307, "/desk/tokens/")
    assert browser.post("/desk/tokens/", {**held, "confirm-password": PASSWORD}).context["secret"]


def test_what_a_citizen_was_typing_is_kept_and_goes_on(world: World, client: Client) -> None:
    case = start("dang-ky-khai-sinh", by=world.citizen("mother"), at=AT)
    enter(client, Account.objects.get(pk=world.citizens["mother"]), ago=119 * MINUTE)
    page = f"/applications/{case.id}/pages/ten-con/"
    assert client.get(page).status_code == 200
    leave_alone(client, 2 * MINUTE)
    asked = client.post(page, {"child_name": "Nguyễn Gia Bảo"})
    held, action = held_form(asked.content.decode()), asked.context["action"]
    assert (asked.status_code, held["child_name"]) == (403, "Nguyễn Gia Bảo")
    client.post(action, {**held, "confirm-send": "1"})
    assert client.post(action, {**held, "confirm-sent": sent_code()}).status_code == 307
    client.post(page, held)
    assert Case.objects.get(pk=case.pk).answers["child_name"] == "Nguyễn Gia Bảo"


def test_a_form_from_elsewhere_is_refused_and_not_held(an: Clerk) -> None:
    strict = Client(enforce_csrf_checks=True)
    enter(strict, an.account, ago=61 * MINUTE)
    answer = strict.post("/desk/tokens/", TOKEN)
    assert answer.status_code == 403
    assert TOKEN["name"] not in answer.content.decode()


def test_its_use_is_noted_once_in_five_minutes(browser: Client) -> None:
    assert [updates(browser) for _ in range(3)] == [0, 0, 0]
    leave_alone(browser, 6 * MINUTE)
    assert [updates(browser) for _ in range(3)] == [1, 0, 0]


def test_a_page_that_renews_itself_keeps_no_session_awake(browser: Client) -> None:
    leave_alone(browser, 30 * MINUTE)
    before = noted(browser)
    by_itself = {f"HTTP_{BY_ITSELF.upper().replace('-', '_')}": "1"}
    assert updates(browser, **by_itself) == 0
    browser.get("/")
    assert noted(browser) == before
    leave_alone(browser, 31 * MINUTE)
    answer = browser.get(PAGE, **by_itself)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (403, "true")


@pytest.mark.parametrize("header", ["HTTP_HX_REQUEST", "HTTP_SEC_FETCH_MODE"])
def test_a_script_is_told_in_a_sentence_and_no_page_comes_in_the_midst_of_another(browser: Client, header: str) -> None:
    leave_alone(browser, 61 * MINUTE)
    answer = browser.post("/desk/tokens/", TOKEN, **{header: "cors"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert "HX-Refresh" not in answer.headers


def test_whoever_else_sits_there_signs_the_first_one_out(world: World, browser: Client) -> None:
    binh = activated(world, "specialist")
    leave_alone(browser, 61 * MINUTE)
    password(browser, binh)
    assert is_in(browser, binh)
    assert OpenSession.objects.get().account == binh.account
    assert EventRecord.objects.filter(name="access.SignedOut").count() == 1


def test_it_can_be_signed_out_without_waking(browser: Client) -> None:
    leave_alone(browser, 61 * MINUTE)
    assert browser.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in browser.session
    assert not OpenSession.objects.exists()


def test_its_owner_may_sign_in_anew_as_well(browser: Client, an: Clerk) -> None:
    leave_alone(browser, 61 * MINUTE)
    before = browser.session.session_key
    password(browser, an)
    assert browser.get(PAGE).status_code == 200
    assert browser.session.session_key != before
    assert OpenSession.objects.count() == 1


def test_its_row_knows_the_mark_by_which_what_was_entered_from_it_is_found(browser: Client) -> None:
    row = OpenSession.objects.get(session_key=browser.session.session_key)
    assert str(row.mark) == browser.session["mark"]
