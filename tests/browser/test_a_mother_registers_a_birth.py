"""A mother registers a birth on her phone, mends what is asked, and follows the case to the certificate."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Site
from tests.browser.hands import press, press_button
from tests.browser.reaching import tab_through, too_wide
from tests.browser.watching import Watch, picture
from tests.integration.cases.portal.journey import PAGES

DESK = {"width": 1440, "height": 900}
MOTHER, FATHER, LAST_FOUR = "0918 000 123", "0918 000 456", "0123"
SITE = "officers"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture of the paper, as a phone takes it."""
    path = tmp_path / "giay-chung-sinh.jpg"
    Image.effect_noise((1200, 1600), 40).convert("RGB").save(path, quality=80)
    return path


def sound(page: Page, name: str, *, wide: bool = False) -> None:
    """Nothing for axe to find, no sideways scrolling, everything by keyboard; and a picture."""
    assert violations(page) == [], name
    assert too_wide(page) == [], name
    tab_through(page)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    picture(page, f"birth-{name}")
    if wide:
        own = page.viewport_size
        assert own
        page.set_viewport_size(DESK)
        picture(page, f"birth-{name}")
        page.set_viewport_size(own)


def sign_in(page: Page, number: str) -> None:
    """With the code that came to the phone."""
    page.get_by_role("main").get_by_role("textbox").fill(number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/")
    tray = page.context.new_page()
    tray.goto("/demo/tray/")
    row = tray.get_by_role("row").filter(has_text=number).filter(has_text=re.compile(r"\b\d{6}\b")).first
    code = re.search(r"\b\d{6}\b", row.inner_text().replace(number, ""))
    assert code
    tray.close()
    page.get_by_role("main").get_by_role("textbox").fill(code[0])
    press(page.get_by_role("main").get_by_role("textbox"), "Enter")


def go_on(page: Page) -> None:
    press_button(page, "Tiếp tục")


def fill_page(page: Page) -> str:
    """Answer the page that is open; its name."""
    found = re.search(r"/pages/([^/?]+)/", page.url)
    assert found
    for name, value in PAGES[found[1]].items():
        field = page.locator(f'main [name="{name}"]')
        kind = field.first.evaluate("e => e.type") if field.count() else ""
        if kind == "radio":
            page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            choose(page, name, value)
        elif kind:
            field.fill(value)
    return found[1]


def choose(page: Page, name: str, value: str) -> None:
    """Choose from a list; the choices below a place come once that is chosen, without scripts by a button."""
    option = page.locator(f'select[name="{name}"] option[value="{value}"]')
    button = page.get_by_role("button", name="Hiện danh sách bên dưới")
    if button.count() and not option.count():
        press(button.nth(("district", "commune").index(name.rpartition(".")[2])))
    option.wait_for(state="attached")
    page.locator(f'select[name="{name}"]').select_option(value)


def answer_all(page: Page, look: Callable[[Page, str], None]) -> None:
    """Page after page until the form is answered; `look` sees each of them first."""
    seen: set[str] = set()
    while "/pages/" in page.url:
        name = page.url.split("/pages/")[1].split("/")[0]
        if name not in seen:
            look(page, f"question-{name}")
        seen.add(fill_page(page))
        go_on(page)
    assert seen == set(PAGES)


def send(page: Page, photo: Path) -> str:
    """Office, papers, delivery, check; the code of the case."""
    sound(page, "office", wide=True)
    expect(page.get_by_label("Ủy ban nhân dân xã Tân Ân")).to_be_checked()
    go_on(page)
    go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()
    sound(page, "papers-missing")
    page.locator('input[name="giay-chung-sinh"]').set_input_files(photo)
    press_button(page, "Gửi các tệp này")
    sound(page, "papers", wide=True)
    go_on(page)
    sound(page, "delivery", wide=True)
    go_on(page)
    expect(page.get_by_text("Hoàng Nguyễn Bảo An")).to_be_visible()
    sound(page, "check", wide=True)
    press_button(page, "nộp hồ sơ")
    page.wait_for_url("**/receipt/")
    sound(page, "receipt", wide=True)
    return page.locator(".govuk-panel__code").inner_text()


def supplement(page: Page, photo: Path, code: str) -> None:
    """What the office asks for is seen at once, and mended."""
    page.goto("/my-cases/")
    sound(page, "my-cases", wide=True)
    press(own_case(page, code))
    sound(page, "asked", wide=True)
    press(page.get_by_role("link", name="Bổ sung ngay"))
    sound(page, "supplement", wide=True)
    sharper = photo.with_name("giay-chung-sinh-ro.jpg")
    Image.new("RGB", (900, 1200), "white").save(sharper)
    page.locator('input[name="giay-chung-sinh"]').set_input_files(sharper)
    press_button(page, "Gửi các tệp này")
    press(page.get_by_role("link", name=re.compile("Họ, chữ đệm, tên$")))
    sound(page, "correction")
    page.locator('[name="child_name"]').fill("Hoàng Nguyễn Bảo Ân")
    press_button(page, "Lưu")
    press_button(page, "Gửi phần bổ sung")
    expect(page.get_by_text("Đã gửi. Cơ quan đã nhận phần bổ sung của bạn.")).to_be_visible()


def own_case(page: Page, code: str) -> Locator:
    """The line of that case among all that she has sent."""
    return page.locator(".case-list li").filter(has_text=code).get_by_role("link").first


def agree(page: Page, code: str) -> None:
    """The draft of the certificate is read before it is signed."""
    page.goto("/my-cases/")
    press(own_case(page, code))
    sound(page, "draft-waits", wide=True)
    press(page.get_by_role("link", name="Kiểm tra bản dự thảo"))
    sound(page, "draft", wide=True)
    press_button(page, "Gửi trả lời")
    expect(page.get_by_role("alert")).to_be_visible()
    sound(page, "draft-unanswered")
    page.get_by_label("Bản dự thảo đúng").check()
    press_button(page, "Gửi trả lời")
    expect(page.get_by_text("Cảm ơn bạn. Cơ quan đã nhận trả lời.")).to_be_visible()


def follow(page: Page, code: str) -> None:
    """With the code and four digits, without an account."""
    page.goto(f"/follow/?code={code}")
    sound(page, "follow", wide=True)
    page.get_by_label("Bốn số cuối").fill("9999")
    press_button(page, "Tra cứu")
    expect(page.get_by_role("alert")).to_be_visible()
    sound(page, "follow-wrong")
    page.get_by_label("Bốn số cuối").fill(LAST_FOUR)
    press_button(page, "Tra cứu")
    page.wait_for_url("**/follow/case/")
    expect(page.get_by_text("N. T. Lan")).to_be_visible()
    sound(page, "followed", wide=True)


def test_a_mother_registers_a_birth(phone: Page, desktop: Page, site: Site, photo: Path) -> None:
    phone.goto("/")
    phone.get_by_role("combobox", name="Tìm thủ tục").fill("khai sinh")
    press(phone.get_by_role("combobox", name="Tìm thủ tục"), "Enter")
    press(phone.get_by_role("main").get_by_role("link", name="Làm giấy khai sinh cho con").first)
    press(phone.get_by_role("main").locator('a[href="/apply/dang-ky-khai-sinh/"]').first)
    sound(phone, "before", wide=True)
    press(phone.get_by_role("link", name="Bắt đầu"))
    sign_in(phone, MOTHER)
    phone.wait_for_url("**/apply/dang-ky-khai-sinh/")
    press_button(phone, "Bắt đầu")
    answer_all(phone, sound)
    code = send(phone, photo)
    site("ask", code)
    supplement(phone, photo, code)
    site("draft", code)
    agree(phone, code)
    site("decide", code)
    follow(desktop, code)
    phone.goto("/my-cases/")
    press(own_case(phone, code))
    expect(phone.get_by_text("Đã có kết quả").first).to_be_visible()
    sound(phone, "certificate", wide=True)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Tải về (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_the_same_way_without_scripts(chromium: Browser, live: str, watch: Watch, photo: Path) -> None:
    context = chromium.new_context(base_url=live, viewport=PHONE, locale="vi-VN", java_script_enabled=False)
    page = watch.page(context)
    page.goto("/apply/dang-ky-khai-sinh/")
    press(page.get_by_role("link", name="Bắt đầu"))
    sign_in(page, FATHER)
    expect(page).to_have_url(re.compile("/apply/dang-ky-khai-sinh/$"))
    press_button(page, "Bắt đầu")
    answer_all(page, lambda _page, _name: None)
    go_on(page)
    page.locator('input[name="giay-chung-sinh"]').set_input_files(photo)
    go_on(page)
    go_on(page)
    press_button(page, "nộp hồ sơ")
    expect(page).to_have_url(re.compile("/receipt/$"))
    context.close()
