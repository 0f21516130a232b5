"""Watches pages for what no visitor should meet, and takes pictures of them."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response
from playwright.sync_api import TimeoutError as Stalled

PICTURES = Path(__file__).parents[2] / "screenshots"
_TRIES = 4
_PATIENCE = 15_000  # milliseconds a try


class Watch:
    """Collects what goes wrong in the pages that it opened."""

    def __init__(self) -> None:
        self.trouble: list[str] = []

    def page(self, context: BrowserContext) -> Page:
        """A new page under watch."""
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.trouble.append(f"script error: {error}"))
        page.on("response", self._on_response)
        return page

    def check(self) -> None:
        """Fail where something went wrong."""
        assert not self.trouble, "\n".join(self.trouble)

    def _on_console(self, message: ConsoleMessage) -> None:
        # A refused form answers 422 or 403, which the browser also reports as an error of the console.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.trouble.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.trouble.append(f"{response.status} {response.url}")


def picture(page: Page, name: str, **options: Any) -> None:
    """Keep a picture of the whole page as screenshots/<name>-<width>.png.

    Chromium without a screen now and then draws no frame for a picture: then the page is brought to the front, told
    another size and its own again, and asked once more.
    """
    assert page.viewport_size
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}-{page.viewport_size['width']}.png"
    for number in range(_TRIES):
        try:
            page.screenshot(path=path, full_page=True, timeout=_PATIENCE, **options)
        except Stalled:
            if number == _TRIES - 1:
                raise
            _stir(page)
        else:
            return


def _stir(page: Page) -> None:
    own = page.viewport_size
    assert own
    page.bring_to_front()
    page.set_viewport_size({"width": own["width"], "height": own["height"] + 1})
    page.set_viewport_size(own)
