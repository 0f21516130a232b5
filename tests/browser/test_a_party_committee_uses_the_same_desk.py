"""A Party member moves: the district Party committee takes the dossier in, examines, signs and hands out, at the desk
that every agency uses; its papers bear the Party's own heading.
"""

from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.hands import sign_in
from tests.browser.soundness import sounding

sound = sounding("party")
CLERK, SPECIALIST, HEAD = "hu.nhien_lythihongcuc", "hu.nhien_caominhnhut", "hu.nhien_hovanthang"


def text_of(page: Page, address: str) -> str:
    pdf = PdfReader(BytesIO(page.context.request.get(address).body()))
    return "".join(sheet.extract_text() for sheet in pdf.pages)


def take_in(page: Page) -> str:
    """The student, who is a Party member, at the counter; returns the case's code."""
    page.get_by_label("Thẻ căn cước, số định danh, số điện thoại hoặc họ tên").fill("0918000321")
    page.keyboard.press("Enter")
    page.wait_for_url("**person=**")
    sound(page, "what")
    page.get_by_role("link", name="Chuyển sinh hoạt đảng chính thức").first.click()
    page.wait_for_url("**/for/chuyen-sinh-hoat-dang/**")
    page.locator("[name=member_name]").fill("Đặng Ngọc Ánh")
    page.locator("[name=from_cell]").fill("Chi bộ Trường THCS Tân Ân")
    page.locator("[name=to_cell]").fill("Chi bộ khóm 3, thị trấn Rạch Gốc")
    page.locator("[name=reason]").fill("Chuyển nơi cư trú")
    for paper in ("Quyết định hoặc văn bản", "Bản tự kiểm điểm"):
        page.get_by_label(paper).first.check()
    sound(page, "sheet")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    page.wait_for_url("**/done/**")
    sound(page, "taken-in")
    return page.locator(".govuk-panel__code").inner_text()


def test_a_party_member_is_transferred_from_the_counter_to_the_letter(desktop: Page) -> None:
    page = desktop
    sign_in(page, CLERK, to="/desk/intake/")
    code = take_in(page)
    receipt = text_of(page, str(page.locator("a[href*='/receipt/']").first.get_attribute("href")))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in receipt
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in receipt
    for who, key, said in (
        (SPECIALIST, "t", "Đã trình hồ sơ"),
        (HEAD, "d", "Đã phê duyệt"),
        (CLERK, "t", "Đã vào sổ"),
        (CLERK, "t", "Đã trả kết quả"),
    ):
        sign_in(page, who)
        page.goto(f"/desk/cases/{code}/")
        page.locator("body").press(key)
        page.wait_for_load_state("load")
        if not page.url.endswith(f"/cases/{code}/"):
            page.locator("main form").last.get_by_role("button").last.click()
        expect(page.get_by_role("status").first).to_contain_text(said)
    sound(page, "handed-out")
    notice = page.locator(f"a[href*='/cases/{code}/results/']").first.get_attribute("href")
    assert notice
    said = text_of(page, notice)
    assert all(words in said for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Hồ Văn Thắng", "Giấy giới thiệu"))
