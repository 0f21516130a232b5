"""The page of notices, the choice of channels and the tray, on a phone and on a desk, for every reader."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.hands import press, press_button

PHONE_OF_MOTHER, AS_PEOPLE_WRITE_IT = "0918000123", "0918 000 123"


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def sign_in(page: Page) -> None:
    """The mother signs in with the latest code on the tray."""
    page.goto("/sign-in/?next=/messages/")
    page.get_by_role("main").get_by_role("textbox").fill(PHONE_OF_MOTHER)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/")
    tray = page.context.new_page()
    tray.goto("/demo/tray/")
    assert violations(tray) == []
    assert fits(tray)
    rows = tray.get_by_role("row").filter(has_text=AS_PEOPLE_WRITE_IT).filter(has_text=re.compile(r"\b\d{6}\b"))
    code = re.search(r"\b\d{6}\b", rows.filter(has_text="CaMau-G").first.inner_text().replace(AS_PEOPLE_WRITE_IT, ""))
    assert code
    tray.close()
    page.get_by_role("main").get_by_role("textbox").fill(code[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages/")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_citizen_reads_notices_and_chooses_how_to_be_told(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    assert violations(page) == []
    assert fits(page)
    press(page.get_by_role("link", name="Chọn cách nhận thông báo"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Cách nhận thông báo")
    assert violations(page) == []
    assert fits(page)
    sms = page.get_by_label("Tin nhắn SMS")
    wanted = sms.is_checked()
    sms.set_checked(not wanted)
    press_button(page, "Lưu")
    expect(page.get_by_text("Đã lưu lựa chọn của bạn.")).to_be_visible()
    expect(page.get_by_label("Tin nhắn SMS")).to_be_checked(checked=not wanted)
    page.get_by_label("Tin nhắn SMS").set_checked(wanted)
    press_button(page, "Lưu")
