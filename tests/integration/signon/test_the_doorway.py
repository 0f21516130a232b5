"""What is asked of a token at the doorway is answered as Django's view answers it; the rest goes on to the view."""

from base64 import b64encode
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import resolve

from camaug.access.models import ApiToken
from camaug.access.queries import actor_of
from camaug.kernel.clock import now
from camaug.kernel.pages import is_for_programs
from camaug.runtime.web import doorway, requests
from camaug.signon.models import System
from tests.callers import program_of
from tests.doorways import Site, get, post
from tests.integration.signon.conftest import Person, Relying

SCOPES = "openid profile email phone post mail"
CHECKS = ("/sso/userinfo", "/sso/introspect", "/api/v1/me")


@pytest.fixture
def asking(clerk: Person, meetings: Relying) -> Callable[..., HttpRequest]:
    """The usual request at each of the addresses, with more headers, or another token."""
    told = clerk.surely().tokens(meetings, scope=SCOPES)["access_token"]
    own = program_of(actor_of(clerk.account, at=now(), origin="")).secret
    basic = "Basic " + b64encode(f"{meetings.system.client_id}:{meetings.secret}".encode()).decode()

    def ask(path: str, token: str = "", **headers: str) -> HttpRequest:
        if path == "/sso/introspect":
            return post(path, urlencode({"token": token or told}), **{"Authorization": basic, **headers})
        return get(
            path, **{"Authorization": f"Bearer {token or (told if path == '/sso/userinfo' else own)}", **headers}
        )

    return ask


def test_each_address_is_one_of_a_view_for_programs() -> None:
    assert set(settings.CHECKS) == set(CHECKS)
    assert all(is_for_programs(resolve(path).func) for path in CHECKS)


@pytest.mark.parametrize("path", CHECKS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept_Language": "vi"},
        {"Accept_Language": "en-GB,en;q=0.8"},
        {"Host": "cong.camau.gov.vn"},
        {"X_Forwarded_Proto": "https"},
        {"X_Forwarded_For": "203.0.113.7"},
        {"Accept_Encoding": "gzip"},
        {"Accept": "text/html"},
    ],
)
def test_what_is_usual_is_answered_alike(
    path: str, headers: dict[str, str], asking: Callable[..., HttpRequest]
) -> None:
    site = Site()
    expected = site.by_django(asking(path, **headers))
    assert expected[0] == 200
    assert site.at_the_doorway(asking(path, **headers)) == expected
    assert site.onward == []


@pytest.mark.parametrize("more", ["", "&", "&x", "&x=", "&=x", "&x=a+b%26c", "&%78=a=b", "&x=%ff", "&%zz=%"])
def test_a_form_is_read_alike(more: str, asking: Callable[..., HttpRequest]) -> None:
    told = parse_qs(asking("/sso/introspect").body.decode())["token"][0]
    for token in (told, "".join(f"%{ord(letter):02x}" for letter in told)):
        site, form = Site(), f"token={token}{more}"
        headers = {"Authorization": asking("/sso/introspect").headers["Authorization"]}
        expected = site.by_django(post("/sso/introspect", form, **headers))
        assert site.at_the_doorway(post("/sso/introspect", form, **headers)) == expected
        assert (expected[0], site.onward) == (200, [])


@pytest.mark.parametrize("path", CHECKS)
@pytest.mark.parametrize("token", ["nobody's", "", "a\u00e4"])
def test_a_token_that_opens_nothing_is_refused_by_the_view(
    path: str, token: str, asking: Callable[..., HttpRequest]
) -> None:
    site = Site()
    given = token or "-"
    expected = site.by_django(asking(path, given))
    assert site.at_the_doorway(asking(path, given)) == expected
    assert (site.onward == [path]) == (path != "/sso/introspect")
    assert expected[0] == (200 if path == "/sso/introspect" else 401)


ELSEWISE: dict[str, Callable[[Callable[..., HttpRequest]], HttpRequest]] = {
    "a cookie": lambda ask: ask("/sso/userinfo", Cookie="theme=dark"),
    "a condition": lambda ask: ask("/api/v1/me", If_None_Match='"x"'),
    "a query": lambda _ask: get("/api/v1/me?x=1"),
    "nobody": lambda _ask: get("/api/v1/me"),
    "another way in": lambda ask: ask("/sso/userinfo", Authorization="Basic eDp5"),
    "another method": lambda _ask: post("/api/v1/me", ""),
    "the token in the form": lambda _ask: post("/sso/userinfo", "access_token=x"),
    "a word said twice": lambda _ask: post("/sso/introspect", "token=a&token=b"),
    "a NUL": lambda _ask: post("/sso/introspect", "token=a%00b"),
    "no form": lambda _ask: post("/sso/introspect", '{"token": "x"}', "application/json"),
    "an endless form": lambda _ask: post("/sso/introspect", "token=" + "x" * 10_000),
    "no secret": lambda _ask: post("/sso/introspect", "token=x"),
    "a broken name": lambda _ask: post("/sso/introspect", "token=x", Authorization="Basic %%%"),
    "a name that is no text": lambda _ask: post("/sso/introspect", "token=x", Authorization="Basic /w=="),
    "a name with a NUL": lambda _ask: post("/sso/introspect", "token=x", Authorization="Basic YSUwMDpi"),
    "letters beyond ASCII": lambda _ask: post("/sso/introspect", "token=ä"),
    "too many fields": lambda _ask: post("/sso/introspect", "&".join(f"f{at}=1" for at in range(30))),
    "a language without end": lambda ask: ask("/sso/userinfo", Accept_Language="vi," * 200),
}


@pytest.mark.parametrize("what", list(ELSEWISE))
def test_whatever_is_not_as_usual_goes_on_to_the_view_whole(what: str, asking: Callable[..., HttpRequest]) -> None:
    site = Site()
    expected = site.by_django(ELSEWISE[what](asking))
    found = site.at_the_doorway(ELSEWISE[what](asking))
    assert found[0] == expected[0] < 500
    assert found == expected or what == "a NUL"  # its page for people has a token of its own
    assert len(site.onward) == 1


@pytest.mark.parametrize("path", ["/sso/userinfo", "/sso/introspect"])
def test_a_long_answer_goes_out_compressed_to_whoever_takes_that(
    path: str, asking: Callable[..., HttpRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "WORTH_IT", 50)
    monkeypatch.setattr("camaug.runtime.web.compression.WORTH_IT", 50)
    for taken in ("", "gzip"):
        site = Site()
        expected = site.by_django(asking(path, Accept_Encoding=taken))
        found = site.at_the_doorway(asking(path, Accept_Encoding=taken))
        apart = {"Content-Length"} if taken else set()  # octets of chance against guessing what is inside
        assert {name: found[2].get(name) for name in expected[2].keys() - apart} == {
            name: value for name, value in expected[2].items() if name not in apart
        }
        assert site.onward == []


@pytest.mark.parametrize(
    ("status", "headers", "different"),
    [
        (400, {"Host": "elsewhere.example"}, {"ALLOWED_HOSTS": ["testserver"]}),
        (301, {}, {"SECURE_SSL_REDIRECT": True}),
        (400, {"Host": "elsewhere.example"}, {"ALLOWED_HOSTS": ["testserver"], "SECURE_SSL_REDIRECT": True}),
    ],
)
def test_whom_the_site_does_not_answer_here_is_not_answered_at_the_doorway(
    status: int, headers: dict[str, str], different: dict[str, object], asking: Callable[..., HttpRequest]
) -> None:
    doorway._said.cache_clear()
    try:
        with override_settings(**different):
            site = Site()
            assert site.at_the_doorway(asking("/sso/userinfo", **headers))[0] == status
            assert site.onward == ["/sso/userinfo"]
    finally:
        doorway._said.cache_clear()


def test_a_check_asks_one_statement_and_is_counted(asking: Callable[..., HttpRequest]) -> None:
    site = Site()
    for path in CHECKS:
        site.at_the_doorway(asking(path))
        route = resolve(path).route
        counted = requests.REQUESTS.labels("POST" if path == "/sso/introspect" else "GET", route, "200")
        before = counted._value.get()
        with CaptureQueriesContext(connection) as asked:
            assert site.at_the_doorway(asking(path))[0] == 200
        assert len(asked) == 1
        assert counted._value.get() == before + 1


def test_what_fails_at_the_doorway_is_left_to_the_view(
    asking: Callable[..., HttpRequest], caplog: pytest.LogCaptureFixture
) -> None:
    site = Site()
    with connection.execute_wrapper(_away):
        assert site.at_the_doorway(asking("/sso/userinfo"))[0] == 503
    assert site.onward == ["/sso/userinfo"]
    assert "a check was left to its view" in caplog.text


def _away(*_asked: object) -> None:
    raise OperationalError("the server closed the connection")


def test_the_calls_of_a_minute_are_counted_there_too(asking: Callable[..., HttpRequest]) -> None:
    site = Site()
    ask = asking("/api/v1/me")
    ApiToken.objects.update(per_minute=3)
    answers = [site.at_the_doorway(ask)[0] for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_a_system_that_was_closed_learns_nothing_at_once(asking: Callable[..., HttpRequest]) -> None:
    site = Site()
    assert site.at_the_doorway(asking("/sso/userinfo"))[0] == 200
    System.objects.update(closed_at=now())
    assert site.at_the_doorway(asking("/sso/userinfo"))[0] == 401
    assert site.at_the_doorway(asking("/sso/introspect"))[0] == 401
