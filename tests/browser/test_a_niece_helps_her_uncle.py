"""An old man without a smartphone lets his niece do a procedure for him: she asks, he confirms at the counter."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from camaug.access.models import Account
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.hands import press_button
from tests.browser.reaching import too_wide
from tests.browser.watching import picture
from tests.sessions import enter
from tests.world import build

pytestmark = pytest.mark.django_db(transaction=True)
UNCLE, NUMBER = "Phạm Văn Bảy", "096047000123"


@dataclass(frozen=True)
class Sessions:
    """Browsers of the niece and of the commune's clerk."""

    niece: str
    clerk: str


@pytest.fixture
def sessions() -> Sessions:
    world = build()
    keys = []
    for account in (world.citizens["student"], world.officers["clerk"]):
        client = Client()
        enter(client, Account.objects.get(pk=account))
        keys.append(client.cookies["sessionid"].value)
    return Sessions(*keys)


def sound(page: Page, name: str) -> None:
    assert violations(page) == [], name
    assert too_wide(page) == [], name
    picture(page, f"helping-{name}")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_niece_helps_her_uncle(browser_of: Callable[[str], Page], sessions: Sessions) -> None:
    niece, clerk = browser_of(sessions.niece), browser_of(sessions.clerk)
    niece.goto("/apply/dang-ky-khai-sinh/")
    niece.get_by_role("link", name="Làm thủ tục này thay người thân").click()
    niece.get_by_label("Họ và tên người ủy quyền").fill(UNCLE)
    niece.get_by_label("Số định danh của người ủy quyền").fill(NUMBER)
    niece.get_by_label("Người thân").check()
    sound(niece, "request")
    press_button(niece, "Tiếp tục")
    expect(niece.get_by_role("heading", level=1)).to_have_text(f"{UNCLE} xác nhận")
    sound(niece, "code")

    clerk.goto("/desk/mandates/")
    clerk.get_by_label("Số định danh của người ủy quyền").fill(NUMBER)
    press_button(clerk, "Tra cứu")
    sound(clerk, "counter")
    clerk.get_by_role("link", name="Đặng Ngọc Ánh").click()
    clerk.get_by_label("Giấy tờ tùy thân đã xuất trình: loại và số").fill(f"Căn cước {NUMBER}")
    sound(clerk, "confirming")
    press_button(clerk, "Người ủy quyền đã xác nhận trước mặt tôi")
    expect(clerk.get_by_text("đang có hiệu lực")).to_be_visible()

    niece.goto("/apply/dang-ky-khai-sinh/")
    niece.get_by_label(f"Thay cho {UNCLE}").check()
    sound(niece, "for-whom")
    press_button(niece, "Bắt đầu")
    niece.goto("/my-cases/")
    expect(niece.get_by_role("heading", name="Hồ sơ tôi làm thay")).to_be_visible()
    sound(niece, "my-cases")
    niece.goto("/mandates/")
    sound(niece, "mandates")
    niece.get_by_role("link", name=UNCLE).click()
    expect(niece.get_by_text("thông tin của người ủy quyền được điền")).to_be_visible()
    sound(niece, "mandate")

    clerk.reload()
    press_button(clerk, "Chấm dứt theo yêu cầu của người ủy quyền")
    expect(clerk.get_by_text("đã chấm dứt", exact=True)).to_be_visible()
    sound(clerk, "ended")
    niece.goto("/my-cases/")
    expect(niece.get_by_role("heading", name="Hồ sơ tôi làm thay")).to_have_count(0)
