"""A citizen signs in by another maker's provider, which plays VNeID, signs out of both, links, joins and unlinks."""

import os
import re
from collections.abc import Iterator

import pytest
from django.conf import settings as settings_of_the_site
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from camaug.access.identities import OutsideIdentity
from camaug.access.models import Account, OpenSession
from camaug.access.outside import provider
from camaug.notify.models import TrayMessage
from camaug.runtime import stand_in
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.reaching import too_wide
from tests.browser.watching import picture
from tests.other_systems.running import process
from tests.ports import free_port
from tests.waiting import PATIENCE, until

NUMBER = "096190000123"
SECRET = "bí mật của phép thử".encode().hex()


@pytest.fixture
def page(transactional_db: None, live_server: LiveServer, chromium: Browser, settings: Settings) -> Iterator[Page]:
    """A telephone before a site that knows the provider."""
    port = free_port()
    here = live_server.url.replace("127.0.0.1", "localhost")
    provider._HELD.clear()
    settings.PUBLIC_URL = here
    settings.OUTSIDE_ISSUER, settings.OUTSIDE_CLIENT_ID = f"http://localhost:{port}", "camaug"
    settings.OUTSIDE_CLIENT_SECRET = SECRET
    with process(stand_in.command(port), port, STAND_IN=os.environ["STAND_IN"]):
        context = chromium.new_context(viewport=PHONE, locale="vi-VN", base_url=here)
        context.set_default_timeout(PATIENCE * 1000)
        yield context.new_page()
        context.close()


def show_there(page: Page) -> None:
    """At the provider: say who one is."""
    expect(page.get_by_text("không phải VNeID")).to_be_visible()
    page.get_by_label("Số định danh cá nhân").fill(NUMBER)
    page.get_by_label("Họ và tên").fill("Lê Thị Sen")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def looked_at(page: Page) -> None:
    """Sound and photographed at both widths."""
    path = page.url.partition("//")[2].partition("/")[2].partition("?")[0]
    name = re.sub(r"\W+", "-", re.sub("(?<=choose/).*", "", path))
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert (violations(page), too_wide(page)) == ([], []), name
        picture(page, f"vneid-{name}-{size['width']}")


def sign_in_by_code(page: Page, contact: str) -> None:
    page.goto("/sign-in/?next=/account/security/")
    page.get_by_label("Số điện thoại hoặc địa chỉ thư điện tử").fill(contact)
    page.get_by_role("button", name="Gửi mã").click()
    page.wait_for_url("**/sign-in/code/")
    found = re.search(r"\d{6}", TrayMessage.objects.latest("sent_at").text)
    assert found
    page.get_by_label("Mã", exact=True).fill(found[0])
    page.get_by_role("button", name="Đăng nhập").or_(page.get_by_role("button", name="Tiếp tục")).click()


def test_a_citizen_signs_in_out_links_joins_and_unlinks(page: Page) -> None:
    page.goto("/sign-in/?next=/account/security/")
    looked_at(page)
    page.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    expect(page.get_by_label("Số định danh cá nhân")).to_be_visible()
    looked_at(page)
    show_there(page)
    page.wait_for_url("**/account/security/")
    expect(page.get_by_role("heading", name="Đăng nhập bằng VNeID")).to_be_visible()
    looked_at(page)
    first = Account.objects.get()

    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Đăng xuất khỏi bản mô phỏng VNeID?")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Đăng xuất", exact=True).click()  # the provider asks in its own words
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    page.goto("/account/security/")
    page.wait_for_url("**/sign-in/?next=**")

    sign_in_by_code(page, "sen@example.vn")
    page.wait_for_url("**/sign-in/who/**")  # another account, of nobody yet
    page.goto("/account/security/")
    page.get_by_role("link", name="Liên kết VNeID").click()
    show_there(page)
    page.wait_for_url("**/sign-in/outside/claim/")
    looked_at(page)
    page.get_by_role("button", name="Tiếp tục gộp").click()
    page.wait_for_url("**/account/joining/")
    looked_at(page)
    assert Account.objects.get(email="sen@example.vn").is_active  # nothing before the person has said yes
    page.get_by_role("button", name="Gộp làm một tài khoản").click()
    page.wait_for_url("**/account/security/")
    only = Account.objects.get(is_active=True)
    assert (only, only.email) == (first, "sen@example.vn")

    page.get_by_role("link", name="Bỏ liên kết danh tính này").click()
    expect(page.get_by_role("button", name="Bỏ liên kết")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Bỏ liên kết").click()
    page.wait_for_url("**/account/security/")
    expect(page.get_by_role("link", name="Liên kết VNeID")).to_be_visible()
    assert not OutsideIdentity.objects.exists()


def test_who_signs_out_over_there_is_signed_out_here(page: Page) -> None:
    """One of the cast is chosen by a button; the provider tells the site by itself (Back-Channel Logout)."""
    page.goto("/sign-in/?next=/account/security/")
    page.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    page.get_by_role("button", name="Nguyễn Thị Lan").click()
    page.wait_for_url("**/account/security/")
    here = page.url
    over_there = page.context.new_page()
    over_there.goto(f"{settings_of_the_site.OUTSIDE_ISSUER}/session/end")
    over_there.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(over_there.get_by_role("heading", name="Bạn đã đăng xuất")).to_be_visible()
    until(lambda: None if OpenSession.objects.exists() else True, what="the session has ended here too")
    page.goto(here)
    page.wait_for_url("**/sign-in/?next=**")
