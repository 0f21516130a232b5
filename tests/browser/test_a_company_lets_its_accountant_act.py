"""A director is proven at the counter by a paper, and lets her accountant act for the company from her own telephone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from camaug.access.models import Account
from camaug.kernel.actors import SYSTEM
from camaug.people.actions.register_business import register_business
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.hands import press_button
from tests.browser.reaching import too_wide
from tests.browser.watching import picture
from tests.papers import photo
from tests.sessions import enter
from tests.world import AT, build

pytestmark = pytest.mark.django_db(transaction=True)
DRAW = "Đăng ký bốc thăm trúng thưởng, quay số, cào trúng thưởng"
FIRM = "Công ty TNHH Tôm Năm Căn"


@dataclass(frozen=True)
class Sessions:
    """Browsers of the director, of her accountant and of the commune's clerk."""

    director: str
    accountant: str
    clerk: str


@pytest.fixture
def sessions() -> Sessions:
    world = build()
    register_business(FIRM, tax_code="0100109106", by=SYSTEM, at=AT)
    keys = []
    for account in (world.citizens["mother"], world.citizens["student"], world.officers["clerk"]):
        client = Client()
        enter(client, Account.objects.get(pk=account))
        keys.append(client.cookies["sessionid"].value)
    return Sessions(*keys)


def sound(page: Page, name: str) -> None:
    assert violations(page) == [], name
    assert too_wide(page) == [], name
    picture(page, f"representing-{name}")


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"])
def test_a_company_lets_its_accountant_act(
    browser_of: Callable[[str], Page], sessions: Sessions, tmp_path: Path
) -> None:
    director, accountant = browser_of(sessions.director), browser_of(sessions.accountant)
    clerk = browser_of(sessions.clerk)
    paper = tmp_path / "giay-chung-nhan.jpg"
    paper.write_bytes(photo())

    accountant.goto("/organisations/")
    sound(accountant, "none-yet")
    accountant.get_by_role("link", name="Khai tổ chức").click()
    accountant.get_by_label("Mã số thuế của tổ chức").fill("0100109106")
    accountant.get_by_label("Được người đại diện theo pháp luật ủy quyền").check()
    sound(accountant, "request")
    press_button(accountant, "Tiếp tục")
    expect(accountant.get_by_text("mới khai, chưa xác minh")).to_be_visible()
    sound(accountant, "said")
    accountant.goto("/apply/khuyen-mai-may-rui/")
    expect(accountant.get_by_text("Chưa có tổ chức nào mà tư cách đại diện của bạn đã được xác minh")).to_be_visible()

    record(clerk, paper)

    director.goto("/organisations/")
    sound(director, "others")
    director.get_by_role("link", name="Đặng Ngọc Ánh").click()
    sound(director, "asked")
    press_button(director, "Đồng ý ủy quyền")
    expect(director.get_by_text("đã xác minh, đang có hiệu lực")).to_be_visible()
    sound(director, "confirmed")

    accountant.goto("/apply/khuyen-mai-may-rui/")
    press_button(accountant, "Bắt đầu")
    accountant.goto("/my-cases/")
    expect(accountant.get_by_role("link", name=DRAW, exact=True)).to_be_visible()
    draft = accountant.url
    director.get_by_role("link", name="Chấm dứt ngay").click()
    sound(director, "ending")
    press_button(director, "Chấm dứt ngay")
    accountant.goto(draft)
    expect(accountant.get_by_role("link", name=DRAW, exact=True)).to_have_count(0)


def record(clerk: Page, paper: Path) -> None:
    """The clerk finds the company and records its director with the paper."""
    clerk.goto("/desk/representatives/")
    clerk.get_by_label("Mã số thuế hoặc tên; với cơ quan nhà nước là mã định danh").fill("0100109106")
    press_button(clerk, "Tra cứu")
    sound(clerk, "found")
    clerk.get_by_role("link", name=FIRM).click()
    sound(clerk, "organisation")
    clerk.get_by_role("link", name="Ghi nhận người đại diện").click()
    clerk.get_by_label("Số định danh của người đại diện").fill("096194000123")
    clerk.get_by_label("Người đại diện theo pháp luật, hoặc").check()
    clerk.get_by_label("giấy tờ xuất trình cho cán bộ").check()
    clerk.get_by_label("Số giấy tờ hoặc số bản trích").fill("2001234567 cấp lần 2")
    for part, figures in (("day", "1"), ("month", "7"), ("year", "2025")):
        clerk.locator(f"input[name=document_date-{part}]").fill(figures)
    clerk.locator("input[name=scan]").set_input_files(paper)
    sound(clerk, "proof")
    press_button(clerk, "Ghi nhận")
    expect(clerk.get_by_text("đã xác minh, đang có hiệu lực")).to_be_visible()
    sound(clerk, "proven")
