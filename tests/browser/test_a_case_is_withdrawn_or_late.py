"""A citizen withdraws her case and the office stops it; a late case is apologised for and finished late."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Site
from tests.browser.hands import sign_in as sign_in_officer
from tests.browser.soundness import sounding
from tests.browser.test_a_mother_registers_a_birth import MOTHER, sign_in

sound = sounding("rare", PHONE, DESKTOP)
SITE = "site_cases"
WHY = "Tôi đăng ký ở quê chồng."


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def is_pdf(page: Page, form: str) -> None:
    """The statutory form opens as a PDF."""
    link = page.get_by_role("main").get_by_role("link", name=re.compile(form)).first
    expect(link).to_be_visible()
    paper = page.request.get(link.evaluate("link => link.href"))
    assert paper.body()[:4] == b"%PDF"


def test_a_citizen_withdraws_her_case_and_the_office_stops_it(phone: Page, desktop: Page, site: Site) -> None:
    phone.goto("/my-cases/")
    sign_in(phone, MOTHER)
    expect(phone.get_by_role("heading", name="Hồ sơ của tôi")).to_be_visible()
    code = site("sent")
    phone.reload()
    phone.locator(".case-list li").filter(has_text=code).get_by_role("link").first.click()
    sound(phone, "my-case")
    phone.get_by_role("link", name="Rút hồ sơ này").click()
    press(phone, "Rút hồ sơ")
    expect(phone.get_by_role("alert")).to_be_visible()
    sound(phone, "withdrawal-wrong")
    phone.get_by_label("Vì sao bạn rút hồ sơ?").fill(WHY)
    press(phone, "Rút hồ sơ")
    expect(phone.get_by_text("Bạn đã đề nghị rút hồ sơ này")).to_be_visible()
    sound(phone, "withdrawing")
    mine = phone.url
    phone.get_by_role("link", name="Không rút nữa").click()
    sound(phone, "continuation")
    sign_in_officer(desktop, "tanan_leanhtuan", to=f"/desk/cases/{code}/")
    sound(desktop, "desk-withdrawing")
    desktop.get_by_role("link", name="Dừng giải quyết").click()
    expect(desktop.get_by_text(WHY).first).to_be_visible()
    sound(desktop, "desk-stop")
    press(desktop, "Dừng giải quyết")
    expect(desktop.get_by_text("Đã dừng giải quyết hồ sơ và ra thông báo.")).to_be_visible()
    sound(desktop, "desk-stopped")
    is_pdf(desktop, "dừng giải quyết")
    phone.goto(mine)
    expect(phone.get_by_text("Hồ sơ đã dừng giải quyết").first).to_be_visible()
    sound(phone, "stopped")


def test_a_late_case_is_apologised_for_and_finished_late(desktop: Page, site: Site) -> None:
    code = site("shop")
    sign_in_officer(desktop, "nhien_vothihongnhung", to=f"/desk/cases/{code}/")
    desktop.get_by_text("Việc ít gặp").click()
    sound(desktop, "desk-rarer")
    desktop.get_by_role("link", name="Xin lỗi và hẹn lại ngày").click()
    sound(desktop, "desk-apology")
    press(desktop, "Xin lỗi và hẹn lại ngày")
    expect(desktop.get_by_role("alert")).to_be_visible()
    desktop.get_by_label("Lý do").fill("Hệ thống đăng ký kinh doanh quốc gia gián đoạn.")
    press(desktop, "Xin lỗi và hẹn lại ngày")
    expect(desktop.get_by_text("Đã ra văn bản xin lỗi; ngày hẹn mới có hiệu lực.")).to_be_visible()
    sound(desktop, "desk-apologised")
    is_pdf(desktop, "xin lỗi")
    site("age", code)
    desktop.reload()
    expect(desktop.get_by_text("Quá hạn").first).to_be_visible()
    expect(desktop.get_by_text("Xin lỗi và hẹn lại ngày")).to_have_count(0)
    sound(desktop, "desk-late")
    site("decide", code)
    sign_in_officer(desktop, "nhien_huynhmyduyen", to=f"/desk/cases/{code}/")
    desktop.get_by_label("Người nhận kết quả").fill("Lê Văn Được")
    press(desktop, "Trả kết quả")
    expect(desktop.get_by_text("Đã trả kết quả").first).to_be_visible()
    sound(desktop, "desk-finished-late")
