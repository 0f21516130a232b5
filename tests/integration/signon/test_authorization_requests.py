"""What the door makes of a request: OpenID Connect Core 3.1.2, RFC 6749 4.1.1, RFC 7636 4.4.1, RFC 9207, RFC 9700."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client

from camaug.signon.models import Authorization
from tests.integration.signon.conftest import ISSUER, Person, Register, Relying, answer

TRICKS = [
    "https://hop.example/cb/",
    "https://hop.example/cb/../evil",
    "https://hop.example/cb?next=https://evil.example",
    "https://hop.example/cb#fragment",
    "https://hop.example/cb%2F..%2Fevil",
    "https://hop.example.evil.example/cb",
    "https://hop.example@evil.example/cb",
    "https://evil@hop.example/cb",
    "https://hop.example:8443/cb",
    "http://hop.example/cb",
    "HTTPS://hop.example/cb",
    "https://hop.example/CB",
    "https://hop.example\\@evil.example/cb",
    "//hop.example/cb",
    "/cb",
    "javascript:alert(1)",
    "http://127.0.0.1:9999/cb",
    "http://localhost/cb",
    "",
]


def test_nobody_is_led_to_an_address_that_is_not_registered(clerk: Person, meetings: Relying) -> None:
    for address in TRICKS:
        response = clerk.browser.get(meetings.request(redirect_uri=address))
        assert (response.status_code, response.headers.get("Location")) == (400, None), address


def test_an_address_must_be_said(clerk: Person, meetings: Relying) -> None:
    assert clerk.browser.get(meetings.request(redirect_uri=None)).status_code == 400


def test_nobody_is_led_anywhere_for_a_system_that_is_unknown_or_closed(clerk: Person, meetings: Relying) -> None:
    assert clerk.browser.get(meetings.request(client_id="cmg-unknown")).status_code == 400
    assert clerk.browser.get(meetings.request(client_id=None)).status_code == 400


def test_an_app_on_a_device_chooses_its_port_there_and_nothing_else(clerk: Person, register: Register) -> None:
    app = register(
        authentication="none", redirect_uris=("http://127.0.0.1/cb", "vn.gov.camau.app:/cb"), post_logout_uris=()
    )
    assert clerk.goes(app.request(redirect_uri="http://127.0.0.1:53211/cb")).startswith("http://127.0.0.1:53211/cb?")
    assert clerk.goes(app.request(redirect_uri="vn.gov.camau.app:/cb")).startswith("vn.gov.camau.app:/cb?")
    for other in ("http://127.0.0.1:53211/cb/x", "http://127.0.0.2:53211/cb", "http://localhost:53211/cb", "x.y:/cb"):
        assert clerk.browser.get(app.request(redirect_uri=other)).status_code == 400


def test_a_system_of_the_province_may_not_choose_its_port(clerk: Person, register: Register) -> None:
    system = register(redirect_uris=("http://127.0.0.1/cb",))
    assert clerk.browser.get(system.request(redirect_uri="http://127.0.0.1:9/cb")).status_code == 400


WRONG: list[tuple[dict[str, str | None], str]] = [
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"response_type": "id_token"}, "unsupported_response_type"),
    ({"response_type": "code id_token"}, "unsupported_response_type"),
    ({"response_type": None}, "unsupported_response_type"),
    ({"scope": "unknown"}, "invalid_scope"),
    ({"scope": None}, "invalid_scope"),
    ({"code_challenge": None}, "invalid_request"),
    ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    ({"code_challenge_method": None}, "invalid_request"),
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge": "short"}, "invalid_request"),
    ({"request": "ey.ey.x"}, "request_not_supported"),
    ({"request_uri": "https://hop.example/r"}, "request_uri_not_supported"),
    ({"registration": "{}"}, "registration_not_supported"),
    ({"response_mode": "fragment"}, "invalid_request"),
    ({"prompt": "none login"}, "invalid_request"),
    ({"prompt": "whatever"}, "invalid_request"),
    ({"prompt": "create"}, "invalid_request"),  # officers' accounts are opened by their agency
    ({"max_age": "-1"}, "invalid_request"),
    ({"max_age": "soon"}, "invalid_request"),
    ({"nonce": "n" * 501}, "invalid_request"),
    ({"id_token_hint": "ey.ey.x"}, "invalid_request"),
]


def test_the_system_is_told_what_is_wrong(clerk: Person, meetings: Relying) -> None:
    for more, expected in WRONG:
        back = clerk.goes(meetings.request(**more))
        assert back.startswith("https://hop.example/cb?"), more
        told = answer(back)
        assert (told["error"], told["state"], told["iss"]) == (expected, "s-1", ISSUER), more
        assert "code" not in told
    assert not Authorization.objects.exists()


def test_a_parameter_is_said_once(clerk: Person, meetings: Relying) -> None:
    asked = {**dict(parse_qsl(urlsplit(meetings.request()).query)), "prompt": "none"}
    for name, value in asked.items():
        response = clerk.browser.get(f"/sso/authorize?{urlencode([*asked.items(), (name, value)])}")
        back = answer(response.headers.get("Location", ""))
        assert response.status_code == 400 or back["error"] == "invalid_request", name
        assert name not in ("client_id", "redirect_uri") or not back, name
    assert not Authorization.objects.exists()
    assert "code" in answer(clerk.browser.get(f"/sso/authorize?{urlencode(asked)}")["Location"])


def test_what_is_not_known_is_passed_over(clerk: Person, meetings: Relying) -> None:
    more = {"display": "popup", "ui_locales": "fr vi", "claims_locales": "vi", "acr_values": "LoA9", "login_hint": "x"}
    assert clerk.enters(meetings, **more, unheard_of="yes", scope="openid address unheard_of")


def test_a_form_is_as_good_as_a_link(clerk: Person, meetings: Relying) -> None:
    fields = dict(parse_qsl(urlsplit(meetings.request()).query))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.browser.cookies
    response = strict.post("/sso/authorize", fields)
    assert "code" in answer(clerk.goes(response["Location"]))


def test_an_error_comes_from_whom_it_says(clerk: Person, meetings: Relying) -> None:
    """Mix-up: a system that knows several providers compares `iss` (RFC 9207), in answers and in errors."""
    assert answer(clerk.goes(meetings.request()))["iss"] == ISSUER
    assert answer(clerk.goes(meetings.request(scope="none")))["iss"] == ISSUER


def test_who_may_not_enter_is_refused(lan: Person, clerk: Person, meetings: Relying, register: Register) -> None:
    assert answer(lan.goes(meetings.request()))["error"] == "access_denied"
    citizens = register(audience="MEMBERS")
    assert answer(clerk.goes(citizens.request()))["error"] == "access_denied"
    assert lan.enters(citizens)
    leaders = register(roles=("ADMINISTRATOR",))
    assert answer(clerk.goes(leaders.request()))["error"] == "access_denied"
