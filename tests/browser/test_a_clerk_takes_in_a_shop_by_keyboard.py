"""The district's clerk takes a shopkeeper's case in by keyboard, with the fee; the office carries it to the licence."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.hands import Hands, press, sign_in
from tests.browser.reaching import tab_through
from tests.browser.soundness import sounding
from tests.browser.watching import picture

sound = sounding("counter")
CLERK, SPECIALIST = "nhien_huynhmyduyen", "nhien_doquocbao"
HEAD, REGISTRAR = "nhien_vothihongnhung", "nhien_truongminhkhang"
CARD = "096088000789|380000789|Lê Văn Được|02111988|Nam|Khóm 3, Thị trấn Rạch Gốc, Ngọc Hiển, Cà Mau|01012022"
MOST_KEYS = 60


def pdf_text(page: Page, address: str) -> str:
    answer = page.context.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)


def take_in(page: Page) -> Hands:
    """From the scanned card to the printed receipt without a mouse."""
    hands = Hands(page)
    expect(page.get_by_label("Thẻ căn cước, số định danh, số điện thoại hoặc họ tên")).to_be_focused()
    sound(page, "who")
    hands.types(CARD, "Enter")
    page.wait_for_url("**person=**")
    sound(page, "what")
    hands.presses("Enter")
    page.wait_for_url("**/for/**")
    expect(page.locator("[name=by_proxy]").first).to_be_focused()
    hands.presses("ArrowRight", "Enter")
    hands.types("Tạp hóa Được", "Enter", "Enter", "Enter")
    hands.types("Xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau", "Enter")
    hands.types("Ấp Dinh Củ", "Enter", "Enter", "Enter", "Enter", "Enter")
    hands.types("Bán lẻ lương thực, thực phẩm", "Enter")
    hands.types("4711", "Enter", "Enter")
    hands.types("50000000", "Enter", "ArrowRight", "Enter", "Enter")
    hands.types("2", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter")
    expect(page.get_by_role("button", name="Tiếp nhận và in giấy hẹn")).to_be_focused()
    expect(page.locator("#fee-owed")).to_contain_text("50.000 đ")
    picture(page, "counter-sheet")
    hands.presses("Enter")
    page.wait_for_url("**/done/**")
    return hands


def test_a_shop_is_registered_from_the_counter_to_the_licence(desktop: Page) -> None:
    page = desktop
    sign_in(page, CLERK, to="/desk/intake/")
    hands = take_in(page)
    receipt = str(page.locator(":focus").get_attribute("href"))
    with page.context.expect_page() as opened:
        hands.presses("Enter")
    opened.value.close()
    assert hands.pressed <= MOST_KEYS, hands.pressed
    sound(page, "done")
    code = page.locator(".govuk-panel__code").inner_text()
    text = pdf_text(page, receipt)
    assert text.count(code) >= 2
    assert all(said in text for said in ("Lê Văn Được", "Huỳnh Mỹ Duyên", "50.000", "Lưu", "Giao người nộp"))
    page.locator("body").press("n")
    page.wait_for_url("**/desk/intake/")
    carry(page, code)
    page.locator("body").press("b")
    page.wait_for_url("**/desk/register/")
    expect(page.get_by_role("link", name=code)).to_be_visible()
    sound(page, "register")


def carry(page: Page, code: str) -> None:
    """Proposal, signature, number, and the licence in the shopkeeper's hand."""
    for who, key, said in (
        (SPECIALIST, "t", "Đã trình hồ sơ"),
        (HEAD, "d", "Đã phê duyệt"),
        (REGISTRAR, "t", "Đã vào sổ"),
        (CLERK, "t", "Đã trả kết quả"),
    ):
        sign_in(page, who)
        page.goto(f"/desk/cases/{code}/")
        press(page.locator("body"), key)
        if not page.url.endswith(f"/cases/{code}/"):
            press(page.locator("main form").last.get_by_role("button").last, "Enter")
        expect(page.get_by_role("status").first).to_contain_text(said)
    licence = page.locator(f"a[href*='/cases/{code}/results/']").first.get_attribute("href")
    assert licence
    text = pdf_text(page, licence)
    assert all(said in text for said in ("TẠP HÓA ĐƯỢC", "LÊ VĂN ĐƯỢC", "Võ Thị Hồng Nhung"))
    picture(page, "counter-licence-given")


@pytest.fixture(params=["phone", "desktop"])
def screen(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_every_page_of_the_counter_is_for_every_clerk_on_every_screen(screen: Page) -> None:
    page = screen
    sign_in(page, CLERK, to="/desk/intake/")
    hands = Hands(page)
    hands.types("nguyen thi", "Enter")
    expect(page.locator(".picks a").first).to_be_focused()
    sound(page, "found")
    hands.presses("2")
    page.wait_for_url("**person=**")
    page.goto("/desk/intake/")
    hands.types("096090007777||Trần Văn Tư|05061990|Nam|Ấp Đường Kéo|01012022", "Enter")
    expect(page.locator("[name=phone]")).to_be_focused()
    sound(page, "new")
    tab_through(page)
    page.goto("/desk/intake/for/dang-ky-ho-kinh-doanh/")
    tab_through(page)
    hands.presses("Control+Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    sound(page, "refused")
    page.goto("/desk/register/")
    sound(page, "register")
    tab_through(page)
