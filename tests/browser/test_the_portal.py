"""The public pages for a phone on a slow line: light, by keyboard, without scripts, on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.axe import violations
from tests.browser.hands import press
from tests.browser.reaching import too_wide
from tests.browser.watching import Watch, picture

PROCEDURES = (
    "dang-ky-khai-sinh",
    "chung-thuc-ban-sao",
    "dang-ky-ho-kinh-doanh",
    "cap-phieu-ly-lich-tu-phap",
    "cap-giay-phep-xay-dung",
    "tro-cap-xa-hoi-hang-thang",
    "dang-ky-bien-dong-dat-dai",
    "khai-sinh-thuong-tru-bao-hiem-y-te",
)
PAGES = {
    "home": "/",
    "procedures": "/procedures/?channel=ONLINE",
    "nothing-found": "/procedures/?q=xyzzyqqq",
    "field": "/procedures/fields/ho-tich/",
    "life-event": "/procedures/life-events/sinh-con/",
    "offices": "/procedures/agencies/?q=tan+an",
    "office": "/procedures/agencies/H12.39.32245/",
    "figures": "/figures/",
    "figures-agencies": "/figures/agencies/?q=tan",
    "figures-agency": "/figures/agencies/H12.39.32245/",
    "figures-field": "/figures/fields/ho-tich/",
    "no-such-procedure": "/procedures/khai-sinh/",
    **{code: f"/procedures/{code}/?where=tan+an" for code in PROCEDURES},
}
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
        assert too_wide(desktop) == [], name


def test_every_page_has_its_picture(phone: Page, desktop: Page) -> None:
    for name, path in PAGES.items():
        for page in (phone, desktop):
            page.goto(path)
            expect(page.locator("h1"), name).to_have_count(1)
            picture(page, f"portal-{name}")


def test_the_keyboard_walks_the_suggestions_and_enter_goes_there(desktop: Page) -> None:
    desktop.goto("/")
    field = desktop.get_by_role("combobox", name="Tìm thủ tục")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("khai sinh")
    option = desktop.get_by_role("option").first
    option.wait_for()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert violations(desktop) == []
    desktop.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    expect(field).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/procedures/*khai-sinh*/")


def test_escape_closes_the_suggestions_and_keeps_the_words(desktop: Page) -> None:
    desktop.goto("/")
    field = desktop.get_by_role("combobox", name="Tìm thủ tục")
    field.press_sequentially("khai sinh")
    desktop.get_by_role("option").first.wait_for()
    desktop.keyboard.press("Escape")
    expect(desktop.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("khai sinh")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/procedures/?q=khai+sinh")


def test_without_scripts_one_searches_reads_and_finds_the_office(plain: Page) -> None:
    plain.goto("/")
    plain.locator("#search").fill("khai sinh cho con")
    press(plain.locator(".hero button"))
    press(plain.get_by_role("link", name="Làm giấy khai sinh cho con"))
    expect(plain.locator("h1")).to_have_text("Làm giấy khai sinh cho con")
    expect(plain.get_by_role("button", name="In ra một tờ giấy")).to_be_hidden()
    plain.locator("[name=where]").fill("tan an")
    press(plain.locator(".finder button"))
    press(plain.get_by_role("link", name="Ủy ban nhân dân xã Tân Ân", exact=True))
    expect(plain.locator("h1")).to_contain_text("Tân Ân")


def test_without_scripts_a_filter_is_applied_by_its_button(plain: Page) -> None:
    plain.goto("/procedures/")
    found = plain.locator(".found > li")
    everything = found.count()
    plain.locator(".filter summary").click()
    plain.locator("[name=level]").select_option("DISTRICT")
    press(plain.locator(".filter button"))
    expect(found.first).to_be_visible()
    expect(found).not_to_have_count(everything)
    press(plain.locator(".chosen a"))
    expect(found).to_have_count(everything)


def test_a_case_is_followed_from_the_home_page(phone: Page) -> None:
    phone.goto("/")
    phone.locator("[name=code]").fill("H12.39.32245-261123-9999")
    phone.locator("[name=fact]").fill("0000")
    press(phone.get_by_role("button", name="Xem tiến độ"))
    expect(phone).to_have_url(re.compile("/follow/$"))
    expect(phone.locator("[name=code]")).to_have_value("H12.39.32245-261123-9999")


@pytest.mark.parametrize("path", ["/", "/figures/", *(f"/procedures/{code}/" for code in PROCEDURES)])
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
    expect(desktop.locator(".leaflet__qr svg")).to_be_visible()
    for part in (".band", ".foot", ".leaflet__side", ".finder"):
        expect(desktop.locator(part).first, part).to_be_hidden()


def test_the_print_button_is_there_where_scripts_run(desktop: Page) -> None:
    desktop.goto("/procedures/dang-ky-khai-sinh/")
    expect(desktop.get_by_role("button", name="In ra một tờ giấy")).to_be_visible()
