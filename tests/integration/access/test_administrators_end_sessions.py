"""An administrator signs an officer out of everything; his account stays open."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.test import Client

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.issue_token import issue_token
from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.actions.sign_out_everywhere import OwnSessions, sign_out_everywhere
from camaug.access.models import Account, AccountDecision, OpenSession
from camaug.access.queries import caller_by_secret
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.problems import NotSignedIn
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from tests.desks import desk_of
from tests.sessions import enter
from tests.world import AT, World

MAIL, PASSWORD, WHY = "tanan_tranthiminh@camau.gov.vn", "rừng đước Năm Căn 1", "Mất máy tính xách tay"


@pytest.fixture
def browsers(world: World) -> list[Client]:
    """The clerk's, signed in by her password at two places."""
    activate_officer(MAIL, password=PASSWORD, by=SYSTEM, at=AT)
    opened = [Client(), Client()]
    for browser in opened:
        browser.post("/desk/sign-in/", {"email": MAIL, "password": PASSWORD})
        assert browser.get("/desk/tokens/").status_code == 200
    return opened


def page_of(world: World, key: str) -> str:
    return f"/desk/administration/officers/{Account.objects.get(pk=world.officers[key]).officer_id}/account/"


def test_the_next_request_of_every_browser_and_program_is_a_strangers(world: World, browsers: list[Client]) -> None:
    clerk = world.officers["clerk"]
    made = issue_token("Chương trình", scopes=("read",), days=90, level="LoA1", by=world.officer("clerk"), at=AT)
    sign_out_everywhere(clerk, reason=WHY, by=world.officer("administrator"), at=now())
    for browser in browsers:
        assert browser.get("/desk/tokens/").headers["Location"].startswith("/desk/sign-in/")
        assert browser.post("/desk/tokens/", {"name": "x"}).headers["Location"].startswith("/desk/sign-in/")
    with pytest.raises(NotSignedIn):
        caller_by_secret(made.secret, at=now(), origin="")
    assert not OpenSession.objects.filter(account_id=clerk).exists()
    assert not Session.objects.exists()


def test_it_is_written_down_with_its_reason_and_the_account_stays_open(world: World, browsers: list[Client]) -> None:
    clerk = world.officers["clerk"]
    sign_out_everywhere(clerk, reason=f" {WHY} ", by=world.officer("administrator"), at=now())
    told = EventRecord.objects.get(name="access.SignedOutEverywhere")
    assert (told.subject_id, told.actor_id) == (clerk, world.officers["administrator"])
    assert EventRecord.objects.get(name="access.SessionEnded").facts == {"count": 2}
    assert AccountDecision.objects.get().reason == WHY
    answer = browsers[0].post("/desk/sign-in/", {"email": MAIL, "password": PASSWORD})
    assert answer.headers["Location"] == "/desk/"


def test_nobody_ends_his_own_so_nor_a_citizens_nor_does_one_who_does_not_administer(world: World) -> None:
    by = world.officer("administrator")
    with pytest.raises(OwnSessions):
        sign_out_everywhere(world.officers["administrator"], reason=WHY, by=by, at=AT)
    with pytest.raises(NotAllowed):
        sign_out_everywhere(world.officers["clerk"], reason=WHY, by=world.officer("chairman"), at=AT)
    with pytest.raises(NotFound):
        sign_out_everywhere(world.citizens["mother"], reason=WHY, by=by, at=AT)
    assert not AccountDecision.objects.exists()


def test_without_a_reason_nothing_ends(world: World, browsers: list[Client]) -> None:
    for reason in (" ", "x" * 501):
        with pytest.raises(WhyMissing):
            sign_out_everywhere(world.officers["clerk"], reason=reason, by=world.officer("administrator"), at=AT)
    assert [browser.get("/desk/tokens/").status_code for browser in browsers] == [200, 200]


def test_it_is_done_on_the_page_of_the_account_and_the_officer_is_told(world: World, browsers: list[Client]) -> None:
    load_profile(site.PROFILE, at=AT, progress=lambda _done, _total: None)
    desk, page = desk_of(world, "administrator"), page_of(world, "clerk")
    assert desk.get(page).context["signed_in"] == 2
    assert "Đăng xuất khỏi mọi thiết bị" in desk.get(page).content.decode()
    assert desk.post(f"{page}sessions/", {"reason": ""}).status_code == 422
    assert desk.post(f"{page}sessions/", {"reason": WHY}).headers["Location"] == page
    assert [browser.get("/desk/tokens/").status_code for browser in browsers] == [302, 302]
    after = desk.get(page)
    assert after.context["signed_in"] == 0
    assert WHY in after.content.decode()
    tell = next(one for one in subscribers() if one.name == "notify.accounts")
    tell.react(list(EventRecord.objects.filter(name="access.SignedOutEverywhere")))
    assert "Nguyễn Hữu Phước" in Message.objects.get(account_id=world.officers["clerk"]).body
    own = page_of(world, "administrator")
    assert "Đăng xuất khỏi mọi thiết bị" not in desk.get(own).content.decode()
    assert desk.post(f"{own}sessions/", {"reason": WHY}).status_code == 422


def test_a_proof_of_an_hour_ago_is_not_enough(world: World, browsers: list[Client]) -> None:
    desk = Client()
    enter(desk, Account.objects.get(pk=world.officers["administrator"]), ago=timedelta(hours=1))
    assert desk.post(f"{page_of(world, 'clerk')}sessions/", {"reason": WHY}).status_code == 403
    assert [browser.get("/desk/tokens/").status_code for browser in browsers] == [200, 200]


def test_whoever_keeps_the_system_running_is_signed_out_alike(world: World) -> None:
    operator = world.officers["operator"]
    sign_out_everywhere(operator, reason=WHY, by=world.officer("administrator"), at=AT)
    assert AccountDecision.objects.get().account_id == operator
