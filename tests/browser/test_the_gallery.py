"""Every component, in every theme, at every width, for eyes, hands and screen readers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.hands import press
from tests.browser.reaching import tab_through, too_wide

PAGES = ("", "home/", "desk/", "case/", "confirmation/", "question/", "error/", "print/", "repeat/")
THEMES = ("light", "dark", "contrast")
KILOBYTES = 120


def wear(page: Page, live: str, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live}])


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_a_desktop(desktop: Page, live: str, theme: str) -> None:
    wear(desktop, live, theme)
    for name in PAGES:
        desktop.goto(f"{live}/gallery/{name}")
        assert violations(desktop) == [], name


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_a_phone(phone: Page, live: str, theme: str) -> None:
    wear(phone, live, theme)
    for name in PAGES:
        phone.goto(f"{live}/gallery/{name}")
        assert violations(phone) == [], name


def test_nothing_is_wider_than_the_screen(desktop: Page, live: str) -> None:
    for name in PAGES:
        desktop.goto(f"{live}/gallery/{name}")
        assert too_wide(desktop) == [], name


@pytest.mark.parametrize("name", ["", "desk/"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(desktop: Page, live: str, name: str) -> None:
    desktop.goto(f"{live}/gallery/{name}")
    tab_through(desktop)


def test_the_first_tab_leads_past_the_frame(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/desk/")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main-content")).to_be_focused()


def test_the_theme_follows_the_device_until_one_is_chosen(desktop: Page, live: str) -> None:
    body = desktop.locator("body")
    desktop.emulate_media(color_scheme="dark")
    desktop.goto(f"{live}/gallery/")
    expect(body).to_have_css("background-color", "rgb(19, 31, 27)")
    press(desktop.locator(".foot button[value=light]"))
    expect(body).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(desktop).to_have_url(f"{live}/gallery/")
    press(desktop.locator(".foot button[name=theme][value='']"))
    expect(body).to_have_css("background-color", "rgb(19, 31, 27)")
    desktop.emulate_media(color_scheme="light", contrast="more")
    expect(body).to_have_css("color", "rgb(0, 0, 0)")


def test_the_language_is_switched_and_kept(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/")
    expect(desktop.locator("html")).to_have_attribute("lang", "vi")
    press(desktop.locator(".top > nav button[value=en]"))
    expect(desktop.locator("html")).to_have_attribute("lang", "en")
    desktop.goto(f"{live}/gallery/home/")
    expect(desktop.locator("html")).to_have_attribute("lang", "en")


def test_forced_colours_leave_words_and_bars_to_be_seen(desktop: Page, live: str) -> None:
    desktop.emulate_media(forced_colors="active")
    desktop.goto(f"{live}/gallery/desk/")
    expect(desktop.locator(".tag").first).to_have_css("border-top-style", "solid")
    expect(desktop.locator(".meter").first).to_have_css("border-top-style", "solid")


def test_on_paper_there_is_no_frame(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/case/")
    desktop.emulate_media(media="print")
    for part in (".rail", ".bar", ".skip", ".govuk-back-link"):
        expect(desktop.locator(part).first).to_be_hidden()
    expect(desktop.locator("h1")).to_be_visible()


def test_a_table_on_a_phone_says_the_same_words(phone: Page, live: str) -> None:
    phone.goto(f"{live}/gallery/desk/")
    cells = phone.locator("tbody tr").first.locator("td")
    headings = phone.locator("thead th").all_text_contents()
    said = [cell.evaluate("e => getComputedStyle(e, '::before').content") for cell in cells.all()]
    assert said == [f'"{heading}"' for heading in headings]


def test_the_rail_opens_on_a_phone_without_any_script(phone: Page, live: str) -> None:
    phone.route("**/*.js", lambda route: route.abort())
    phone.goto(f"{live}/gallery/desk/")
    expect(phone.locator(".menu a").first).to_be_hidden()
    phone.locator(".menu summary").click()
    expect(phone.locator(".menu a").first).to_be_visible()


def test_one_key_goes_to_the_search_and_not_out_of_a_field(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/desk/")
    desktop.keyboard.press("/")
    expect(desktop.locator("#search")).to_be_focused()
    desktop.keyboard.type("n/k")
    expect(desktop.locator("#search")).to_have_value("n/k")


def test_the_home_page_is_light_for_a_slow_line(phone: Page, live: str) -> None:
    sizes: list[float] = []
    session = phone.context.new_cdp_session(phone)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    phone.goto(f"{live}/gallery/home/", wait_until="networkidle")
    assert 0 < sum(sizes) <= KILOBYTES * 1024, sizes


def test_suggestions_come_while_one_types_and_arrows_walk_them(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/")
    desktop.locator("#search-plain").press_sequentially("khai sinh")
    expect(desktop.locator(".suggestions a")).to_have_text(["Đăng ký khai sinh", "Đăng ký lại khai sinh"])
    desktop.keyboard.press("ArrowDown")
    expect(desktop.locator(".suggestions [aria-selected=true]")).to_have_text("Đăng ký khai sinh")
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".suggestions a")).to_have_count(0)


def test_a_scanned_card_fills_the_form(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/")
    desktop.locator("#card-number").focus()
    desktop.keyboard.type(
        "096194000123|381234567|Nguyễn Thị Lan|05021994|Nữ|Ấp Chợ, Tân Ân, Ngọc Hiển, Cà Mau|18042021"
    )
    desktop.keyboard.press("Enter")
    filled = {
        "card-number": "096194000123",
        "card-name": "Nguyễn Thị Lan",
        "card-address": "Ấp Chợ, Tân Ân, Ngọc Hiển, Cà Mau",
        "card-born-day": "05",
        "card-born-month": "02",
        "card-born-year": "1994",
    }
    for name, value in filled.items():
        expect(desktop.locator(f"[name={name}]")).to_have_value(value)
    expect(desktop.locator("[name=card-gender]:checked")).to_have_value("Nữ")
    expect(desktop).to_have_url(f"{live}/gallery/")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_group_is_added_and_removed_with_and_without_scripts(desktop: Page, live: str, scripts: bool) -> None:
    if not scripts:
        desktop.route("**/*.js", lambda route: route.abort())
    desktop.goto(f"{live}/gallery/repeat/")
    desktop.locator("[name=child-1-name]").fill("Bảo An")
    desktop.locator("button[name=add]").click()
    desktop.locator("[name=child-2-name]").fill("Bảo Ngọc")
    desktop.locator("button[name=remove]").first.click()
    desktop.locator("[name=child-2-name]").wait_for(state="detached")
    expect(desktop.locator("[name=child-1-name]")).to_have_value("Bảo Ngọc")


def test_a_chosen_file_is_named_with_its_size(desktop: Page, live: str) -> None:
    desktop.goto(f"{live}/gallery/")
    desktop.locator("#paper").set_input_files(
        {"name": "giay-chung-sinh.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2_200_000}
    )
    expect(desktop.locator("file-drop .drop__said").first).to_have_text("giay-chung-sinh.pdf, 2,1 MB")
