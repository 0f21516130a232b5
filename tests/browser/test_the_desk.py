"""The officer's workplace: an inbox walked by keyboard, a case carried by keyboard alone, every page for every reader."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import serving
from tests.browser.hands import press
from tests.browser.reaching import too_wide
from tests.browser.watching import picture
from tests.installation import Installation

PASSWORD = "camau-trinh-dien-2026"
CLERK, SPECIALIST, CHAIRMAN, REGISTRAR = "tranthiminh", "leanhtuan", "phamvanhung", "ngothikimchi"
TABS = ("receive", "todo", "waiting", "overdue", "return", "done")


def sign_in(page: Page, who: str) -> None:
    page.context.clear_cookies()
    page.goto("/desk/sign-in/")
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill(f"tanan_{who}@camau.gov.vn")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


def first_case(page: Page, tab: str) -> str:
    """Open the first case of the tab by keyboard; returns its address."""
    page.goto(f"/desk/{tab}/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/**")
    return page.url


def move_links(page: Page) -> list[str]:
    links = page.locator("#next a.govuk-button")
    return [str(link.get_attribute("href")) for link in links.all()]


@pytest.fixture(scope="module")
def live(installation: Installation, worker_id: str) -> Iterator[str]:
    """A site of its own: the desk counts on the cases that the demonstration holds at each place."""
    with serving(installation, f"{worker_id}_desk") as address:
        yield address


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_lists_cases_and_every_move_are_for_every_reader(page: Page) -> None:
    checked = set[str]()
    for who, tabs in ((CLERK, TABS), (SPECIALIST, ("todo",)), (CHAIRMAN, ("todo",)), (REGISTRAR, ("todo",))):
        sign_in(page, who)
        for tab in tabs:
            page.goto(f"/desk/{tab}/")
            assert violations(page) == [], (who, tab)
            if page.locator("tbody a").count() == 0:
                continue
            if tab in ("receive", "todo", "overdue"):
                picture(page, f"desk-{who}-{tab}")
            press(page.locator("tbody a").first)
            assert violations(page) == [], page.url
            for href in move_links(page):
                if (name := href.rstrip("/").rsplit("/", 1)[1]) not in checked:
                    page.goto(href)
                    assert violations(page) == [], href
                    picture(page, f"desk-{name}")
                    checked.add(name)
    assert {"refusal", "supplement-request", "proposal", "approval", "denial", "rework"} <= checked


def test_nothing_is_wider_than_the_screen(desktop: Page) -> None:
    sign_in(desktop, CLERK)
    first = first_case(desktop, "receive")
    paper = str(desktop.locator(".dossier h3 a").first.get_attribute("href"))
    for address in ("/desk/todo/", "/desk/done/", "/desk/search/?q=nguyen", first, paper, *move_links(desktop)):
        desktop.goto(address)
        assert too_wide(desktop) == [], address


def test_a_case_is_carried_from_reception_to_the_hand_by_keyboard_alone(desktop: Page) -> None:
    page = desktop
    sign_in(page, CLERK)
    page.goto("/desk/receive/?procedure=dang-ky-khai-sinh")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/**")
    address = page.url
    picture(page, "desk-case-to-receive")
    press(page.locator("body"), "t")
    expect(page.get_by_role("status")).to_contain_text("Đã tiếp nhận hồ sơ")
    for who, key, said in (
        (SPECIALIST, "n", "Đã gửi bản dự thảo"),
        (CLERK, "n", "Đã ghi trả lời"),  # the mother agrees by telephone
        (SPECIALIST, "t", "Đã trình hồ sơ"),
        (CHAIRMAN, "d", "Đã phê duyệt"),
        (REGISTRAR, "t", "Đã vào sổ"),
        (CLERK, "t", "Đã trả kết quả"),
    ):
        sign_in(page, who)
        page.goto(address)
        if key == "t" and who == CLERK and page.get_by_role("button", name="Thu phí, lệ phí").count():
            press(page.locator("body"), "p")  # nothing leaves the hand unpaid
            expect(page.get_by_role("status")).to_contain_text("Đã xác nhận thu phí")
        press(page.locator("body"), key)
        if page.url != address:
            send_form_by_keyboard(page)
        expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.locator("h1")).to_contain_text("Đã trả kết quả")
    assert violations(page) == []
    picture(page, "desk-case-done")


def send_form_by_keyboard(page: Page) -> None:
    """Tab to the form's own button and press it; of what nobody has chosen yet, take what comes first."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main form [type=radio]:not(:checked)')"):
            page.keyboard.press("Space")
        if page.evaluate("document.activeElement.matches('main form .govuk-button')"):
            press(page.locator(":focus"), "Enter")
            return
    raise AssertionError("no button was reached")


def test_rows_are_walked_with_keys_and_search_and_inbox_are_one_key_away(desktop: Page) -> None:
    sign_in(desktop, CLERK)
    desktop.goto("/desk/done/")
    codes = desktop.locator("tbody a.code")
    desktop.keyboard.press("j")
    desktop.keyboard.press("j")
    expect(codes.nth(1)).to_be_focused()
    desktop.keyboard.press("ArrowDown")
    expect(codes.nth(2)).to_be_focused()
    desktop.keyboard.press("k")
    expect(codes.nth(1)).to_be_focused()
    desktop.keyboard.press("/")
    desktop.keyboard.type("nguyen")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/desk/search/?s=*")
    expect(desktop.get_by_role("searchbox")).to_have_value("nguyen")
    assert violations(desktop) == []
    desktop.locator("body").press("v")
    desktop.wait_for_url("**/desk/")


def test_a_form_refused_keeps_what_was_typed_and_takes_the_focus(page: Page) -> None:
    sign_in(page, CHAIRMAN)
    first_case(page, "todo")
    page.goto(page.url + "denial/")
    press(page.locator("main form .govuk-button"))
    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page) == []
    picture(page, "desk-denial-refused")
