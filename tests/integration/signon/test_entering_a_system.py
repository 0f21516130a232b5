import base64
import hashlib
import json
import time

from tests.integration.signon.conftest import ISSUER, Person, Relying, answer, claims


def test_somebody_signed_in_enters_without_being_asked(clerk: Person, meetings: Relying) -> None:
    back = clerk.goes(meetings.request())
    assert back.startswith("https://hop.example/cb?")
    assert answer(back).keys() == {"code", "state", "iss"}
    assert answer(back)["state"] == "s-1"
    assert answer(back)["iss"] == ISSUER


def test_the_id_token_says_who_for_whom_when_and_how(clerk: Person, meetings: Relying) -> None:
    got = clerk.tokens(meetings)
    told = claims(got["id_token"])
    assert told["iss"] == ISSUER
    assert told["aud"] == meetings.system.client_id
    assert told["nonce"] == "n-1"
    assert told["sub"] == str(clerk.account.id)
    assert told["acr"] == "LoA1"
    assert told["amr"] == ["pwd"]
    assert abs(told["auth_time"] - (time.time() - 60)) < 30
    assert 0 < told["exp"] - told["iat"] <= 600
    half = hashlib.sha256(got["access_token"].encode()).digest()[:16]
    assert told["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def test_userinfo_tells_what_the_scopes_open(clerk: Person, meetings: Relying) -> None:
    got = clerk.tokens(meetings, scope="openid profile email post", claims_locales="en")
    told = json.loads(meetings.userinfo(got["access_token"]).content)
    assert told["sub"] == str(clerk.account.id)
    assert told["name"] == "Trần Thị Minh"
    assert not [name for name in told if "#" in name]
    assert told["email"] == "tanan_tranthiminh@camau.gov.vn"
    assert told["agency_code"] == "H12.39.32245"
    assert told["position"] == "Cán bộ Bộ phận Một cửa"
    assert "ONE_STOP_CLERK" in told["roles"]
    bare = clerk.tokens(meetings)
    assert json.loads(meetings.userinfo(bare["access_token"]).content) == {"sub": str(clerk.account.id)}
