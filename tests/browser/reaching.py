"""Whether a page fits every screen, and whether the keyboard reaches everything on it and shows where it is."""

from playwright.sync_api import Page

WIDTHS = (320, 360, 480, 640, 768, 900, 1024, 1280, 1440, 1920)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
IN_FOCUS = """() => {
  const place = document.activeElement;
  if (!place || place === document.body) return null;
  if (!place.dataset.tabbed) place.dataset.tabbed = ++window.tabbed;
  const box = place.matches(".govuk-radios__input, .govuk-checkboxes__input") ? getComputedStyle(place.labels[0], "::before") : getComputedStyle(place);
  return {
    number: Number(place.dataset.tabbed),
    what: `${place.tagName} ${place.id || place.textContent.trim().slice(0, 30)}`,
    seen: box.outlineStyle !== "none" || box.boxShadow !== "none",
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility() && !e.dataset.tabbed)
  .filter(e => e.type !== "radio" || !document.querySelector(`[name="${e.name}"][data-tabbed]`))
  .map(e => `${e.tagName} ${e.id || e.textContent.trim().slice(0, 30)}`)"""


def too_wide(page: Page) -> list[int]:
    """The widths at which the page must be scrolled sideways; the page's own width is put back."""
    own = page.viewport_size
    assert own
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": own["height"]})
        if page.evaluate(TOO_WIDE) > 0:
            wrong.append(width)
    page.set_viewport_size(own)
    return wrong


def tab_through(page: Page) -> None:
    """Walk over the page with Tab: each stop shows itself, and nothing is left out.

    The walk begins where the focus was, which is not the top where a page opens at its errors, and so leaves once.
    """
    page.evaluate("() => { window.tabbed = 0; document.activeElement.blur(); window.getSelection().removeAllRanges() }")
    last = left = 0
    for _step in range(300):
        page.keyboard.press("Tab")
        here = page.evaluate(IN_FOCUS)
        left += here is None
        if left > 1 or (here and here["number"] < last):
            break
        if here is None:
            continue
        assert here["seen"], here["what"]
        last = here["number"]
    missed = page.evaluate(REACHABLE)
    assert missed == []
