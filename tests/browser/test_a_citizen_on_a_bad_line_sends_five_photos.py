"""Five photographs of one paper over a line that is cut again and again become one PDF; without scripts too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image, ImageStat
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from camaug.access.models import Account
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.kernel.clock import now
from tests.applications import birth
from tests.browser.axe import violations
from tests.browser.bad_line import BadLine, bad_line
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.hands import press_button
from tests.browser.reaching import too_wide
from tests.browser.watching import picture
from tests.sessions import enter
from tests.world import AT, build

PAPER = "giay-chung-sinh"
SEND_AND_JOIN = "ghép thành một tệp PDF"


pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Errand:
    """The mother's application that has come as far as its papers, and her session."""

    papers: str
    session: str


@pytest.fixture
def errand() -> Errand:
    """In a small province of its own."""
    world = build()
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    save(case.id, Changes(answers=birth(now())), by=mother, at=AT)
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    return Errand(f"/applications/{case.id}/papers/", client.cookies["sessionid"].value)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """The pages of a paper, about a megabyte each; page n is darker than the one before."""
    made = []
    for page in range(5):
        path = tmp_path / f"IMG_{2041 + page}.jpg"
        grain = Image.effect_noise((1500, 1100), 50)
        Image.blend(grain, Image.new("L", grain.size, 230 - 45 * page), 0.6).save(path, quality=97)
        made.append(path)
    return made


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[BadLine]:
    with bad_line(live_server.url, limit=900_000) as line:
        yield line


def opened(browser: Browser, address: str, errand: Errand, *, scripts: bool = True) -> Page:
    context = browser.new_context(
        base_url=address, viewport=PHONE, locale="vi-VN", has_touch=True, java_script_enabled=scripts
    )
    context.add_cookies([{"name": "sessionid", "value": errand.session, "url": address}])
    page = context.new_page()
    page.goto(errand.papers)
    return page


def looked_at(page: Page, name: str) -> None:
    """Pictures on a phone and on a desk; nothing for axe to find, no sideways scrolling."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert too_wide(page) == [], name
        picture(page, f"uploads-{name}")
    assert violations(page) == [], name


def pages_of(page: Page, name: str) -> list[int]:
    """How light each page of the PDF is."""
    address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
    assert address
    pdf = PdfReader(BytesIO(page.request.get(address).body()))
    pictures = [one.images[0].image for one in pdf.pages]
    return [round(ImageStat.Stat(one.convert("L")).mean[0]) for one in pictures if one]


def in_order(page: Page) -> list[str]:
    return page.locator(".pages__name small").all_inner_texts()


def begun_offsets(context: BrowserContext) -> list[int]:
    """Filled with the offset of every piece that is sent."""
    offsets: list[int] = []

    def heard(request: Request) -> None:
        if request.method == "PATCH":
            offsets.append(int(request.headers["upload-offset"]))

    context.on("request", heard)
    return offsets


def test_five_photos_over_a_line_that_is_cut_become_one_pdf(
    chromium: Browser, line: BadLine, errand: Errand, photos: list[Path]
) -> None:
    page = opened(chromium, line.address, errand)
    looked_at(page, "before")
    page.locator(f'input[name="{PAPER}"]').set_input_files(photos)
    expect(page.locator(".sending li")).to_have_count(5)
    expect(page.locator('.sending [data-state="sent"]').first).to_be_visible(timeout=60_000)
    line.die()
    expect(page.get_by_text("Mất kết nối")).to_be_visible(timeout=20_000)
    picture(page, "uploads-waiting")
    line.dead = False
    expect(page.locator('.sending [data-state="sent"]')).to_have_count(5, timeout=120_000)
    assert line.cuts >= 3
    looked_at(page, "sent")
    line.cutting = False
    press_button(page, SEND_AND_JOIN)
    assert in_order(page) == [photo.name for photo in photos]
    press_button(page, "Xuống IMG_2041.jpg")
    assert in_order(page)[:2] == ["IMG_2042.jpg", "IMG_2041.jpg"]
    looked_at(page, "order")
    press_button(page, "Lên IMG_2041.jpg")
    press_button(page, "Ghép thành một tệp PDF")
    looked_at(page, "joined")
    light = pages_of(page, "Giấy chứng sinh.pdf")
    assert len(light) == 5
    assert light == sorted(light, reverse=True)
    page.context.close()


def test_a_page_that_was_closed_goes_on_where_it_stopped(
    chromium: Browser, line: BadLine, errand: Errand, photos: list[Path]
) -> None:
    page = opened(chromium, line.address, errand)
    offsets = begun_offsets(page.context)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.locator(f'input[name="{PAPER}"]').set_input_files(photos[0])
    line.die()
    expect(page.get_by_text("Mất kết nối")).to_be_visible(timeout=30_000)
    page.goto("about:blank")
    assert max(offsets) > 0
    line.dead, line.cutting = False, False
    offsets.clear()
    page.goto(errand.papers)
    page.locator(f'input[name="{PAPER}"]').set_input_files(photos[0])
    expect(page.get_by_text("Đã gửi xong")).to_be_visible(timeout=30_000)
    assert offsets[0] > 0
    press_button(page, "Gửi các tệp này")
    expect(page.get_by_role("link", name="IMG_2041.jpg")).to_be_visible()
    page.context.close()


def test_a_form_sent_too_early_waits_for_its_files(
    chromium: Browser, line: BadLine, errand: Errand, photos: list[Path]
) -> None:
    line.cutting = False
    page = opened(chromium, line.address, errand)
    page.locator(f'input[name="{PAPER}"]').set_input_files([photos[0], __file__])
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi các tệp này").click()
    expect(page.get_by_role("link", name="IMG_2041.jpg")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text(".py")
    page.context.close()


def test_five_photos_become_one_pdf_without_scripts(
    chromium: Browser, live_server: LiveServer, errand: Errand, photos: list[Path]
) -> None:
    page = opened(chromium, live_server.url, errand, scripts=False)
    page.locator(f'input[name="{PAPER}"]').set_input_files(photos)
    page.get_by_role("button", name=re.compile(SEND_AND_JOIN)).first.click()
    expect(page.locator(".pages__page")).to_have_count(5)
    page.get_by_role("button", name="Không ghép IMG_2045.jpg").click()
    expect(page.locator(".pages__page")).to_have_count(4)
    page.get_by_role("button", name="Xuống IMG_2041.jpg").click()
    expect(page.locator(".pages__name small").first).to_have_text("IMG_2042.jpg")
    page.get_by_role("button", name="Ghép thành một tệp PDF").click()
    expect(page.get_by_role("link", name="IMG_2045.jpg")).to_be_visible()
    light = pages_of(page, "Giấy chứng sinh.pdf")
    assert [light[1], light[0], *light[2:]] == sorted(light, reverse=True)
    page.context.close()
