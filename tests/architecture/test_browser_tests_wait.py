"""Browser tests wait for what they expect: `assert` on what a page shows this very instant is right only by luck.

`expect(...)` of Playwright tries again until it holds; `press(...)` of tests/browser/hands.py waits for the page that answers.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BROWSER = Path(__file__).parents[1] / "browser"
OF_THE_INSTANT = {
    "all_inner_texts",
    "all_text_contents",
    "evaluate",
    "get_attribute",
    "inner_html",
    "inner_text",
    "input_value",
    "is_checked",
    "is_disabled",
    "is_editable",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "text_content",
    "title",
}
NAPS = {"sleep", "wait_for_timeout"}


def hasty(source: str) -> Iterator[str]:
    """The places of a test that look without waiting, or wait without looking."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            yield from (f"line {node.lineno}: assert on {what}" for what in _instants(node.test))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NAPS:
            yield f"line {node.lineno}: {node.func.attr}"


def _instants(condition: ast.expr) -> Iterator[str]:
    for node in ast.walk(condition):
        if isinstance(node, ast.Attribute) and node.attr == "url":
            yield "url"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in OF_THE_INSTANT or (name == "count" and not node.args):
                yield name


@pytest.mark.parametrize("path", sorted(BROWSER.rglob("*.py")), ids=lambda path: path.name)
def test_a_browser_test_waits_for_what_it_expects(path: Path) -> None:
    # conftest.py waits for the server itself, before there is a page
    found = [
        one for one in hasty(path.read_text(encoding="utf-8")) if not (path.name == "conftest.py" and "sleep" in one)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('assert page.locator("#done").is_visible()', ["line 1: assert on is_visible"]),
        ('assert not page.locator("a").first.is_visible(), name', ["line 1: assert on is_visible"]),
        ('assert page.locator("a").count() == 0', ["line 1: assert on count"]),
        ('assert "a" in str(page.locator("h1").text_content())', ["line 1: assert on text_content"]),
        ('assert page.url.endswith("/follow/")', ["line 1: assert on url"]),
        ("page.wait_for_timeout(300)", ["line 1: wait_for_timeout"]),
        ('expect(page.locator("#done")).to_be_visible()', []),
        ("assert text.count(code) >= 2", []),
        ("assert violations(page) == [], page.url", []),
    ],
)
def test_the_hasty_are_found(line: str, found: list[str]) -> None:
    assert list(hasty(line)) == found
