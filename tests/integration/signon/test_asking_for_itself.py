"""A system asks for itself: the client credentials grant (RFC 6749 4.4), and what becomes of its token."""

import json
from datetime import timedelta

from camaug.kernel.clock import now
from camaug.signon.actions.forget_expired import forget_expired
from camaug.signon.models import SystemToken
from tests.integration.signon.conftest import Person, Register, Relying, error

SCIM = ("openid", "scim.read")


def asks(system: Relying, **more: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(system.post("token", grant_type="client_credentials", **more).content)
    return told


def test_it_gets_a_token_of_its_own_and_none_to_refresh_it_by(register: Register) -> None:
    mail = register(scopes=SCIM)
    told = asks(mail)
    assert (told["scope"], told["token_type"], told["expires_in"]) == ("scim.read", "Bearer", 600)
    assert "refresh_token" not in told
    assert "id_token" not in told
    assert SystemToken.objects.get().digest != told["access_token"]


def test_only_a_system_that_may_be_told_and_shows_its_secret_asks(meetings: Relying, register: Register) -> None:
    assert asks(meetings)["error"] == "unauthorized_client"
    mail = register(scopes=SCIM)
    assert asks(mail, scope="openid")["error"] == "invalid_scope"
    assert error(mail.post("token", secret="wrong", grant_type="client_credentials")) == "invalid_client"
    assert not SystemToken.objects.exists()


def test_no_persons_sign_in_opens_what_is_the_systems_own(clerk: Person, register: Register) -> None:
    mail = register(scopes=SCIM)
    assert clerk.tokens(mail, scope="openid scim.read")["scope"] == "openid"


def test_its_token_tells_nothing_of_anybody(register: Register) -> None:
    mail = register(scopes=SCIM)
    secret = str(asks(mail)["access_token"])
    assert mail.userinfo(secret).status_code == 401
    told = mail.introspect(secret)
    assert (told["active"], told["sub"], told["scope"]) == (True, mail.system.client_id, "scim.read")
    assert register(scopes=SCIM).introspect(secret) == {"active": False}


def test_it_gives_its_token_back(register: Register) -> None:
    mail, other = register(scopes=SCIM), register(scopes=SCIM)
    secret = str(asks(mail)["access_token"])
    other.revoke(secret)
    assert mail.introspect(secret)["active"]
    assert mail.revoke(secret).status_code == 200
    assert mail.introspect(secret) == {"active": False}


def test_tokens_that_have_ended_are_thrown_away(register: Register) -> None:
    asks(register(scopes=SCIM))
    assert forget_expired(at=now()) == 0
    assert forget_expired(at=now() + timedelta(days=2)) == 1
    assert not SystemToken.objects.exists()
