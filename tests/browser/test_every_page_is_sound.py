"""Every page of the URLconf that somebody can look at: for weak eyes, small and large screens, and the keyboard."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, beside_the_site, serving
from tests.browser.reaching import TOO_WIDE, tab_through
from tests.browser.watching import Watch
from tests.installation import Installation
from tests.urls import every_url

PARTS = sorted({url.name.partition(":")[0] for url in every_url()})
WIDTHS = (320, 360, 768, 1024, 1440, 1920)
OTHER_THEMES = ("dark", "contrast")
TOUR = "import django; django.setup(); from tests.browser.tour import main; main()"
MAKE_UP = """() => ({
  lang: document.documentElement.lang, title: document.title.trim(),
  headings: [...document.querySelectorAll("h1")].filter(e => e.checkVisibility()).length,
  twice: [...document.querySelectorAll("[id]")].map(e => e.id).filter((id, place, all) => all.indexOf(id) < place),
})"""
WIDER = f"""() => {{ const over = {TOO_WIDE}; return over <= 0 ? "" : [...document.querySelectorAll("main *, header *, footer *")]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 3)
  .map(e => `${{e.tagName}}.${{e.className}}`).join(", ") || "the page"; }}"""


@pytest.fixture(scope="module")
def whose(worker_id: str) -> str:
    """A site of its own: the tour gives everybody cases in every state, which journeys do not expect."""
    return f"{worker_id}_tour"


@pytest.fixture(scope="module")
def live(installation: Installation, whose: str) -> Iterator[str]:
    with serving(installation, whose) as address:
        yield address


@pytest.fixture(scope="module")
def tour(whose: str, live: str) -> Any:
    """Where to look, as whom; the sessions are those of the running site."""
    environment = beside_the_site(whose)
    done = subprocess.run([sys.executable, "-c", TOUR], env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@pytest.fixture
def page(chromium: Browser, live: str, watch: Watch) -> Iterator[Page]:
    context = chromium.new_context(base_url=live, viewport=DESKTOP, locale="vi-VN")
    yield watch.page(context)
    context.close()


def test_every_page_with_parameters_has_somebody_who_can_look_at_it(tour: Any) -> None:
    assert tour["closed"] == []


@pytest.mark.parametrize("part", PARTS)
def test_every_page_is_sound(page: Page, live: str, watch: Watch, tour: Any, part: str) -> None:
    wrong = []
    stops = [stop for stop in tour["stops"] if stop["url"].partition(":")[0] == part]
    for number, stop in enumerate(stops):
        become(page, live, session=stop["session"])
        wrong += [f"{stop['url']} {stop['path']}: {fault}" for fault in faults(page, stop["path"], number)]
        wrong += [f"{stop['url']}: {trouble}" for trouble in watch.trouble]
        watch.trouble.clear()
    assert not wrong, "\n".join(wrong)


def become(page: Page, live: str, *, session: str) -> None:
    page.context.clear_cookies()
    if session:
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])


def wear(page: Page, theme: str) -> None:
    """The page again in another theme, as its reader would have chosen it."""
    page.context.add_cookies([{"name": "theme", "value": theme, "url": page.url}])
    page.reload()
    page.context.clear_cookies(name="theme")


def faults(page: Page, path: str, number: int) -> Iterator[str]:
    """What is wrong with one page; the other themes and the keyboard for every second page."""
    response = page.goto(path)
    if response is None or response.status != 200:
        yield f"answers {response.status if response else 'nothing'}"
        return
    made = page.evaluate(MAKE_UP)
    if not (made["lang"] and made["title"] and made["headings"] == 1 and not made["twice"]):
        yield f"make-up: {made}"
    yield from violations(page)
    yield from (f"{width} px: {what}" for width in WIDTHS if (what := wider(page, width)))
    page.set_viewport_size(DESKTOP)
    theme = OTHER_THEMES[number // 2 % 2]
    if number % 2:
        wear(page, theme)
        yield from (f"{theme}: {fault}" for fault in violations(page))
    else:
        yield from out_of_reach(page)


def wider(page: Page, width: int) -> str:
    page.set_viewport_size({"width": width, "height": 800})
    found: str = page.evaluate(WIDER)
    return found


def out_of_reach(page: Page) -> Iterator[str]:
    try:
        tab_through(page)
    except AssertionError as fault:
        yield f"keyboard: {str(fault)[:200]}"
