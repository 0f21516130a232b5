"""Keys that sign: two algorithms, rotation, what is published when; discovery."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from joserfc import jws
from joserfc.jwk import KeySet
from pytest_django import Settings

from camaug.kernel.clock import now
from camaug.signon import keys
from camaug.signon.signing import ours, signed
from tests.identity_provider import CARRIED, bringing_its_key
from tests.integration.signon.conftest import ISSUER, Person, Register, claims


@pytest.fixture
def fresh(settings: Settings, tmp_path: Path) -> Path:
    """An installation that has signed for two weeks."""
    settings.SIGNON_KEYS, settings.PUBLIC_URL = str(tmp_path / "keys"), ISSUER
    begun = now() - timedelta(days=14)
    keys.make_first(at=begun)
    return tmp_path / "keys"


def kid(token: str) -> str:
    return str(jws.extract_compact(token.encode()).headers()["kid"])


def test_keys_are_files_that_only_their_owner_reads(fresh: Path) -> None:
    files = sorted(fresh.iterdir())
    assert [path.name.partition("-")[0] for path in files] == ["ES256", "RS256"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    keys.make_first(at=now())
    assert sorted(fresh.iterdir()) == files


def test_a_next_key_is_published_before_it_signs_and_the_one_before_after(fresh: Path) -> None:
    at = now()
    before = signed({"iss": ISSUER}, algorithm="RS256", kind="JWT", at=at)
    keys.rotate(at=at, begins_at=at + keys.KNOWN_BEFORE)
    assert kid(signed({}, algorithm="RS256", kind="JWT", at=at)) == kid(before)
    assert len(keys.published()) == 4
    later = at + keys.KNOWN_BEFORE
    after = signed({}, algorithm="RS256", kind="JWT", at=later)
    assert kid(after) != kid(before)
    assert {kid(before), kid(after)} <= {str(key["kid"]) for key in keys.published()}
    assert ours(before)


def test_what_nobody_checks_any_more_is_dropped_with_the_next_rotation(fresh: Path) -> None:
    at = now()
    keys.rotate(at=at, begins_at=at)
    _made, dropped = keys.rotate(at=at + timedelta(days=1), begins_at=at + timedelta(days=2))
    assert dropped == []
    _made, dropped = keys.rotate(at=at + timedelta(days=3), begins_at=at + timedelta(days=4))
    assert len(dropped) == 2
    assert len(keys.published()) == 6


def test_private_halves_are_not_published(fresh: Path) -> None:
    for key in keys.published():
        assert not key.keys() & {"d", "p", "q", "dp", "dq", "qi"}
        assert key["use"] == "sig"
        assert key["alg"] in keys.ALGORITHMS


@pytest.mark.parametrize("carried", CARRIED)
def test_a_key_that_a_token_brings_with_it_is_not_believed(fresh: Path, carried: str) -> None:
    mine = signed({"iss": ISSUER, "sub": "x"}, algorithm="RS256", kind="JWT", at=now())
    assert ours(mine)
    for named in (kid(mine), "another"):
        told = bringing_its_key({"iss": ISSUER, "sub": "x"}, carried, kid=named, at="https://evil.example/keys")
        assert ours(told) is None, named


def test_without_a_key_it_is_said_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings.SIGNON_KEYS = str(tmp_path / "nowhere")
    assert keys.published() == []
    with pytest.raises(keys.NoSigningKey, match="camaug signin rotate-keys"):
        signed({}, algorithm="ES256", kind="JWT", at=now())


def test_each_system_gets_the_algorithm_that_it_wants(clerk: Person, register: Register) -> None:
    for algorithm in keys.ALGORITHMS:
        token = clerk.tokens(register(algorithm=algorithm))["id_token"]
        assert jws.extract_compact(token.encode()).headers()["alg"] == algorithm
        assert claims(token)["sub"] == str(clerk.account.id)


def test_discovery_says_what_is_there(fresh: Path) -> None:
    told = json.loads(Client().get("/.well-known/openid-configuration").content)
    assert json.loads(Client().get("/.well-known/oauth-authorization-server").content) == told
    assert told["issuer"] == ISSUER
    assert KeySet.import_key_set(json.loads(Client().get(told["jwks_uri"].removeprefix(ISSUER)).content))
    required = {"authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported"}
    required |= {"subject_types_supported", "id_token_signing_alg_values_supported"}
    required |= {"userinfo_endpoint", "revocation_endpoint", "introspection_endpoint", "end_session_endpoint"}
    assert required <= told.keys()
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert "RS256" in told["id_token_signing_alg_values_supported"]
    assert told["subject_types_supported"] == ["public"]
    assert told["prompt_values_supported"] == ["none", "login", "consent", "select_account", "create"]
    assert told["backchannel_logout_supported"] is told["backchannel_logout_session_supported"] is True
    assert not any(told.get(f"{name}_parameter_supported", name == "request_uri") for name in ("claims", "request"))
    assert told["request_uri_parameter_supported"] is False
    assert "none" not in told["id_token_signing_alg_values_supported"]
    addresses = [told[name] for name in told if name.endswith(("_endpoint", "_uri"))]
    assert all(address.startswith(ISSUER) for address in addresses)
    assert {resolve(address.removeprefix(ISSUER)).app_name for address in addresses} == {"signon"}


def test_the_issuer_is_one_whatever_name_a_request_comes_by(fresh: Path) -> None:
    told = json.loads(Client().get("/.well-known/openid-configuration", headers={"Host": "evil.example"}).content)
    assert told["issuer"] == ISSUER
