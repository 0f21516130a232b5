"""Whatever is sent to whatever page: no fault of ours, no way out of the site, and nothing that runs in a browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as fuzzing
from pytest_django import DjangoDbBlocker

from camaug.cases.models import Case
from camaug.kernel.pages import Audience, door_of
from tests.belongings import Belonging, belongings, looks, message_to, names_a_case, of_the_office, tries
from tests.urls import Url, every_url
from tests.urls_samples import SAMPLES
from tests.visitors import Visitor, status_of, visitors
from tests.world import AT, World

pytestmark = pytest.mark.django_db
CODE = Path(__file__).parents[2] / "camaug"
ASKED_FOR = re.compile(r"""(?:GET|POST|FILES)\.(?:get|getlist)\("([^"]+)\"|"([^"]+)" in request\.(?:GET|POST)""")
FIELD = re.compile(r'\bname="([^"]+)"')
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "https:evil.example", "javascript:alert(1)")
NASTY = (
    *ELSEWHERE,
    "",
    "-1",
    "9" * 400,
    "\x00",
    "a\x00b",
    "' OR 1=1 --",
    "%s %(x)s {x} {0.__class__}",
    "<script>window.hurt=1</script>",
    "\u202e\U0001f9a0\ufffe",
    "01900000-0000-7000-8000-000000000000",
    "W10",
    "WyIyMDI2LTAxLTAxIiwgIjAxOTAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCIsIGZhbHNlXQ",
    "x" * 20_000,
)
SCRIPT = "<script>window.hurt=1</script>"
HURT = f'{SCRIPT}"><img src=x onerror=hurt()>\u202e\U0001f9a0'


@dataclass(frozen=True)
class Way:
    """A page with somebody who may look at it, and the names that it listens to."""

    url: Url
    client: Client
    path: str
    names: tuple[str, ...]

    def get(self, typed: dict[str, str]) -> HttpResponseBase:
        return self._in_vain("get", typed)

    def post(self, typed: dict[str, str]) -> HttpResponseBase:
        return self._in_vain("post", typed)

    def _in_vain(self, method: str, typed: dict[str, str]) -> HttpResponseBase:
        with transaction.atomic():
            response: HttpResponseBase = getattr(self.client, method)(self.path, typed)
            transaction.set_rollback(True)
        return response


@pytest.fixture(scope="module")
def cases(province: World, django_db_blocker: DjangoDbBlocker) -> tuple[Belonging, ...]:
    with django_db_blocker.unblock():
        return belongings(province)


@pytest.fixture(scope="module")
def ways(province: World, cases: tuple[Belonging, ...], django_db_blocker: DjangoDbBlocker) -> list[Way]:
    """Each page once, opened by the first who can."""
    with django_db_blocker.unblock(), transaction.atomic():
        return _ways(visitors(province), cases, of_the_office(province))


def _ways(everybody: list[Visitor], cases: tuple[Belonging, ...], office: dict[str, object]) -> list[Way]:
    listened = {
        name for file in CODE.rglob("web/**/*.py") for pair in ASKED_FOR.findall(file.read_text()) for name in pair
    }
    found, seen = [], looks(everybody, cases)
    for url in every_url():
        tried = [(visitor.client, path) for visitor, path in tries(url, everybody, seen, office)]
        client, path, shown = next(_opened(tried), (*tried[0], ""))
        fields = {name for name in FIELD.findall(shown) if name != "csrfmiddlewaretoken"}
        found.append(Way(url, client, path, tuple(sorted((listened | fields) - {""}))))
    return found


def _opened(tried: list[tuple[Client, str]]) -> Iterator[tuple[Client, str, str]]:
    for client, path in tried:
        response = client.get(path)
        if status_of(response) == 405:
            return
        if response.status_code == 200:
            html = response.headers["Content-Type"].startswith("text/html")
            yield client, path, response.content.decode() if html else ""


def fault(response: HttpResponseBase, what: str) -> Iterator[str]:
    if (status := status_of(response)) >= 500:
        yield f"{what}: {status}"
    away = response.headers.get("Location", "")
    if away.replace("\\", "/").startswith(("http", "//", "javascript")):
        yield f"{what}: leads to {away}"


def test_no_page_fails_or_leads_away_whatever_every_field_of_it_says(ways: list[Way]) -> None:
    wrong = list[str]()
    for number, way in enumerate(ways):
        for word in (NASTY[number % len(NASTY)], NASTY[(number + 7) % len(NASTY)]):
            typed = dict.fromkeys(way.names, word)
            short = dict.fromkeys(typed, word[:300])
            wrong += fault(way.get(short), f"GET {way.path} {word[:30]!r}")
            wrong += fault(way.post(typed), f"POST {way.path} {word[:30]!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("word", ELSEWHERE)
def test_no_page_leads_away(ways: list[Way], word: str) -> None:
    wrong = list[str]()
    for way in (one for one in ways if '"next"' in Path(_file(one)).read_text()):
        wrong += fault(way.get({"next": word}), f"GET {way.path}")
        wrong += fault(way.post({"next": word, "theme": "dark", "language": "en"}), f"POST {way.path}")
    assert not wrong, "\n".join(wrong)


def _file(way: Way) -> str:
    view = way.url.view
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return str(view.__code__.co_filename)


def test_no_page_fails_under_random_fields(ways: list[Way]) -> None:
    words = strategies.sampled_from(NASTY) | strategies.text(max_size=40) | strategies.integers().map(str)

    @fuzzing(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(strategies.sampled_from(ways), strategies.data(), strategies.booleans())
    def fuzz(way: Way, data: strategies.DataObject, posted: bool) -> None:
        names = data.draw(strategies.lists(strategies.sampled_from(way.names), max_size=6, unique=True))
        typed = {name: data.draw(words).encode("utf-8", "replace").decode()[:500] for name in names}
        assert not list(fault((way.post if posted else way.get)(typed), way.path))

    fuzz()


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"&".join(b"f%d=1" % n for n in range(10_000)), "application/x-www-form-urlencoded"),
        (b"words=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "application/x-www-form-urlencoded"),
        (b"words=%ff%fe%c3%28&\xff\xfe=\xff", "application/x-www-form-urlencoded"),
        (b"--x\r\nnothing of the kind", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b'{"a": [', "application/json"),
    ],
)
def test_a_form_that_is_no_form_is_refused(ways: list[Way], content: bytes, content_type: str) -> None:
    for way in (
        one for one in ways if one.url.name in ("access:sign_in", "citizen:page", "counter:form", "cases:reception")
    ):
        response = way.client.post(way.path, content, content_type=content_type)
        assert response.status_code < 500, way.path


@pytest.mark.parametrize(
    "path", ["/%00", "/desk/cases/%00/", "/%ff%fe/", "/desk/cases/%2e%2e%2f/", "/?q=%ff%00", "/places/?q=%00"]
)
def test_a_broken_address_is_not_found(world: World, path: str) -> None:
    for visitor in visitors(world)[:3]:
        assert visitor.client.get(path).status_code < 500


def test_what_people_write_is_shown_and_never_run(world: World, cases: tuple[Belonging, ...]) -> None:
    _write_everywhere(world, cases)
    everybody, seen = visitors(world), 0
    for url in every_url():
        door, sample = door_of(url.view), SAMPLES.get(url.name, {})
        assert door
        for visitor in (one for one in everybody if door.admits(one.actor) and one.key in LOOKING):
            for belonging in cases if names_a_case(sample) else cases[:1]:
                path = url.path(belonging.fill(sample) if names_a_case(sample) else sample)
                response = visitor.client.get(path, {"q": HURT, "words": HURT, "tab": HURT})
                if response.headers.get("Content-Type", "").startswith("text/html"):
                    shown = response.content.decode()
                    assert SCRIPT not in shown, path
                    assert "<img src=x" not in shown, path
                    seen += "&lt;script&gt;window.hurt" in shown
                status_of(response)
    assert seen > 10


LOOKING = {"stranger", "mother", "clerk", "chairman"}


def _write_everywhere(world: World, cases: tuple[Belonging, ...]) -> None:
    """As if every check at the entrance had failed."""
    for belonging in cases:
        case = belonging.case
        said = {
            name: HURT if isinstance(value, str) and name.endswith("name") else value
            for name, value in case.answers.items()
        }
        Case.objects.filter(pk=case.pk).update(
            answers=said, applicant_name=HURT, applicant_address=HURT, delivery_address=HURT, moved_by_name=HURT[:120]
        )
        case.files.update(file_name=HURT[:120])
        for note in case.notes.all():
            note.text = HURT
            note.save()
        case.papers.update(note=HURT, source=HURT[:120], source_at=AT)
        case.results.update(name=HURT, number_text=HURT[:60])
    message = message_to(world.citizens["mother"])
    message.title = message.body = HURT
    message.save()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("giay.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("anh.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("anh.png", b"GIF89a<script>alert(1)</script>"),
        ("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("trang.html", b"%PDF-1.4 <script>alert(1)</script>"),
    ],
)
def test_a_page_dressed_as_a_paper_is_refused(
    cases: tuple[Belonging, ...], world: World, name: str, content: bytes
) -> None:
    draft = next(one for one in cases if one.key == "draft").case
    mother = next(one for one in visitors(world) if one.key == "mother").client
    before = draft.files.count()
    response = mother.post(f"/applications/{draft.id}/papers/", {"giay-chung-sinh": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert draft.files.count() == before


def test_every_answer_carries_what_keeps_it_harmless(ways: list[Way]) -> None:
    """Pages a strict policy, files a sandbox; nothing behind a door is kept by the browser."""
    wrong = []
    for way in ways:
        response = way.client.get(way.path)
        policy, kind = response.headers.get("Content-Security-Policy", ""), response.headers.get("Content-Type", "")
        strict = "default-src 'none'" in policy and "script-src 'unsafe" not in policy and "frame-ancestors" in policy
        if not strict or ("text/html" in kind and "unsafe-inline" in policy):
            wrong.append(f"{way.path}: policy {policy!r}")
        if status_of(response) == 200 and kind.startswith(("application/pdf", "image/")) and "sandbox" not in policy:
            wrong.append(f"{way.path}: no sandbox")
        if response.headers.get("X-Content-Type-Options") != "nosniff":
            wrong.append(f"{way.path}: its type may be guessed")
        door = door_of(way.url.view)
        if door and door.audience != Audience.PUBLIC and "no-store" not in response.headers.get("Cache-Control", ""):
            wrong.append(f"{way.path}: may be kept")
        wrong += [f"{way.path}: cookie {name}" for name, cookie in response.cookies.items() if not cookie["samesite"]]
    assert not wrong, "\n".join(wrong)


def test_the_session_cannot_be_read_by_scripts(world: World) -> None:
    client = Client()
    client.post("/sign-in/", {"contact": "0918000123"})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.post("/preferences/theme/", {"theme": "dark"}, secure=True)
    assert client.cookies["theme"]["secure"]
