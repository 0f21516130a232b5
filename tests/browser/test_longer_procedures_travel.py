"""A house travels commune, district and department and is late; land waits for the tax office; a newborn gets three results."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Site
from tests.browser.hands import sign_in as sign_in_officer
from tests.browser.soundness import sounding
from tests.browser.test_a_mother_registers_a_birth import MOTHER, sign_in

sound = sounding("longer", PHONE, DESKTOP)
SITE = "longer_cases"


def at_desk(page: Page, mailbox: str, code: str, resource: str = "") -> None:
    sign_in_officer(page, mailbox, to=f"/desk/cases/{code}/{resource}")


def send(page: Page) -> None:
    """Press the form's button and read that the desk has done it."""
    page.locator("main form .govuk-button").last.click()
    expect(page.get_by_role("status").first).to_be_visible()


def test_a_house_travels_is_late_apologised_for_and_finished(desktop: Page, site: Site) -> None:
    page, code = desktop, site("permit")
    at_desk(page, "tanan_tranthiminh", code)
    sound(page, "permit-at-the-commune")
    site("on", code, "1")  # the commune's officer has been to the plot
    at_desk(page, "nhien_duongchinguyen", code, "supplement-request/")
    page.locator("main textarea").first.fill("Bản vẽ thiếu mặt bằng móng và sơ đồ đấu nối thoát nước.")
    sound(page, "permit-supplement-request")
    send(page)
    at_desk(page, "tanan_tranthiminh", code, "supplement/")
    page.locator("main textarea").first.fill("Chủ nhà nộp lại bản vẽ đủ mặt bằng móng.")
    send(page)
    at_desk(page, "nhien_duongchinguyen", code, "consultation/")
    sound(page, "permit-asks-the-department")
    send(page)
    sign_in_officer(page, "sxd_vonhattruong", to="/desk/answer/")
    expect(page.get_by_text(code).first).to_be_visible()
    page.goto(f"/desk/cases/{code}/answer/")
    page.get_by_label("Đồng ý", exact=True).check()
    page.get_by_label("Nội dung trả lời").fill("Phù hợp quy hoạch xây dựng khu vực; không có ý kiến khác.")
    sound(page, "permit-the-department-answers")
    send(page)
    at_desk(page, "nhien_buithanhliem", code, "apology/")
    page.get_by_label("Lý do").fill("Phải kiểm tra lại thực địa do mưa lớn kéo dài.")
    send(page)
    site("age", code)
    page.goto(f"/desk/cases/{code}/")
    expect(page.get_by_text("Quá hạn").first).to_be_visible()
    sound(page, "permit-late")
    site("on", code)
    at_desk(page, "tanan_tranthiminh", code, "handing-out/")
    page.get_by_label("Người nhận kết quả").fill("Huỳnh Thanh Tâm")
    send(page)
    for said in ("Đã lấy ý kiến cơ quan khác", "Đồng ý", "Đã trả kết quả"):
        expect(page.get_by_text(said).first).to_be_visible()
    sound(page, "permit-finished")


def test_land_waits_for_the_tax_office_and_resumes(desktop: Page, phone: Page, site: Site) -> None:
    page, code = desktop, site("land")
    at_desk(page, "dkdd.nhien_hotrungnguyen", code, "consultation/")
    sound(page, "land-asks-the-tax-office")
    send(page)
    page.goto(f"/desk/cases/{code}/")
    expect(page.get_by_text("Tạm dừng").first).to_be_visible()
    sound(page, "land-waits")
    at_desk(page, "thue.nhien_caothingocyen", code, "answer/")
    page.get_by_label("Nội dung trả lời").fill(
        "Thông báo nộp thuế thu nhập cá nhân 7.000.000 đồng, lệ phí trước bạ 1.750.000 đồng."
    )
    page.get_by_label("Số tiền người nộp hồ sơ phải nộp").fill("8750000")
    sound(page, "land-tax-answers")
    send(page)
    phone.goto("/follow/")
    phone.get_by_label("Mã hồ sơ").fill(code)
    phone.locator("[name=fact]").fill("0654")
    phone.locator("main form button").first.click()
    expect(phone.get_by_text("Chờ nộp").first).to_be_visible()
    sound(phone, "land-citizen-pays")
    at_desk(page, "dkdd.nhien_quachmylinh", code, "payment/")
    page.get_by_label("Số chứng từ nộp tiền").fill("KB-0012345")
    send(page)
    at_desk(page, "dkdd.nhien_hotrungnguyen", code)
    expect(page.get_by_text("Đang xử lý").first).to_be_visible()
    expect(page.get_by_text("KB-0012345").first).to_be_visible()
    sound(page, "land-resumed")
    site("on", code)
    at_desk(page, "dkdd.nhien_quachmylinh", code)
    expect(page.get_by_text("Đã có kết quả").first).to_be_visible()


def test_one_application_yields_three_results(desktop: Page, phone: Page, site: Site) -> None:
    phone.goto("/my-cases/")
    sign_in(phone, MOTHER)
    code = site("family")
    phone.goto("/my-cases/")
    phone.locator(".case-list li").filter(has_text=code).get_by_role("link").first.click()
    expect(phone.get_by_text("Chưa bắt đầu")).to_have_count(2)
    sound(phone, "family-begun")
    site("on", code, "99", "khai-sinh")
    phone.reload()
    expect(phone.get_by_text("Chưa bắt đầu")).to_have_count(0)
    sound(phone, "family-birth-registered")
    at_desk(desktop, "tanan_tranthiminh", code)
    sound(desktop, "family-at-the-desk")
    site("on", code, "99", "thuong-tru")
    site("on", code, "99", "bao-hiem")
    phone.reload()
    expect(phone.locator(".case-list a", has_text="(PDF)")).to_have_count(3)
    sound(phone, "family-three-results")
    for link in phone.locator(".case-list a", has_text="(PDF)").all():
        paper = phone.request.get(str(link.get_attribute("href")))
        assert paper.body()[:4] == b"%PDF"
    at_desk(desktop, "tanan_tranthiminh", site("birth-of", code), "payment/")
    send(desktop)
    at_desk(desktop, "tanan_tranthiminh", code, "handing-out/")
    desktop.get_by_label("Người nhận kết quả").fill("Nguyễn Thị Lan")
    send(desktop)
    phone.reload()
    expect(phone.get_by_text("Đã trả kết quả").first).to_be_visible()
