"""A citizen with a code from the phone, an officer with a password: every page by keyboard, for every reader."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.hands import press

CLERK, PASSWORD = "tanan_tranthiminh@camau.gov.vn", "camau-trinh-dien-2026"


def send(page: Page) -> None:
    page.keyboard.press("Enter")


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_a_new_citizen_signs_in_with_a_code_and_says_who_he_is_once(page: Page) -> None:
    width = (page.viewport_size or {})["width"]
    page.goto("/sign-in/?next=/sign-out/")
    assert violations(page) == []
    page.get_by_label("Số điện thoại hoặc địa chỉ thư điện tử").fill(f"sen{width}@example.com")
    send(page)
    page.wait_for_url("**/sign-in/code/")
    assert violations(page) == []
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="khay tin nhắn").click()
    tray = opened.value
    tray.wait_for_url("**/demo/tray/")
    assert violations(tray) == []
    code = re.search(r"\b\d{6}\b", tray.get_by_role("row").filter(has_text=f"sen{width}@").inner_text())
    assert code
    tray.close()
    page.get_by_label("Mã", exact=True).fill(code[0])
    send(page)
    page.wait_for_url("**/sign-in/who/**")
    assert violations(page) == []
    page.get_by_label("Họ, chữ đệm và tên").fill("Lê Thị Sen")
    page.get_by_label("Số định danh cá nhân").fill(f"09619000{width:04d}")
    send(page)
    page.wait_for_url("**/sign-out/")
    assert violations(page) == []
    press(page.get_by_role("main").get_by_role("button"))
    page.goto("/sign-in/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_an_officer_signs_in_and_out(page: Page) -> None:
    page.goto("/desk/sign-in/?next=/sign-out/")
    assert violations(page) == []
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill(CLERK)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    send(page)
    page.wait_for_url("**/sign-out/")
    press(page.get_by_role("main").get_by_role("button"))
    page.goto("/desk/sign-in/")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()


def arrive(page: Page, path: str) -> None:
    """Other addresses hold this one as where they lead to."""
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def test_a_citizen_signs_in_with_his_personal_number_and_a_password(page: Page) -> None:
    width = (page.viewport_size or {})["width"]
    page.goto("/sign-in/?next=/account/security/password/")
    page.get_by_label("Số điện thoại hoặc địa chỉ thư điện tử").fill(f"lan{width}@example.com")
    send(page)
    page.wait_for_url("**/sign-in/code/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="khay tin nhắn").click()
    code = re.search(r"\b\d{6}\b", opened.value.get_by_role("row").filter(has_text=f"lan{width}@").inner_text())
    assert code
    opened.value.close()
    page.get_by_label("Mã", exact=True).fill(code[0])
    send(page)
    page.wait_for_url("**/sign-in/who/**")
    page.get_by_label("Họ, chữ đệm và tên").fill("Trần Thị Lan")
    page.get_by_label("Số định danh cá nhân").fill(number := f"09619100{width:04d}")
    send(page)
    arrive(page, "/account/security/password/")
    assert violations(page) == []
    page.get_by_label("Mật khẩu mới").fill("mùa tôm năm nay được")
    send(page)
    arrive(page, "/account/security/")
    page.goto("/sign-out/")
    press(page.get_by_role("main").get_by_role("button"))
    page.goto("/sign-in/?next=/account/security/")
    page.get_by_role("link", name="Đăng nhập bằng mật khẩu").click()
    page.wait_for_url("**/sign-in/password/**")
    assert violations(page) == []
    page.get_by_label("Số điện thoại, địa chỉ thư điện tử hoặc số định danh cá nhân").fill(number)
    page.get_by_label("Mật khẩu").fill("mùa tôm năm nay được")
    send(page)
    arrive(page, "/account/security/")
    assert violations(page) == []
