"""Who has done nothing for long, here or in the system that he entered, leaves it, and the system is told."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import Settings

from camaug.access.models import OpenSession
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from camaug.signon.actions.end_idle import end_idle
from camaug.signon.models import Authorization, LogoutNotice, SignOn, Token
from tests.integration.signon.conftest import Person, Register, Relying

HOUR = timedelta(minutes=61)
HALF = timedelta(minutes=30)


@pytest.fixture
def mail(register: Register) -> Relying:
    """A system that wants to be told."""
    return register(logout_uri="https://thu.example/out")


def used(who: Person, *, at: datetime) -> None:
    """The session's row says when it was used last."""
    key, mark = str(who.browser.session.session_key), UUID(who.browser.session["mark"])
    facts = {"account": who.account, "mark": mark, "origin": "", "agent": "", "opened_at": at, "seen_at": at}
    OpenSession.objects.update_or_create(session_key=key, defaults=facts)


def test_its_sign_ons_end_and_systems_are_told_and_the_session_stays(clerk: Person, mail: Relying) -> None:
    told = clerk.tokens(mail)
    used(clerk, at=now())
    assert end_idle(by=SYSTEM, at=now() + timedelta(minutes=59)) == 0
    assert not LogoutNotice.objects.exists()
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 1
    assert SignOn.objects.get().ended_at
    assert LogoutNotice.objects.get().sign_on.system == mail.system
    assert mail.userinfo(told["access_token"]).status_code == 401
    assert EventRecord.objects.filter(name="signon.SystemsLeft", subject_id=clerk.account.id).exists()
    assert OpenSession.objects.exists()
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 0


def test_whoever_uses_pages_here_stays_in_his_systems(clerk: Person, mail: Relying) -> None:
    clerk.tokens(mail)
    used(clerk, at=now() + HALF)
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 0


def test_whoever_works_in_a_system_stays_in_that_one_and_leaves_the_other(
    clerk: Person, mail: Relying, register: Register
) -> None:
    other = register(logout_uri="https://hop.example/out")
    for system in (mail, other):
        clerk.tokens(system)
    used(clerk, at=now())
    Token.objects.filter(authorization__sign_on__system=mail.system).update(issued_at=now() + HALF)
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 1
    assert SignOn.objects.get(ended_at=None).system == mail.system
    assert LogoutNotice.objects.get().sign_on.system == other.system


def test_whoever_enters_it_anew_is_there(clerk: Person, mail: Relying) -> None:
    clerk.tokens(mail)
    used(clerk, at=now())
    Authorization.objects.update(created_at=now() + HALF)
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 0


def test_a_mail_program_that_goes_on_by_itself_is_nobodys_presence(clerk: Person, mail: Relying) -> None:
    told = clerk.surely().tokens(mail, scope="openid offline_access")
    used(clerk, at=now())
    Token.objects.update(issued_at=now() + HALF)
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 1
    assert mail.introspect(told["access_token"])["active"], "it holds on when the sign-on ends"


def test_a_citizen_has_the_time_that_his_session_has(lan: Person, register: Register, settings: Settings) -> None:
    settings.IDLE_MINUTES, settings.IDLE_MINUTES_CITIZENS = 60, 120
    lan.tokens(register(audience="MEMBERS", logout_uri="https://thu.example/out"))
    used(lan, at=now())
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 0
    assert end_idle(by=SYSTEM, at=now() + 2 * HOUR) == 1


def test_a_session_of_which_nothing_is_known_is_left_to_its_own_end(clerk: Person, mail: Relying) -> None:
    clerk.tokens(mail)
    assert end_idle(by=SYSTEM, at=now() + HOUR) == 0
