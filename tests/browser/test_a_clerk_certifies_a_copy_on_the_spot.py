"""The commune's clerk takes pages, copies and money, the chairman signs, the copies are handed out: one screen."""

import re
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.hands import Hands, press, press_button, sign_in
from tests.browser.reaching import tab_through
from tests.browser.soundness import sounding

sound = sounding("copy")
CLERK = "tanan_tranthiminh"
MOST_KEYS = 60


def test_a_student_gets_four_certified_copies_at_once(desktop: Page) -> None:
    page = desktop
    sign_in(page, CLERK, to="/desk/intake/")
    hands = Hands(page)
    hands.types("0918000321", "Enter")
    page.wait_for_url("**person=**")
    hands.presses("t")
    hands.types("sao y", "Enter")
    page.wait_for_url("**q=sao**")
    hands.presses("Enter")
    page.wait_for_url("**/for/chung-thuc-ban-sao/**")
    expect(page.locator("[name=document_name]")).to_be_focused()
    sound(page, "sheet")
    hands.types("Bằng tốt nghiệp đại học", "Enter", "Enter")
    hands.types("3", "Enter")
    hands.types("4", "Enter", "Enter", "Enter")
    expect(page.locator("#fee-owed")).to_contain_text("20.000 đ")
    while not page.evaluate("document.activeElement.matches('[name=payment-way]')"):
        hands.presses("Enter")
    hands.presses("Enter", "Enter", "Enter")
    button = page.get_by_role("button", name="Chứng thực và trả ngay")
    expect(button).to_be_focused()
    signer = page.locator("[name=signer] option:checked").inner_text().partition(",")[0]
    hands.presses("Enter")
    page.wait_for_url("**/done/**")
    expect(page.get_by_role("link", name="In lời chứng")).to_be_focused()
    certification = str(page.locator(":focus").get_attribute("href"))
    with page.context.expect_page() as opened:
        hands.presses("Enter")
    opened.value.close()
    assert hands.pressed <= MOST_KEYS, hands.pressed
    sound(page, "done")
    tab_through(page)
    text = "".join(
        sheet.extract_text() for sheet in PdfReader(BytesIO(page.context.request.get(certification).body())).pages
    )
    assert all(said in text for said in (signer, "chứng thực"))
    expect(page.locator("main dd").nth(1)).to_have_text(re.compile(r"^\s*\d+\s*$"))
    number = page.locator("main dd").nth(1).inner_text()
    assert number in text


def test_a_copy_by_the_form_alone_without_anybody_chosen(phone: Page) -> None:
    page = phone
    sign_in(page, CLERK, to="/desk/intake/")
    press(page.get_by_role("link", name="Chứng thực bản sao (sao y bản chính)"))
    tab_through(page)
    page.locator("[name=applicant-name]").fill("Khách Qua Đường")
    press_button(page, "Chứng thực và trả ngay")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("[name=applicant-name]")).to_have_value("Khách Qua Đường")
    sound(page, "refused")
