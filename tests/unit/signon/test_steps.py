"""What comes next when a system asks for somebody, as one table."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from camaug.kernel.actors import Actor, ActorKind
from camaug.signon.presence import Presence
from camaug.signon.steps import NOTHING, Asked, Refused, Said, Step, next_step

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ID, OTHER = UUID(int=1), UUID(int=2)
ACTOR = Actor(kind=ActorKind.STAFF, account_id=ID)
CITIZEN = Actor(kind=ActorKind.PUBLIC, account_id=ID, person_id=OTHER)


def there(*, ago: int, due: bool = False, level: str = "LoA1", actor: Actor = ACTOR) -> Presence:
    return Presence(ID, actor, AT - timedelta(seconds=ago), ("pwd",), level, due)


def asked(*prompts: str, max_age: int | None = None, scopes: str = "openid") -> Asked:
    return Asked(frozenset(prompts), max_age, scopes.split())


FRESH = Said(asked_at=AT - timedelta(seconds=100))
AGREED, REFUSED, CHOSEN = Said(agreed=ID), Said(refused=ID), Said(chosen=ID)
STEPS = [  # asked, who is there, what he has said, must he consent, the step or the error
    (asked(), None, NOTHING, False, Step.SIGN_IN),
    (asked(), there(ago=9), NOTHING, False, Step.GRANT),
    (asked(), there(ago=9), NOTHING, True, Step.CONSENT),
    (asked(), there(ago=9), AGREED, True, Step.GRANT),
    (asked(), there(ago=9), Said(agreed=OTHER), True, Step.CONSENT),
    (asked(), there(ago=9), REFUSED, True, "access_denied"),
    (asked(), there(ago=9, due=True), NOTHING, False, Step.NEW_PASSWORD),
    (asked(), there(ago=9, due=True), AGREED, True, Step.NEW_PASSWORD),
    (asked("none"), there(ago=9, due=True), NOTHING, False, "interaction_required"),
    (asked("login"), there(ago=200, due=True), NOTHING, False, Step.SIGN_IN_AGAIN),
    (asked("none"), None, NOTHING, False, "login_required"),
    (asked("none"), there(ago=9), NOTHING, False, Step.GRANT),
    (asked("none"), there(ago=9), NOTHING, True, "consent_required"),
    (asked("none", max_age=5), there(ago=9), NOTHING, False, "login_required"),
    (asked("login"), None, NOTHING, False, Step.SIGN_IN),
    (asked("login"), there(ago=200), NOTHING, False, Step.SIGN_IN_AGAIN),
    (asked("login"), there(ago=200), FRESH, False, Step.SIGN_IN_AGAIN),
    (asked("login"), there(ago=9), FRESH, False, Step.GRANT),
    (asked("login", "consent"), there(ago=9), FRESH, False, Step.CONSENT),
    (asked("consent"), there(ago=9), NOTHING, False, Step.CONSENT),
    (asked("consent"), there(ago=9), AGREED, False, Step.GRANT),
    (asked("select_account"), there(ago=9), NOTHING, False, Step.CHOOSE_ACCOUNT),
    (asked("select_account"), there(ago=9), CHOSEN, False, Step.GRANT),
    (asked("select_account"), there(ago=9), Said(chosen=OTHER), False, Step.CHOOSE_ACCOUNT),
    (asked("select_account"), there(ago=9), FRESH, False, Step.GRANT),
    (asked("create"), None, NOTHING, False, Step.REGISTER),
    (asked("create"), there(ago=9), NOTHING, False, Step.CHOOSE_ACCOUNT),
    (asked("create"), there(ago=9), FRESH, False, Step.GRANT),
    (asked(max_age=10), there(ago=9), NOTHING, False, Step.GRANT),
    (asked(max_age=10), there(ago=11), NOTHING, False, Step.SIGN_IN_AGAIN),
    (asked(max_age=0), there(ago=0), NOTHING, False, Step.SIGN_IN_AGAIN),
    (asked(max_age=0), there(ago=9), FRESH, False, Step.GRANT),
    (asked(scopes="openid mail"), there(ago=9), NOTHING, False, Step.SECOND_FACTOR),
    (asked(scopes="openid offline_access"), there(ago=9), AGREED, True, Step.SECOND_FACTOR),
    (asked("none", scopes="openid mail"), there(ago=9), NOTHING, False, "interaction_required"),
    (asked("login", scopes="openid mail"), there(ago=200), NOTHING, False, Step.SIGN_IN_AGAIN),
    (asked("select_account", scopes="openid mail"), there(ago=9), NOTHING, False, Step.CHOOSE_ACCOUNT),
    (asked(scopes="openid mail"), there(ago=9, due=True), NOTHING, False, Step.NEW_PASSWORD),
    (asked(scopes="openid mail"), there(ago=9, level="LoA2"), NOTHING, False, Step.GRANT),
    (asked(scopes="mail"), there(ago=9, level="LoA3"), NOTHING, True, Step.CONSENT),
    (asked(scopes="openid offline_access"), there(ago=9, actor=CITIZEN), NOTHING, False, Step.GRANT),
]


@pytest.mark.parametrize(("wish", "who", "said", "consent", "expected"), STEPS)
def test_what_comes_next(wish: Asked, who: Presence | None, said: Said, consent: bool, expected: Step | str) -> None:
    try:
        got: str = next_step(wish, who, said, may_enter=True, must_consent=consent, at=AT)
    except Refused as no:
        got = no.error
    assert got == expected
