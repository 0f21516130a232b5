"""The second factor of those who must have one, of those who want one, and before a decision."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from camaug.access import demo
from camaug.access.actions.prove_factor import FactorWrong, prove_factor
from camaug.access.actions.remove_factor import LastFactor, remove_factor
from camaug.access.actions.renew_recovery_codes import NoFactor, renew_recovery_codes
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.authentication import Method
from camaug.access.models import Account, Factor, RecoveryCode
from camaug.access.queries import actor_of, demo_code, factors_of
from camaug.access.totp import PERIOD, code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from camaug.kernel.rest import Scope
from camaug.people.loading import load_role_book
from camaug.people.models import Role
from config.environment import networks
from tests.integration.access.conftest import NOW, PASSWORD, Clerk, let_administer
from tests.sessions import enter

SIGN_IN, SECOND, CONFIRM = "/desk/sign-in/", "/sign-in/second-factor/", "/account/confirm/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
OUTSIDE = "203.0.113.9"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Nguyễn Văn An", "an@camau.gov.vn")


@pytest.fixture
def head(engage: Callable[..., Clerk]) -> Clerk:
    """An administrator."""
    Role.objects.create(code="ADMINISTRATOR", name="Quản trị hệ thống")
    load_role_book(site.PROFILE, at=now(), progress=lambda _done, _total: None)
    found = engage("Lê Thị Chi", "chi@camau.gov.vn")
    let_administer(found, at=NOW)
    Account.objects.filter(pk=found.account.id).update(password_at=timezone.now())
    return found


def with_application(who: Clerk, *, secret: str = SECRET) -> tuple[str, ...]:
    """Set up some minutes ago, so that every code of now is unused; returns the recovery codes."""
    at = timezone.now() - timedelta(minutes=5)
    return set_up_totp(who.account.id, secret=secret, digits=code_at(secret, step_of(at)), by=SYSTEM, at=at)


def shown_now(*, later: int = 0) -> str:
    return code_at(SECRET, step_of(timezone.now()) + later)


def password(client: Client, who: Clerk, **more: Any) -> str:
    response = client.post(SIGN_IN, {"email": who.email, "password": PASSWORD, "next": "/desk/tokens/"}, **more)
    assert response.status_code == 302
    return str(response.headers["Location"])


def is_in(client: Client, who: Clerk) -> bool:
    return bool(client.session.get("_auth_user_id") == str(who.account.id))


def test_a_password_alone_opens_nothing_of_one_who_has_an_application(client: Client, an: Clerk) -> None:
    with_application(an)
    assert password(client, an) == SECOND
    assert not is_in(client, an)
    assert client.get("/desk/tokens/").headers["Location"].startswith(SIGN_IN)
    answer = client.post(SECOND, {"code": shown_now()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/tokens/")
    assert is_in(client, an)
    assert EventRecord.objects.get(name="access.SignedIn").facts == {"how": "password+totp"}


def test_a_wrong_code_is_refused_and_after_five_even_the_right_one_waits(client: Client, an: Clerk) -> None:
    with_application(an)
    password(client, an)
    wrong = f"{(int(shown_now()) + 1) % 10**6:06d}"
    assert [client.post(SECOND, {"code": wrong}).status_code for _ in range(5)] == [422] * 5
    assert client.post(SECOND, {"code": shown_now()}).status_code == 429
    assert not is_in(client, an)


def test_a_code_works_once(an: Clerk) -> None:
    with_application(an)
    first, second = Client(), Client()
    used = shown_now()
    for browser in (first, second):
        password(browser, an)
        browser.post(SECOND, {"code": used})
    assert (is_in(first, an), is_in(second, an)) == (True, False)


def test_a_code_of_long_ago_is_refused(an: Clerk) -> None:
    with_application(an)
    at = timezone.now()
    with pytest.raises(FactorWrong):
        prove_factor(an.account.id, code=code_at(SECRET, step_of(at) - 2), by=SYSTEM, at=at)
    assert prove_factor(an.account.id, code=code_at(SECRET, step_of(at) - 1), by=SYSTEM, at=at) == Method.TOTP


def test_a_recovery_code_works_once_however_it_is_typed(an: Clerk) -> None:
    codes = with_application(an)
    assert len(set(codes)) == 10
    first, second = Client(), Client()
    for browser, typed in ((first, codes[3].lower()), (second, codes[3].replace("-", " "))):
        password(browser, an)
        browser.post(SECOND, {"code": typed})
    assert (is_in(first, an), is_in(second, an)) == (True, False)
    assert factors_of(an.account.id).codes_left == 9
    assert not any(code in str(row.facts) for row in EventRecord.objects.all() for code in codes)


def test_one_account_s_recovery_codes_are_no_other_s(an: Clerk, engage: Callable[..., Clerk]) -> None:
    binh = engage("Trần Thị Bình", "binh@camau.gov.vn")
    codes, _others = with_application(an), with_application(binh)
    with pytest.raises(FactorWrong):
        prove_factor(binh.account.id, code=codes[0], by=SYSTEM, at=timezone.now())


def test_the_secret_is_not_readable_in_the_database(an: Clerk) -> None:
    codes = with_application(an)
    row = Factor.objects.get(account=an.account)
    assert SECRET not in row.concealed
    assert not any(code in digest for code in codes for digest in RecoveryCode.objects.values_list("digest", flat=True))
    Factor.objects.filter(pk=row.pk).update(concealed=row.concealed[:-8] + "AAAAAAA=")
    with pytest.raises(FactorWrong):
        prove_factor(an.account.id, code=shown_now(), by=SYSTEM, at=timezone.now())


def test_the_session_gets_a_new_key_and_nothing_of_the_first_step_stays(client: Client, an: Clerk) -> None:
    with_application(an)
    password(client, an)
    before = client.session.session_key
    client.post(SECOND, {"code": shown_now()})
    assert client.session.session_key != before
    assert "half_way" not in client.session


def test_the_second_step_is_nobodys_without_the_first(client: Client, an: Clerk) -> None:
    with_application(an)
    assert client.get(SECOND).headers["Location"] == "/sign-in/"
    assert client.post(SECOND, {"code": shown_now()}).headers["Location"] == "/sign-in/"


def test_the_second_step_is_waited_for_ten_minutes(client: Client, an: Clerk) -> None:
    with_application(an)
    password(client, an)
    session = client.session
    session["half_way"] = {**session["half_way"], "at": (timezone.now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert client.post(SECOND, {"code": shown_now()}).headers["Location"] == "/sign-in/"
    assert not is_in(client, an)


def test_an_administrator_sets_up_the_application_at_the_first_sign_in(client: Client, head: Clerk) -> None:
    assert password(client, head) == SECOND
    page = client.get(SECOND)
    secret = page.context["secret"].replace(" ", "")
    assert client.get(SECOND).context["secret"] == page.context["secret"]
    assert "<svg" in page.content.decode()
    assert (
        client.post(
            SECOND, {"code": "000000" if code_at(secret, step_of(timezone.now())) != "000000" else "1"}
        ).status_code
        == 422
    )
    answer = client.post(SECOND, {"code": code_at(secret, step_of(timezone.now()))})
    assert answer.headers["Location"].startswith("/account/security/recovery-codes/new/")
    assert is_in(client, head)
    codes = client.get(answer.headers["Location"])
    assert len(codes.context["codes"]) == 10
    assert codes.context["next"] == "/desk/tokens/"
    again = client.get(answer.headers["Location"])
    assert again.headers["Location"] == "/desk/tokens/"
    assert secret not in str(dict(client.session))


def test_from_outside_a_password_is_not_enough_to_bring_ones_own_application(
    client: Client, an: Clerk, settings: Settings
) -> None:
    settings.INSIDE_NETWORKS = networks("10.0.0.0/8,127.0.0.0/8")
    assert password(client, an) == "/desk/tokens/"
    away = Client(REMOTE_ADDR=OUTSIDE)
    assert password(away, an) == SECOND
    answer = away.get(SECOND)
    assert answer.status_code == 403
    assert "<svg class=" not in answer.content.decode()
    with_application(an)
    password(away, an)
    assert away.post(SECOND, {"code": shown_now()}).status_code == 302
    assert is_in(away, an)


def test_a_session_that_leaves_the_house_is_a_strangers(client: Client, an: Clerk, settings: Settings) -> None:
    settings.INSIDE_NETWORKS = networks("10.0.0.0/8,127.0.0.0/8")
    password(client, an)
    assert client.get("/desk/tokens/").status_code == 200
    assert client.get("/desk/tokens/", REMOTE_ADDR=OUTSIDE).headers["Location"].startswith(SIGN_IN)


def test_whoever_becomes_an_administrator_signs_in_again_with_two(client: Client, an: Clerk) -> None:
    Role.objects.create(code="ADMINISTRATOR", name="Quản trị hệ thống")
    load_role_book(site.PROFILE, at=now(), progress=lambda _done, _total: None)
    password(client, an)
    let_administer(an, at=timezone.now())
    assert client.get("/desk/tokens/").headers["Location"].startswith(SIGN_IN)
    assert client.get(SIGN_IN).status_code == 200


def test_an_administrator_keeps_a_second_factor(head: Clerk) -> None:
    with_application(head)
    actor = actor_of(head.account, at=NOW, origin="")
    with pytest.raises(LastFactor):
        remove_factor(factors_of(head.account.id).all[0].id, by=actor, at=NOW)


def test_an_officer_sets_up_and_removes_one_on_the_page_of_his_security(client: Client, an: Clerk) -> None:
    enter(client, an.account, shown=(Method.PASSWORD,))
    secret = client.get("/account/security/application/").context["secret"].replace(" ", "")
    answer = client.post("/account/security/application/", {"code": code_at(secret, step_of(timezone.now()))})
    assert answer.status_code == 302
    factors = factors_of(an.account.id)
    assert factors.has_application
    assert client.get("/account/security/").context["factors"] == factors
    removal = f"/account/security/factors/{factors.all[0].id}/removal/"
    assert client.post(removal).status_code == 302
    assert factors_of(an.account.id) == type(factors)((), 0)
    actor = actor_of(an.account, at=NOW, origin="")
    with pytest.raises(NoFactor):
        renew_recovery_codes(by=actor, at=NOW)


def test_new_recovery_codes_end_the_old_ones(client: Client, an: Clerk) -> None:
    old = with_application(an)
    enter(client, an.account)
    page = client.post("/account/security/recovery-codes/", follow=True)
    new = page.context["codes"]
    assert not set(new) & set(old)
    with pytest.raises(FactorWrong):
        prove_factor(an.account.id, code=old[0], by=SYSTEM, at=timezone.now())
    assert prove_factor(an.account.id, code=new[0], by=SYSTEM, at=timezone.now()) == Method.RECOVERY


def test_nobody_touches_anothers_factor(client: Client, an: Clerk, engage: Callable[..., Clerk]) -> None:
    with_application(an)
    enter(client, engage("Trần Thị Bình", "binh@camau.gov.vn").account)
    path = f"/account/security/factors/{factors_of(an.account.id).all[0].id}/removal/"
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


TOKEN = {"name": "máy của tôi", "scopes": [Scope.READ], "days": "7"}


def held_form(content: str) -> dict[str, str]:
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', content))
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def test_what_is_sent_too_late_is_asked_about_and_then_sent_as_it_was(client: Client, an: Clerk) -> None:
    enter(client, an.account, shown=(Method.PASSWORD,), ago=timedelta(minutes=31))
    assert client.get("/desk/tokens/").status_code == 200
    asked = client.post("/desk/tokens/", TOKEN)
    assert asked.status_code == 403
    held = held_form(asked.content.decode())
    assert held["name"] == "máy của tôi"
    action = asked.context["action"]
    refused = client.post(action, {**held, "confirm-password": "sai"})
    assert refused.status_code == 422
    assert held_form(refused.content.decode()) == held
    before = client.session.session_key
    answer = client.post(action, {**held, "confirm-password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (307, "/desk/tokens/")
    assert client.session.session_key != before
    assert EventRecord.objects.get(name="access.IdentityConfirmed").facts == {"how": "password"}
    made = client.post(answer.headers["Location"], {**held, "confirm-password": PASSWORD})
    assert (made.status_code, bool(made.context["secret"])) == (200, True)


def test_whoever_has_an_application_confirms_by_it(client: Client, an: Clerk) -> None:
    with_application(an)
    enter(client, an.account, ago=timedelta(minutes=31))
    asked = client.post("/desk/tokens/", TOKEN)
    assert not asked.context["by_password"]
    assert client.post(asked.context["action"], {"confirm-code": shown_now()}).headers["Location"] == "/desk/tokens/"
    assert client.post("/desk/tokens/", TOKEN).context["secret"]


def test_a_stale_form_from_elsewhere_is_refused_and_not_held(an: Clerk) -> None:
    strict = Client(enforce_csrf_checks=True)
    enter(strict, an.account, shown=(Method.PASSWORD,), ago=timedelta(minutes=31))
    answer = strict.post("/desk/tokens/", TOKEN)
    assert answer.status_code == 403
    assert TOKEN["name"] not in answer.content.decode()


def test_a_password_confirms_nothing_beside_a_second_factor(client: Client, an: Clerk) -> None:
    enter(client, an.account, shown=(Method.PASSWORD,), ago=timedelta(minutes=31))
    with_application(an)
    answer = client.post(f"{CONFIRM}?next=/desk/tokens/", {"confirm-password": PASSWORD})
    assert answer.status_code == 422
    assert client.post("/desk/tokens/", TOKEN).status_code == 403


def test_who_has_no_factor_any_more_is_not_asked_for_one(client: Client, an: Clerk) -> None:
    with_application(an)
    enter(client, an.account)
    assert client.post(f"/account/security/factors/{factors_of(an.account.id).all[0].id}/removal/").status_code == 302
    shown = [one["method"] for one in client.session["account_authentication_methods"]]
    assert shown == ["password"]


def test_a_page_that_shows_secrets_asks_before_it_shows_them(client: Client, an: Clerk) -> None:
    enter(client, an.account, shown=(Method.PASSWORD,), ago=timedelta(minutes=31))
    answer = client.get("/account/security/application/")
    assert answer.headers["Location"] == f"{CONFIRM}?next=%2Faccount%2Fsecurity%2Fapplication%2F"
    confirmed = client.post(answer.headers["Location"], {"confirm-password": PASSWORD})
    assert (confirmed.status_code, confirmed.headers["Location"]) == (302, "/account/security/application/")


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example/", "/\\evil.example/"])
def test_confirming_leads_out_of_this_site_never(client: Client, an: Clerk, asked: str) -> None:
    enter(client, an.account, shown=(Method.PASSWORD,))
    answer = client.post(f"{CONFIRM}?next={asked}", {"confirm-password": PASSWORD, "confirm-held": "1"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "path", [SECOND, CONFIRM, "/account/security/application/", "/account/security/recovery-codes/"]
)
def test_a_form_from_elsewhere_is_refused(an: Clerk, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    enter(strict, an.account)
    assert strict.post(path, {"code": "1"}).status_code == 403


@pytest.mark.parametrize(("second", "codes"), [(0, 3), (15, 3), (16, 2), (29, 2)])
def test_a_demonstration_shows_unused_codes_of_its_cast_and_each_is_still_taken_once_it_is_typed(
    an: Clerk, second: int, codes: int
) -> None:
    with_application(an, secret=demo.TOTP_SECRET)
    at = datetime.fromtimestamp(step_of(timezone.now()) * PERIOD + second, UTC)
    typed = at + timedelta(seconds=14)
    seen = 0
    while (shown := demo_code(an.account.id, at=at)) and shown.code:
        seen += 1
        assert prove_factor(an.account.id, code=shown.code, by=SYSTEM, at=typed) == Method.TOTP
    assert seen == codes
    assert shown
    assert shown.seconds == PERIOD - second


def test_a_demonstration_shows_no_code_of_anybody_else(engage: Callable[..., Clerk]) -> None:
    binh = engage("Trần Thị Bình", "binh@camau.gov.vn")
    with_application(binh)
    assert demo_code(binh.account.id, at=timezone.now()) is None


def test_an_officer_sees_where_he_is_signed_in_and_signs_out_there_at_once(an: Clerk) -> None:
    here, there, third = Client(), Client(), Client()
    chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    password(there, an, HTTP_USER_AGENT=chrome)
    password(third, an)
    password(here, an)
    shown = here.get("/account/security/").context["sessions"]
    assert [(one.current, one.device) for one in shown] == [(True, ""), (False, ""), (False, "Chrome, Windows")]
    ending = "/account/security/sessions/ending/"
    assert here.post(ending, {"session": str(shown[2].id)}).status_code == 302
    assert there.get("/desk/tokens/").headers["Location"].startswith(SIGN_IN)
    assert third.get("/desk/tokens/").status_code == 200
    here.post(ending)
    assert third.get("/desk/tokens/").headers["Location"].startswith(SIGN_IN)
    assert [one.current for one in here.get("/account/security/").context["sessions"]] == [True]
    assert EventRecord.objects.filter(name="access.SessionEnded", subject_id=an.account.id).count() == 2


def test_nobody_signs_another_out(an: Clerk, engage: Callable[..., Clerk]) -> None:
    binh = engage("Trần Thị Bình", "binh@camau.gov.vn")
    mine, his = Client(), Client()
    password(mine, an)
    password(his, binh)
    session = mine.get("/account/security/").context["sessions"][0]
    assert his.post("/account/security/sessions/ending/", {"session": str(session.id)}).status_code == 404
    assert mine.get("/desk/tokens/").status_code == 200


def test_a_session_that_goes_on_under_a_new_key_stays_in_the_list(client: Client, an: Clerk) -> None:
    password(client, an)
    client.post(f"{CONFIRM}?next=/desk/", {"confirm-password": PASSWORD})
    assert [one.current for one in client.get("/account/security/").context["sessions"]] == [True]
