"""What every page of a journey must be; `sounding("birth")` gives the journey its own `sound(page, name)`."""

from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import violations
from tests.browser.reaching import too_wide
from tests.browser.watching import picture


def sounding(journey: str, *sizes: ViewportSize) -> Callable[[Page, str], None]:
    """Nothing for axe to find and no sideways scrolling, at the page's own size or at each of these; and a picture."""

    def sound(page: Page, name: str) -> None:
        own = page.viewport_size
        assert own
        for size in sizes or (own,):
            page.set_viewport_size(size)
            assert violations(page) == [], name
            assert too_wide(page) == [], name
            picture(page, f"{journey}-{name}")
        page.set_viewport_size(own)

    return sound
