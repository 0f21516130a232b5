"""A session that ends by itself ends what hangs on it, and systems are told as after a sign-out."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from camaug.access.actions.end_expired import end_expired
from camaug.access.models import OpenSession
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.signon.models import LogoutNotice, SignOn
from tests.integration.signon.conftest import Person, Register

TWELVE_HOURS = timedelta(hours=12, minutes=1)


def test_its_sign_ons_end_and_systems_are_told(clerk: Person, register: Register) -> None:
    system = register(logout_uri="https://hop.example/out")
    told = clerk.surely().tokens(system, scope="openid offline_access")
    noted(clerk)
    assert end_expired(by=SYSTEM, at=now()) == 0
    assert SignOn.objects.get().ended_at is None
    assert OpenSession.objects.exists()

    assert end_expired(by=SYSTEM, at=now() + TWELVE_HOURS) == 1
    assert SignOn.objects.get().ended_at
    assert LogoutNotice.objects.get().sign_on.system == system.system
    assert not OpenSession.objects.exists()
    assert not Session.objects.exists()
    assert system.introspect(told["access_token"])["active"]
    assert end_expired(by=SYSTEM, at=now() + TWELVE_HOURS) == 0


def test_a_row_whose_session_is_gone_already_goes_too(clerk: Person) -> None:
    noted(clerk)
    clerk.browser.session.flush()
    end_expired(by=SYSTEM, at=now())
    assert OpenSession.objects.exists()
    end_expired(by=SYSTEM, at=now() + timedelta(hours=2))
    assert not OpenSession.objects.exists()


def noted(who: Person) -> None:
    key = str(who.browser.session.session_key)
    at = now()
    OpenSession.objects.create(account=who.account, session_key=key, origin="", agent="", opened_at=at, seen_at=at)
