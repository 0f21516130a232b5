"""One's own sessions: the way out of this one is at hand, and others are ended after a fresh proof alone."""

from datetime import timedelta

import pytest
from django.test import Client

from camaug.access.actions.note_session import note_sign_in
from camaug.access.models import Account, OpenSession
from camaug.access.queries import actor_of
from camaug.kernel.clock import now
from tests.sessions import enter
from tests.world import World

ENDING = "/account/security/sessions/ending/"


def signed_in(account: Account, *, ago: timedelta = timedelta()) -> Client:
    """A browser whose owner showed so long ago who he is, and is at work there since."""
    browser = Client()
    enter(browser, account, ago=ago)
    key = str(browser.session.session_key)
    note_sign_in(account, how="", session_key=key, agent="", by=actor_of(account, at=now(), origin=""), at=now())
    return browser


@pytest.mark.parametrize("which", [{}, {"session": "?"}])
@pytest.mark.parametrize("key", ["clerk", "mother"])
def test_a_proof_of_half_an_hour_ago_ends_no_session(world: World, key: str, which: dict[str, str]) -> None:
    account = Account.objects.get(pk={**world.officers, **world.citizens}[key])
    there = signed_in(account)
    asked = {name: str(OpenSession.objects.get().id) for name in which}
    stale = signed_in(account, ago=timedelta(minutes=31))
    assert stale.post(ENDING, asked).status_code == 403
    assert there.get("/account/security/").status_code == 200
    assert signed_in(account).post(ENDING, asked).status_code == 302
    assert there.get("/account/security/").status_code == 302


PAGES = {
    "clerk": ("/desk/", "/desk/tokens/", "/desk/absences/", "/desk/systems/", "/account/security/"),
    "administrator": ("/desk/administration/", "/desk/administration/officers/", "/desk/administration/sessions/"),
    "mother": ("/", "/account/security/", "/account/systems/", "/tokens/"),
}


@pytest.mark.parametrize("key", list(PAGES))
def test_the_way_out_stands_on_each_page(world: World, key: str) -> None:
    browser = signed_in(Account.objects.get(pk={**world.officers, **world.citizens}[key]))
    for page in PAGES[key]:
        shown = browser.get(page)
        assert (shown.status_code, 'href="/sign-out/"' in shown.content.decode()) == (200, True), page
    browser.post("/sign-out/")
    assert browser.get("/account/security/").status_code == 302
