"""A passkey in a real browser, with the virtual authenticator of the DevTools protocol: added, used, used up, refused."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.hands import press, press_button
from tests.browser.reaching import too_wide
from tests.browser.watching import Watch, picture
from tests.integration.access.conftest import PASSWORD, Clerk, agency_id, engage

__all__ = ["agency_id", "engage"]
SECURITY = "/account/security/"
MAIL = "an@camau.gov.vn"


@pytest.fixture
def page(transactional_db: None, live_server: LiveServer, chromium: Browser, watch: Watch) -> Iterator[Page]:
    """A browser before a site of this test's own: with one officer, not with the whole province."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=address, viewport=DESKTOP, locale="vi-VN")
    yield watch.page(context)
    context.close()


@pytest.fixture
def authenticator(page: Page) -> CDPSession:
    """A platform authenticator that always finds its owner's finger on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def gives_password(page: Page) -> None:
    page.context.clear_cookies()
    page.goto(f"/desk/sign-in/?next={SECURITY}")
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill(MAIL)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page.get_by_label("Mật khẩu"), "Enter")


def looked_at(page: Page, name: str) -> None:
    """Sound and photographed at both widths."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert (violations(page), too_wide(page)) == ([], []), name
        picture(page, f"{name}-{size['width']}")


def test_a_passkey_is_added_signs_in_alone_and_beside_a_password_and_is_removed(
    page: Page, authenticator: CDPSession, engage: Callable[..., Clerk]
) -> None:
    engage("Nguyễn Văn An", MAIL)
    gives_password(page)
    looked_at(page, "security-bare")
    press(page.get_by_role("link", name="Thêm khóa truy cập"))
    looked_at(page, "passkey-new")
    page.get_by_label("Tên thiết bị").fill("Máy ở cơ quan")
    press_button(page, "Tạo khóa truy cập")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã khôi phục của bạn")
    looked_at(page, "recovery-codes")
    press(page.get_by_role("link", name="Tôi đã lưu, tiếp tục"))
    expect(page.get_by_text("Máy ở cơ quan").first).to_be_visible()
    looked_at(page, "security-passkey")

    page.context.clear_cookies()
    page.goto(f"/desk/sign-in/?next={SECURITY}")
    press(page.get_by_role("link", name="Đăng nhập bằng khóa truy cập"))
    looked_at(page, "passkey-sign-in")
    press_button(page, "Đăng nhập bằng khóa truy cập")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảo mật tài khoản")

    gives_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực bước hai")
    looked_at(page, "second-factor-passkey")
    press_button(page, "Dùng khóa truy cập")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảo mật tài khoản")

    press(page.get_by_role("link", name="Gỡ yếu tố này"))
    press_button(page, "Gỡ yếu tố này")
    expect(page.get_by_text("Đã gỡ “Máy ở cơ quan”.")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in/passkey/")
    press_button(page, "Đăng nhập bằng khóa truy cập")
    expect(page.get_by_role("alert").first).to_contain_text("Không nhận ra khóa truy cập")
