"""The head sees who carries how much and what is late, reassigns several cases by one press, and sends a stand-in."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import sign_in
from tests.browser.soundness import sounding

sound = sounding("head")
CHAIRMAN, REGISTRAR = "tanan_phamvanhung", "tanan_ngothikimchi"
SPECIALIST = "Lê Anh Tuấn"


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_the_head_sees_the_lateness_and_reassigns(page: Page) -> None:
    sign_in(page, CHAIRMAN, to="/desk/load/")
    expect(page.locator("h1")).to_have_text("Tải việc và trễ hạn")
    expect(page.locator(".figures")).to_contain_text("quá hạn")
    sound(page, "load")
    page.locator(".figures a").nth(2).click()
    expect(page.locator("h1")).to_have_text("Hồ sơ sẽ trễ trong tuần")
    sound(page, "week")
    page.goto("/desk/load/cases/?step=tham-dinh&procedure=dang-ky-khai-sinh")
    if page.locator("tbody input").count() == 0:
        page.goto("/desk/load/cases/")
    code = page.locator("tbody .code").first.inner_text()
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="Phân công lại").click()
    page.wait_for_url("**/batches/new/**")
    sound(page, "reassign")
    page.locator("form .card input[type=radio]").first.check()
    chosen = page.locator("form .card label.govuk-radios__label").first.inner_text()
    page.locator("form .card .govuk-button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xong 1 trên 1 hồ sơ", timeout=60_000)
    sound(page, "reassigned")
    page.get_by_role("link", name=code).first.click()
    expect(page.locator("main")).to_contain_text(chosen)


def test_the_stand_in_takes_over_and_gives_back(desktop: Page) -> None:
    page = desktop
    sign_in(page, CHAIRMAN, to="/desk/absences/")
    page.get_by_label("Ai vắng").select_option(label=f"{SPECIALIST}, Công chức Tư pháp - Hộ tịch")
    today = page.evaluate("new Date().toLocaleDateString('vi-VN', {timeZone: 'Asia/Ho_Chi_Minh'})")
    page.get_by_label("Ngày đầu vắng mặt").fill(today)
    page.get_by_label("Ngày cuối vắng mặt").fill(today)
    page.get_by_label("Ai làm thay").select_option(label="Ngô Thị Kim Chi, Văn thư")
    sound(page, "absence")
    page.get_by_role("button", name="Khai báo").click()
    expect(page.get_by_role("status")).to_contain_text("Đã khai báo vắng mặt")
    sound(page, "absences")
    page.goto("/desk/load/")
    expect(page.locator("tr", has_text=SPECIALIST)).to_contain_text("Người làm thay: Ngô Thị Kim Chi")
    sign_in(page, REGISTRAR, to="/desk/todo/")
    page.locator(".bar__who summary").click()
    expect(page.locator(".bar__who")).to_contain_text(f"thay {SPECIALIST}")
    sign_in(page, CHAIRMAN, to="/desk/absences/")
    page.locator("tr", has_text=SPECIALIST).get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã kết thúc vắng mặt")
