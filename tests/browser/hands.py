"""Hands on keyboard and mouse: whoever presses waits for the page that answers, as people do.

A clerk's keys beyond the data are counted.
"""

from playwright.sync_api import Locator, Page

PASSWORD = "camau-trinh-dien-2026"


class Hands:
    """Types on one page; `pressed` is the number of keys beyond the data."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def types(self, data: str, *keys: str) -> None:
        """Data as they stand on the paper or come from the scanner, once a field takes them; then keys that count."""
        self._wait_for_focus()
        self.page.keyboard.insert_text(data) if "|" in data else self.page.keyboard.type(data)
        self.presses(*keys)

    def presses(self, *keys: str) -> None:
        """Keys that count; Enter goes to what has the focus, once something has it."""
        for key in keys:
            if key == "Enter":
                self._wait_for_focus()
            self.page.keyboard.press(key)
            self.pressed += 1

    def _wait_for_focus(self) -> None:
        self.page.wait_for_function("document.activeElement !== document.body")


def press(target: Locator, key: str = "") -> None:
    """Click, or press the key there, and wait until the page that it leads to has loaded."""
    with target.page.expect_navigation():
        target.press(key) if key else target.click()


def press_button(page: Page, name: str) -> None:
    """Press the first button of that name in the page itself, and wait for the answer."""
    press(page.get_by_role("main").get_by_role("button", name=name).first)


def sign_in(page: Page, mailbox: str, *, to: str = "/desk/") -> None:
    """An officer of the cast at the door of the desk."""
    page.context.clear_cookies()
    page.goto(f"/desk/sign-in/?next={to}")
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill(f"{mailbox}@camau.gov.vn")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    enter_second_factor(page)


def enter_second_factor(page: Page) -> None:
    """Type the code that the demonstration shows, where the account has a second factor; an unused one may take time."""
    page.wait_for_url(lambda url: "/desk/sign-in/" not in url)
    if "/sign-in/second-factor/" in page.url:
        shown = page.locator(".demo-code strong")
        shown.wait_for(timeout=120_000)
        page.get_by_label("Mã", exact=True).fill(shown.inner_text())
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
