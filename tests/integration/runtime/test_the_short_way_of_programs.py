"""What programs ask without a cookie goes a shorter way: to the same answer, by the same rules."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import resolve

from camaug.access.middleware import ProgramMiddleware
from camaug.cases.models import Reading
from camaug.kernel.clock import now
from camaug.kernel.pages import Request, is_for_programs, public, staff
from tests.applications import send_birth
from tests.callers import program_of
from tests.world import World

ASKED = {
    "/.well-known/openid-configuration": 200,
    "/.well-known/oauth-authorization-server": 200,
    "/sso/keys": 200,
    "/sso/userinfo": 401,
    "/sso/token": 405,
    "/sso/introspect": 405,
    "/sso/revoke": 405,
    "/api/v1/me": 200,
    "/api/v1/cases": 401,
    "/api/v1/cases/nothing": 401,
    "/api/v1/procedures": 200,
    "/api/v1/agencies": 200,
}
FORM = "application/x-www-form-urlencoded"


def told(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "RateLimit"}
    headers["Vary"] = ", ".join(sorted(headers.get("Vary", "").split(", ")))
    return answer.status_code, answer.content, headers


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", list(ASKED))
def test_the_answer_is_the_same_as_by_the_long_way(path: str, language: str, world: World) -> None:
    assert is_for_programs(resolve(path).func)
    browser = Client(headers={"Accept-Language": language})
    short = told(browser.get(path))
    browser.cookies["theme"] = "dark"
    assert short == told(browser.get(path))
    assert short[0] == ASKED[path]
    assert short[2]["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in short[2]["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/api/v1/procedures"])
def test_what_goes_out_compressed_is_told_as_by_the_long_way(path: str, world: World) -> None:
    browser = Client(headers={"Accept-Encoding": "gzip, br"})
    short = browser.get(path)
    browser.cookies["theme"] = "dark"
    long = browser.get(path)
    apart = {"RateLimit", "Content-Length"}  # each time other octets are added, against guessing what is inside
    assert {*short.headers} == {*long.headers}
    assert {name: short.headers[name] for name in {*short.headers} - apart - {"Vary"}} == {
        name: long.headers[name] for name in {*long.headers} - apart - {"Vary"}
    }
    assert short.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("cookie", ["", "dark"])
def test_a_host_that_is_not_ours_is_answered_on_neither_way(cookie: str, world: World) -> None:
    browser = Client()
    if cookie:
        browser.cookies["theme"] = cookie
    assert browser.get("/sso/keys").status_code == 200
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        refused = browser.get("/sso/keys", headers={"Host": "elsewhere.example"})
        assert refused.status_code == 400
        assert refused.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("cookie", ["", "dark"])
def test_whoever_comes_without_tls_is_led_to_it_on_both_ways(cookie: str, world: World) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60):
        browser = Client()
        if cookie:
            browser.cookies["theme"] = cookie
        led = browser.get("/sso/keys")
        assert (led.status_code, led.headers["Location"]) == (301, "https://testserver/sso/keys")
        assert browser.get("/sso/keys", secure=True).headers["Strict-Transport-Security"] == "max-age=60"


def test_a_program_that_reads_a_case_is_written_down_on_the_short_way_too(world: World) -> None:
    code = send_birth(world).code
    clerk = world.officer("clerk", at=now())
    before = Reading.objects.count()
    assert program_of(clerk).get(f"/cases/{code}").status_code == 200
    assert Reading.objects.count() == before + 1


def test_it_asks_for_no_session_and_one_statement_says_who_calls(world: World) -> None:
    program = program_of(world.officer("clerk", at=now()))
    program.get("/me")
    with CaptureQueriesContext(connection) as asked:
        assert program.get("/me").status_code == 200
    assert len(asked) == 1


def test_a_nul_is_refused_there_as_everywhere(world: World) -> None:
    answer = Client().post("/sso/introspect", urlencode({"token": "a\0b"}), content_type=FORM)
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"]


def test_pages_of_people_below_the_same_addresses_go_the_long_way(world: World) -> None:
    assert not is_for_programs(resolve("/sso/authorize").func)
    assert Client().get("/sso/logout").status_code == 200
    assert Client().get("/sso/nothing").status_code == 404
    assert Client().get("/api/v1/docs/").status_code == 200


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize(("view", "opens"), [(public(page), True), (staff(page), False), (page, False)])
def test_it_leads_to_nothing_that_is_not_open_to_everybody(view: object, opens: bool) -> None:
    request: Request = RequestFactory().get("/")  # type: ignore[assignment]  # as the middleware makes it
    layer = ProgramMiddleware(page)
    if opens:
        layer.process_view(request, view, (), {})  # type: ignore[arg-type]
    else:
        with pytest.raises(Http404):
            layer.process_view(request, view, (), {})  # type: ignore[arg-type]
