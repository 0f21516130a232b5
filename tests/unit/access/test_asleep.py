"""How long nothing may be done before a session falls asleep."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from pytest_django import Settings

from camaug.access.authentication import Method, note_proof
from camaug.access.models import Account, AccountKind
from camaug.access.queries import longest_idle
from camaug.access.web.asleep import is_asleep, is_worth_noting
from camaug.kernel.clock import now

MINUTE = timedelta(minutes=1)


def opened(account: Account, *, shown: float | None, seen: float | None) -> HttpRequest:
    """A request in a session that was proved and used so many minutes ago; None: nobody knows."""
    request = HttpRequest()
    request.session, request.user = SessionBase(), account
    if shown is not None:
        note_proof(request, account, Method.PASSWORD)
        request.session["account_authentication_methods"][0]["at"] = (now() - shown * MINUTE).timestamp()
    if seen is not None:
        request.session.seen_at = now() - seen * MINUTE  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("kind", "shown", "seen", "asleep"),
    [
        (AccountKind.OFFICER, 1, None, False),
        (AccountKind.OFFICER, 59.9, None, False),
        (AccountKind.OFFICER, 60.1, None, True),
        (AccountKind.OFFICER, 600, 59.9, False),
        (AccountKind.OFFICER, 600, 60.1, True),
        (AccountKind.OFFICER, 1, 600, False),
        (AccountKind.OFFICER, None, None, True),
        (AccountKind.CITIZEN, 119.9, None, False),
        (AccountKind.CITIZEN, 600, 120.1, True),
    ],
)
def test_when_a_session_falls_asleep(
    settings: Settings, kind: AccountKind, shown: float | None, seen: float | None, asleep: bool
) -> None:
    settings.IDLE_MINUTES, settings.IDLE_MINUTES_CITIZENS = 60, 120
    account = Account(kind=kind)
    assert is_asleep(opened(account, shown=shown, seen=seen), account, at=now()) is asleep


@pytest.mark.parametrize("kind", [one for one in AccountKind if one != AccountKind.CITIZEN])
def test_whoever_is_no_citizen_is_asked_as_early_as_officers(settings: Settings, kind: AccountKind) -> None:
    settings.IDLE_MINUTES, settings.IDLE_MINUTES_CITIZENS = 60, 120
    assert longest_idle(kind) == 60 * MINUTE


@pytest.mark.parametrize(("seen", "due"), [(0, False), (4.9, False), (5.1, True)])
def test_its_use_is_noted_anew_when_the_last_note_is_minutes_old(settings: Settings, seen: float, due: bool) -> None:
    settings.IDLE_MINUTES = 60
    account = Account(kind=AccountKind.OFFICER)
    assert is_worth_noting(opened(account, shown=500, seen=seen), account, at=now()) is due
