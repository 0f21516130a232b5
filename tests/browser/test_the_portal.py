"""The public pages for a phone on a slow line: light, by keyboard, without scripts, on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.axe import violations
from tests.browser.watching import Watch, picture

PROCEDURES = ("dang-ky-khai-sinh", "chung-thuc-ban-sao", "dang-ky-ho-kinh-doanh")
PAGES = {
    "home": "/",
    "procedures": "/procedures/?channel=ONLINE",
    "nothing-found": "/procedures/?q=xyzzyqqq",
    "field": "/procedures/fields/ho-tich/",
    "life-event": "/procedures/life-events/sinh-con/",
    "offices": "/procedures/agencies/?q=tan+an",
    "office": "/procedures/agencies/H12.39.32245/",
    "no-such-procedure": "/procedures/khai-sinh/",
    **{code: f"/procedures/{code}/?where=tan+an" for code in PROCEDURES},
}
WIDTHS = (320, 360, 480, 640, 768, 960, 1024, 1280, 1440, 1920)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
KILOBYTES = 120
A4 = (595, 842)


@pytest.fixture
def plain(chromium: Browser, live: str, watch: Watch) -> Iterator[Page]:
    """A page 360 pixels wide of a browser that runs no scripts."""
    context = chromium.new_context(
        base_url=live, viewport={"width": 360, "height": 740}, locale="vi-VN", java_script_enabled=False
    )
    yield watch.page(context)
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing_on_a_phone(phone: Page, live: str, theme: str) -> None:
    phone.context.add_cookies([{"name": "theme", "value": theme, "url": live}])
    for name, path in PAGES.items():
        phone.goto(path)
        phone.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert violations(phone) == [], name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_desktop(desktop: Page, live: str, theme: str) -> None:
    desktop.context.add_cookies([{"name": "theme", "value": theme, "url": live}])
    for name, path in PAGES.items():
        desktop.goto(path)
        desktop.evaluate("document.querySelectorAll('details.fold').forEach(e => e.open = true)")
        assert violations(desktop) == [], name


def test_nothing_is_wider_than_the_screen(desktop: Page) -> None:
    for name, path in PAGES.items():
        desktop.goto(path)
        desktop.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        for width in WIDTHS:
            desktop.set_viewport_size({"width": width, "height": 900})
            assert desktop.evaluate(TOO_WIDE) <= 0, (name, width)


def test_every_page_has_its_picture(phone: Page, desktop: Page) -> None:
    for name, path in PAGES.items():
        for page in (phone, desktop):
            page.goto(path)
            assert page.locator("h1").count() == 1, name
            picture(page, f"portal-{name}")


def test_the_keyboard_walks_the_suggestions_and_enter_goes_there(desktop: Page) -> None:
    desktop.goto("/")
    field = desktop.get_by_role("combobox", name="Tìm thủ tục")
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("khai sinh")
    option = desktop.get_by_role("option").first
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert violations(desktop) == []
    desktop.keyboard.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert field.evaluate("e => e === document.activeElement")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/procedures/dang-ky-khai-sinh/")


def test_escape_closes_the_suggestions_and_keeps_the_words(desktop: Page) -> None:
    desktop.goto("/")
    field = desktop.get_by_role("combobox", name="Tìm thủ tục")
    field.press_sequentially("khai sinh")
    desktop.get_by_role("option").first.wait_for()
    desktop.keyboard.press("Escape")
    assert desktop.get_by_role("option").count() == 0
    assert field.input_value() == "khai sinh"
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/procedures/?q=khai+sinh")


def test_without_scripts_one_searches_reads_and_finds_the_office(plain: Page) -> None:
    plain.goto("/")
    plain.locator("#search").fill("khai sinh cho con")
    plain.locator(".hero button").click()
    plain.get_by_role("link", name="Làm giấy khai sinh cho con").click()
    assert plain.locator("h1").text_content() == "Làm giấy khai sinh cho con"
    assert not plain.get_by_role("button", name="In ra một tờ giấy").is_visible()
    plain.locator("[name=where]").fill("tan an")
    plain.locator(".finder button").click()
    plain.get_by_role("link", name="Ủy ban nhân dân xã Tân Ân", exact=True).click()
    assert "Tân Ân" in str(plain.locator("h1").text_content())


def test_without_scripts_a_filter_is_applied_by_its_button(plain: Page) -> None:
    plain.goto("/procedures/")
    plain.locator(".filter summary").click()
    plain.locator("[name=level]").select_option("DISTRICT")
    plain.locator(".filter button").click()
    assert plain.locator(".found > li").count() == 1
    plain.locator(".chosen a").click()
    assert plain.locator(".found > li").count() == 3


def test_a_case_is_followed_from_the_home_page(phone: Page) -> None:
    phone.goto("/")
    phone.locator("[name=code]").fill("H12.39.32245-261123-9999")
    phone.locator("[name=fact]").fill("0000")
    phone.get_by_role("button", name="Xem tiến độ").click()
    assert phone.url.endswith("/follow/")
    assert phone.locator("[name=code]").input_value() == "H12.39.32245-261123-9999"


@pytest.mark.parametrize("path", ["/", *(f"/procedures/{code}/" for code in PROCEDURES)])
def test_a_first_visit_is_light_for_a_slow_line(phone: Page, path: str) -> None:
    sizes: list[float] = []
    session = phone.context.new_cdp_session(phone)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    phone.goto(path, wait_until="networkidle")
    assert 0 < sum(sizes) <= KILOBYTES * 1024, sizes


@pytest.mark.parametrize("code", PROCEDURES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_procedure_prints_on_one_a4_sheet(desktop: Page, live: str, tmp_path: Path, code: str, language: str) -> None:
    desktop.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    desktop.goto(f"/procedures/{code}/")
    desktop.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "sheet.pdf").pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == A4
    desktop.emulate_media(media="print")
    assert desktop.locator(".leaflet__qr svg").is_visible()
    for part in (".band", ".foot", ".leaflet__side", ".finder"):
        assert not desktop.locator(part).first.is_visible(), part


def test_the_print_button_is_there_where_scripts_run(desktop: Page) -> None:
    desktop.goto("/procedures/dang-ky-khai-sinh/")
    assert desktop.get_by_role("button", name="In ra một tờ giấy").is_visible()
