"""Who does not know what the procedure is called answers plain questions, on a phone without scripts too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.hands import press
from tests.browser.reaching import too_wide
from tests.browser.watching import Watch, picture

PAGES = {"start": "/guide/", "question": "/guide/mo-cua-hang/", "end": "/guide/mo-cua-hang/mo-quan/ruou/"}


@pytest.fixture
def plain(chromium: Browser, live: str, watch: Watch) -> Iterator[Page]:
    """A page 360 pixels wide of a browser that runs no scripts."""
    context = chromium.new_context(
        base_url=live, viewport={"width": 360, "height": 740}, locale="vi-VN", java_script_enabled=False
    )
    yield watch.page(context)
    context.close()


def answer(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check()
    press(page.get_by_role("button", name="Tiếp tục"))


def test_without_scripts_questions_lead_to_the_procedure_and_back(plain: Page) -> None:
    plain.goto("/")
    press(plain.get_by_role("link", name="Không biết thủ tục tên gì? Trả lời vài câu hỏi"))
    answer(plain, "Buôn bán, kinh doanh, mở công ty")
    answer(plain, "Mở cửa hàng, quán, buôn bán nhỏ")
    answer(plain, "Rượu")
    expect(plain.locator("h2 a")).to_have_text(
        ["Đăng ký hộ kinh doanh (mở cửa hàng, quán)", "Xin giấy phép bán lẻ rượu"]
    )
    expect(plain).to_have_url("/guide/mo-cua-hang/mo-quan/ruou/")
    press(plain.get_by_role("link", name="Quay lại"))
    expect(plain.get_by_role("group", name="Cửa hàng có bán hay làm thứ nào sau đây không?")).to_be_visible()
    answer(plain, "Không, hàng hóa bình thường")
    press(plain.get_by_role("link", name="Xem cách làm").first)
    expect(plain.locator("h1")).to_have_text("Đăng ký hộ kinh doanh (mở cửa hàng, quán)")


def test_a_page_without_an_answer_says_so(phone: Page) -> None:
    phone.goto("/guide/kho-khan-mat-mat/")
    press(phone.get_by_role("button", name="Tiếp tục"))
    expect(phone.get_by_role("alert")).to_contain_text("Hãy chọn một câu trả lời.")


def test_an_answer_is_changed_from_the_end(phone: Page) -> None:
    phone.goto("/guide/nuoi-tom-di-bien/tau/")
    press(phone.get_by_role("link", name="Sửa Bạn cần việc nào?"))
    expect(phone).to_have_url("/guide/nuoi-tom-di-bien/")
    answer(phone, "Nuôi tôm, nuôi cá lồng bè")
    expect(phone.locator("h2 a").first).to_have_text("Đăng ký nuôi tôm, nuôi lồng bè")


def test_each_kind_of_page_has_its_picture_and_is_sound(phone: Page, desktop: Page) -> None:
    for page in (phone, desktop):
        for name, path in PAGES.items():
            page.goto(path)
            assert violations(page) == []
            assert too_wide(page) == []
            picture(page, f"guide-{name}")
