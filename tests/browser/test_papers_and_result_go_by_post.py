"""A mother has the post fetch papers and takes it back; her result comes back from the door once, then reaches it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Site
from tests.browser.hands import press, press_button, sign_in
from tests.browser.soundness import sounding

sound = sounding("post", PHONE, DESKTOP)
SITE = "post_site"


def order_the_postman(page: Page, case: str) -> None:
    page.goto(f"/my-cases/{case}/")
    press(page.get_by_role("link", name="Nhờ bưu điện đến nhận giấy tờ"))
    page.locator("[name=address]").fill("")
    press_button(page, "Yêu cầu bưu tá đến")
    expect(page.get_by_role("alert")).to_contain_text("địa chỉ")
    sound(page, "address-missing")
    page.locator("[name=address]").fill("Số 12, ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau")
    sound(page, "collection")
    press_button(page, "Yêu cầu bưu tá đến")
    expect(page.get_by_text("Bưu tá sẽ gọi cho bạn trước khi đến.")).to_be_visible()
    sound(page, "ordered")


def take_it_back(page: Page) -> None:
    press(page.get_by_role("link", name="Hủy yêu cầu này"))
    sound(page, "cancellation")
    press_button(page, "Không nhờ bưu tá nữa")
    expect(page.get_by_text("Đã hủy yêu cầu.")).to_be_visible()


def send_once_more(page: Page, code: str) -> None:
    sign_in(page, "tanan_tranthiminh", to=f"/desk/cases/{code}/")
    sound(page, "came-back")
    press(page.get_by_role("link", name="Xem hành trình bưu chính"))
    sound(page, "legs")
    press(page.get_by_role("link", name="Gửi lại"))  # the only one: the papers are awaited no longer
    page.locator("[name=address]").fill("Chợ Tân Ân, xã Tân Ân, tỉnh Cà Mau")
    sound(page, "renewal")
    press_button(page, "Yêu cầu lại")
    expect(page.get_by_text("Đã yêu cầu lại.")).to_be_visible()
    expect(page.get_by_text("Chợ Tân Ân").first).to_be_visible()


def test_papers_and_result_go_by_post(phone: Page, desktop: Page, live: str, site: Site) -> None:
    code, case, session = site("sent").split()
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
    order_the_postman(phone, case)
    take_it_back(phone)
    site("ready", code)
    site("comes_back", code)
    send_once_more(desktop, code)
    site("brought", code)
    phone.goto(f"/my-cases/{case}/")
    expect(phone.get_by_text("Người nhận: Hoàng Minh Khôi")).to_be_visible()
    sound(phone, "brought")
