from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import Settings

from camaug.access.authentication import Method, Proof
from camaug.access.demands import demands_second_factor, is_fresh, is_inside, suffices
from camaug.kernel.actors import Actor, ActorKind, Post
from config.environment import PRIVATE, networks

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ID = UUID(int=1)


def officer(*roles: str, origin: str) -> Actor:
    post = Post(id=ID, unit_id=ID, title="", roles=frozenset(roles))
    return Actor(kind=ActorKind.STAFF, account_id=ID, posts=(post,), origin=origin)


INSIDE = [
    ("10.2.3.4", True),
    ("192.168.1.9", True),
    ("172.31.255.255", True),
    ("172.32.0.1", False),
    ("203.0.113.9", False),
    ("fd00::1", True),
    ("2001:db8::1", False),
    ("", False),
    ("unknown", False),
]


@pytest.mark.parametrize(("origin", "inside"), INSIDE)
def test_private_networks_are_inside(settings: Settings, origin: str, inside: bool) -> None:
    settings.INSIDE_NETWORKS = networks(PRIVATE)
    assert is_inside(origin) is inside


@pytest.mark.parametrize("origin", [origin for origin, _inside in INSIDE])
def test_without_networks_everywhere_is_inside(settings: Settings, origin: str) -> None:
    settings.INSIDE_NETWORKS = []
    assert is_inside(origin)


@pytest.mark.parametrize(
    ("actor", "demanded"),
    [
        (officer("CLERK", origin="10.0.0.1"), False),
        (officer("CLERK", origin="203.0.113.9"), True),
        (officer("CLERK", "ADMINISTRATOR", origin="10.0.0.1"), True),
        (officer("ADMINISTRATOR", origin="203.0.113.9"), True),
        (officer("OPERATOR", origin="10.0.0.1"), True),
        (officer("OPERATOR", origin="203.0.113.9"), True),
        (Actor(kind=ActorKind.PUBLIC, account_id=ID, origin="203.0.113.9"), False),
        (Actor(kind=ActorKind.ANONYMOUS, origin="203.0.113.9"), False),
    ],
)
def test_of_whom_a_second_factor_is_demanded(settings: Settings, actor: Actor, demanded: bool) -> None:
    settings.INSIDE_NETWORKS = networks(PRIVATE)
    assert demands_second_factor(actor) is demanded
    assert suffices((Proof(Method.PASSWORD, NOW),), actor) is not demanded
    assert suffices((Proof(Method.PASSWORD, NOW), Proof(Method.TOTP, NOW)), actor)
    assert suffices((Proof(Method.PASSKEY, NOW),), actor)


def ago(method: Method, minutes: float) -> Proof:
    return Proof(method, NOW - timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("proofs", "fresh"),
    [
        ((), False),
        ((ago(Method.PASSWORD, 29.9),), True),
        ((ago(Method.PASSWORD, 30),), False),
        ((ago(Method.CODE, 1),), True),
        ((ago(Method.PASSWORD, 40), ago(Method.TOTP, 39)), False),
        ((ago(Method.TOTP, 40), ago(Method.PASSWORD, 1)), False),  # whoever has a second factor shows that one
        ((ago(Method.PASSWORD, 40), ago(Method.TOTP, 39), ago(Method.RECOVERY, 2)), True),
        ((ago(Method.PASSWORD, 40), ago(Method.PASSKEY, 2)), True),
    ],
)
def test_what_is_fresh_enough_for_a_decision(settings: Settings, proofs: tuple[Proof, ...], fresh: bool) -> None:
    settings.STEP_UP_MINUTES = 30
    assert is_fresh(proofs, at=NOW) is fresh
