"""The running site, whatever it shows: its own style, its own type, nothing from elsewhere, nothing inline."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.watching import picture


def test_the_gallery_comes_with_its_style_and_nothing_from_elsewhere(phone: Page, live: str) -> None:
    hosts: set[str] = set()
    phone.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    answer = phone.goto("/gallery/")
    assert answer
    assert answer.status == 200
    assert hosts == {urlsplit(live).netloc}
    dressed = phone.evaluate(
        "document.fonts.ready.then(() => document.styleSheets.length && document.fonts.check('16px \"Be Vietnam Pro\"'))"
    )
    assert dressed
    picture(phone, "gallery")


def test_static_files_are_named_by_content_and_kept_for_ever(desktop: Page) -> None:
    kept: dict[str, str] = {}

    def note(response: object) -> None:
        if "/static/" in response.url:  # type: ignore[attr-defined]
            kept[response.url] = response.headers.get("cache-control", "")  # type: ignore[attr-defined]

    desktop.on("response", note)
    desktop.goto("/gallery/")
    desktop.wait_for_load_state("networkidle")
    picture(desktop, "gallery")
    assert kept
    assert all("immutable" in how for how in kept.values()), kept


def test_a_script_in_the_page_itself_does_not_run(phone: Page) -> None:
    answer = phone.goto("/gallery/")
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
