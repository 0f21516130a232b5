"""A citizen books on a phone and checks in at the kiosk, another takes a number, two counters call, the wall shows."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Site, _context
from tests.browser.hands import press
from tests.browser.reaching import tab_through
from tests.browser.soundness import sounding
from tests.browser.watching import Watch
from tests.world import OTHER_COMMUNE

sound = sounding("queue")
KIOSK = ViewportSize(width=1080, height=1920)
WALL = ViewportSize(width=1920, height=1080)
SITE = "halls"


@pytest.fixture
def screens(chromium: Browser, live: str, watch: Watch) -> Iterator[dict[str, Page]]:
    """Phone, kiosk, wall and two desks, each a browser of its own."""
    sizes = {"phone": PHONE, "kiosk": KIOSK, "wall": WALL, "first": DESKTOP, "second": DESKTOP}
    with ExitStack() as stack:
        yield {
            name: watch.page(_context(stack, chromium, live, size, has_touch=name in ("phone", "kiosk")))
            for name, size in sizes.items()
        }


def sit_down(page: Page, live: str, session: str, number: int) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
    page.goto("/desk/queue/")
    if number == 1:
        sound(page, "seats")
    press(page.locator(f"button[name=number][value='{number}']"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Quầy {number}")


def book(page: Page) -> str:
    """From the offices to the code; gives the code of the appointment."""
    page.goto("/appointments/")
    page.get_by_role("searchbox").first.fill("ho thi ky")
    page.keyboard.press("Enter")
    press(page.get_by_role("link", name="Ủy ban nhân dân xã Hồ Thị Kỷ"))
    sound(page, "purposes")
    press(page.locator("a[href$='?for=dang-ky-khai-sinh']"))
    sound(page, "times")
    press(page.locator(".times a").last)
    page.locator("[name=name]").fill("Nguyễn Thị Lan")
    page.locator("[name=phone]").fill("0918000123")
    sound(page, "booking")
    press(page.get_by_role("button", name="Đặt lịch"))
    expect(page.get_by_role("heading", name="Đã đặt lịch hẹn")).to_be_visible()
    sound(page, "appointment")
    tab_through(page)
    return page.url.rstrip("/").rpartition("/")[2]


def test_from_the_booking_to_the_counter(screens: dict[str, Page], live: str, site: Site) -> None:
    phone, kiosk, wall = screens["phone"], screens["kiosk"], screens["wall"]
    sessions = json.loads(site("open"))
    code = book(phone)
    pin = re.sub(r"\D", "", phone.locator(".govuk-panel__code").inner_text())
    site("due", code)

    kiosk.goto(f"/kiosk/{OTHER_COMMUNE}/")
    numbers = [take(kiosk, letter) for letter in "AAB"]
    assert numbers == ["A001", "A002", "B001"]
    arrived = check_in(kiosk, pin)
    assert arrived == "A003"
    phone.goto(f"/appointments/{code}/")
    press(phone.get_by_role("link", name="Xem số của bạn và còn bao nhiêu người phía trước"))
    expect(phone.locator("#turn")).to_contain_text("Bạn là người tiếp theo")

    wall.goto(f"/display/{OTHER_COMMUNE}/")
    for name, session, number in (("first", sessions[0], 1), ("second", sessions[1], 2)):
        sit_down(screens[name], live, session, number)
    call(screens["first"], "A003")
    expect(phone.locator("#turn")).to_contain_text("Mời đến quầy 1")
    sound(phone, "ticket-called")
    call(screens["second"], "A001")
    expect(wall.locator("#calls")).to_contain_text("A001")
    expect(wall.locator("#said")).to_contain_text("Số A003, mời đến quầy 1")
    sound(wall, "display")
    serve_and_watch_the_wait_fall(screens)


def serve_and_watch_the_wait_fall(screens: dict[str, Page]) -> None:
    first, phone = screens["first"], screens["phone"]
    first.keyboard.press("s")
    expect(first.get_by_role("main").get_by_role("link", name="Tiếp nhận hồ sơ")).to_have_attribute(
        "href", re.compile("/desk/intake/for/dang-ky-khai-sinh/")
    )
    sound(first, "counter")
    tab_through(first)
    phone.goto(f"/kiosk/{OTHER_COMMUNE}/")
    press(phone.locator("button[value=A]"))
    sound(phone, "slip")
    follow = take_slip_to_ticket(phone)
    phone.goto(follow)
    expect(phone.locator("#turn")).to_contain_text("Trước bạn còn 2 người, khoảng 10 phút")
    sound(phone, "ticket")
    with first.expect_navigation():
        first.keyboard.press("n")
    expect(phone.locator("#turn")).to_contain_text("Trước bạn còn 1 người, khoảng 5 phút")
    first.goto("/desk/queue/today/")
    sound(first, "today")


def take(kiosk: Page, letter: str) -> str:
    """One touch, then the slip; and back."""
    if letter == "B":
        sound(kiosk, "kiosk")
    press(kiosk.locator(f"button[value={letter}]"))
    number = kiosk.locator(".slip__number").inner_text().split()[-1]
    if letter == "B":
        sound(kiosk, "slip")
    press(kiosk.get_by_role("link", name="Xong"))
    return number


def check_in(kiosk: Page, pin: str) -> str:
    press(kiosk.get_by_role("link", name="Tôi có lịch hẹn"))
    for digit in pin:
        kiosk.locator(f"key-pad button[value='{digit}']").click()
    sound(kiosk, "arrival")
    press(kiosk.get_by_role("button", name="Báo đã đến"))
    return kiosk.locator(".slip__number").inner_text().split()[-1]


def call(desk: Page, number: str) -> None:
    with desk.expect_navigation():
        desk.keyboard.press("n")
    expect(desk.locator("#present")).to_have_text(number)


def take_slip_to_ticket(page: Page) -> str:
    """The address of the ticket: what the QR code on the slip says."""
    return f"/tickets/{page.url.rstrip('/').rpartition('/')[2]}/"


def test_the_kiosk_and_the_ticket_work_without_scripts(chromium: Browser, live: str, site: Site) -> None:
    site("open")
    context = chromium.new_context(base_url=live, viewport=KIOSK, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/kiosk/{OTHER_COMMUNE}/")
    page.locator("button[value=C]").click()
    expect(page.locator(".slip__number")).to_contain_text("C00")
    page.goto(f"/tickets/{page.url.rstrip('/').rpartition('/')[2]}/")
    expect(page.locator("#turn")).to_contain_text(re.compile("Trước bạn|tiếp theo"))
    context.close()
