"""An administrator signs somebody out of everything, or everybody; the accounts stay open."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as site
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client

from camaug.access import endings
from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.end_expired import end_expired
from camaug.access.actions.issue_token import issue_token
from camaug.access.actions.note_session import note_sign_in
from camaug.access.actions.open_machine_account import Machine, open_machine_account
from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.actions.sign_out_everybody import sign_out_everybody
from camaug.access.actions.sign_out_everywhere import OwnSessions, sign_out_everywhere
from camaug.access.models import Account, AccountDecision, OpenSession
from camaug.access.queries import actor_of, caller_by_secret
from camaug.access.web.session import MARK
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.kernel.problems import NotSignedIn
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from tests.callers import program_of
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


def test_nobody_ends_his_own_so_nor_a_programs_nor_does_one_who_does_not_administer(world: World) -> None:
    by = world.officer("administrator")
    with pytest.raises(OwnSessions):
        sign_out_everywhere(world.officers["administrator"], reason=WHY, by=by, at=AT)
    with pytest.raises(NotAllowed):
        sign_out_everywhere(world.officers["clerk"], reason=WHY, by=world.officer("chairman"), at=AT)
    with pytest.raises(NotFound):
        sign_out_everywhere(uuid7(), reason=WHY, by=by, at=AT)
    machine = Machine(kind="SERVICE", name="Chép lưu", purpose="Đối soát hằng đêm", owner=MAIL, days=30)
    open_machine_account(machine, by=by, at=AT)
    with pytest.raises(NotFound):
        sign_out_everywhere(Account.objects.get(kind="SERVICE").id, reason=WHY, by=by, at=AT)
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


PAGE = "/desk/administration/sessions/"


def signed_in(account_id: UUID) -> Client:
    """A browser in which the account is signed in, noted as it is at a sign-in."""
    browser, account = Client(), Account.objects.get(pk=account_id)
    enter(browser, account)
    by, key = actor_of(account, at=now(), origin=""), str(browser.session.session_key)
    note_sign_in(account, how="code", session_key=key, agent="", by=by, at=now())
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/account/security/").status_code == 200


@pytest.mark.parametrize("named", ["0918000123", "nguyenthilan@example.com", "096 194 000 123", MAIL])
def test_whoever_is_named_is_signed_out_also_a_citizen(world: World, named: str) -> None:
    Account.objects.filter(pk=world.citizens["mother"]).update(email="nguyenthilan@example.com")
    mother, clerk = signed_in(world.citizens["mother"]), signed_in(world.officers["clerk"])
    desk = desk_of(world, "administrator")
    shown = desk.get(PAGE).context["signed_in"]
    assert (shown.office, shown.public) == (1, 1)
    assert desk.post(PAGE, {"named": named, "reason": WHY}).headers["Location"] == PAGE
    assert (is_in(mother), is_in(clerk)) == ((True, False) if named == MAIL else (False, True))
    assert AccountDecision.objects.get().reason == WHY
    assert EventRecord.objects.filter(name="access.SignedOutEverywhere").count() == 1


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"named": "0918000123", "reason": ""}, "reason"),
        ({"named": "0999999999", "reason": WHY}, "named"),
        ({"named": "ai đó", "reason": WHY}, "named"),
        ({"named": "stttt_nguyenhuuphuoc@camau.gov.vn", "reason": WHY}, "named"),
        ({"everybody": "1", "why": WHY}, "sure"),
        ({"everybody": "1", "why": " ", "sure": "yes"}, "why"),
    ],
)
def test_what_is_not_right_is_said_beside_its_field_and_ends_nothing(
    world: World, typed: dict[str, str], wrong: str
) -> None:
    mother = signed_in(world.citizens["mother"])
    answer = desk_of(world, "administrator").post(PAGE, typed)
    assert (answer.status_code, list(answer.context["errors"])) == (422, [wrong])
    assert is_in(mother)
    assert not AccountDecision.objects.exists()


def test_everybody_is_signed_out_at_once_but_for_whoever_does_so(world: World) -> None:
    others = [signed_in(one) for one in (world.citizens["mother"], world.officers["clerk"], world.officers["chairman"])]
    desk = desk_of(world, "administrator")
    program = program_of(world.officer("clerk"))
    answer = desk.post(PAGE, {"everybody": "1", "why": WHY, "sure": "yes"})
    assert answer.headers["Location"] == PAGE
    assert [is_in(one) for one in others] == [False] * 3
    assert is_in(desk)
    assert program.get("/me").status_code == 200
    assert desk.get(PAGE).context["signed_in"].public == 0
    told = EventRecord.objects.get(name="access.EverybodySignedOut")
    assert (told.subject_id, told.facts) == (world.officers["administrator"], {"count": 3})
    assert AccountDecision.objects.get().reason == WHY
    assert "Đã đăng xuất mọi người" in desk.get(page_of(world, "administrator")).content.decode()


def test_an_answer_under_way_does_not_bring_a_session_back(world: World) -> None:
    mother = signed_in(world.citizens["mother"])
    under_way = mother.session
    assert MARK not in under_way  # it is read by now
    sign_out_everybody(but="", reason=WHY, by=world.officer("administrator"), at=now())
    under_way["typed"] = "x"
    with pytest.raises(UpdateError):
        under_way.save()
    assert not is_in(mother)


def test_what_was_entered_from_them_ends_too(world: World) -> None:
    browser = signed_in(world.citizens["mother"])
    session = browser.session
    session[MARK] = str(uuid7())
    session.save()
    told: list[str] = []
    endings.register(lambda session, *, by, at: told.append(session.get(MARK, "")))
    try:
        sign_out_everybody(but="", reason=WHY, by=world.officer("administrator"), at=now())
        end_expired(by=SYSTEM, at=now())
    finally:
        endings._ENDINGS.pop()
    assert told == [session[MARK]]
    assert not Session.objects.exists()


def test_nobody_else_signs_everybody_out(world: World) -> None:
    mother = signed_in(world.citizens["mother"])
    with pytest.raises(NotAllowed):
        sign_out_everybody(but="", reason=WHY, by=world.officer("chairman"), at=now())
    assert desk_of(world, "chairman").post(PAGE, {"everybody": "1", "why": WHY, "sure": "yes"}).status_code == 404
    assert is_in(mother)
