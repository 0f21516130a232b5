"""axe-core on a page: `violations(page)` says, one a line, what a reader with a screen reader or weak eyes would stumble over."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Error, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary.replaceAll("\\n", " ")}`))"""

_LEFT = "context was destroyed"
_PAGES = 5


@cache
def _script() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands now, best practice included; evaluated, so that the CSP stays strict.

    A page that somebody has just left for another takes the look with it: then the other is looked at.
    """
    for _time in range(_PAGES - 1):
        try:
            return _seen(page)
        except Error as gone:
            if _LEFT not in str(gone):
                raise
    return _seen(page)


def _seen(page: Page) -> list[str]:
    page.wait_for_load_state()
    page.evaluate(_script())
    found: list[str] = page.evaluate(RUN)
    return found
