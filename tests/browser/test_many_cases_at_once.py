"""A clerk receives what came overnight by one press, watches it, reads what could not be done, prints the receipts."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.hands import sign_in
from tests.browser.soundness import sounding

sound = sounding("many")
CLERK, CHAIRMAN = "tanan_tranthiminh", "tanan_phamvanhung"


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def press(page: Page, move: str) -> None:
    page.locator(f"button[name=move][value={move}]").click()
    page.wait_for_url("**/batches/new/**")


def test_many_cases_are_printed_with_progress_and_report(page: Page) -> None:
    sign_in(page, CLERK, to="/desk/done/")
    page.locator("[data-all] input").check()
    ticked = page.locator("tbody input[type=checkbox]:checked").count()
    assert ticked > 1
    expect(page.locator("[data-count]")).to_have_text(f"Đã chọn: {ticked}")
    sound(page, "chosen")
    press(page, "print")
    expect(page.locator("tbody input:checked")).to_have_count(ticked)
    sound(page, "asked")
    page.locator("form .card .govuk-button").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    sound(page, "under-way")
    expect(page.get_by_role("link", name="Mở bản in")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("status")).to_contain_text(f"trên {ticked} hồ sơ")  # one that was refused has no receipt
    sound(page, "report")
    paper = str(page.get_by_role("link", name="Mở bản in").get_attribute("href"))
    undone = page.locator(".report .late").count()
    assert len(PdfReader(BytesIO(page.context.request.get(paper).body())).pages) >= ticked - undone
    page.goto("/desk/batches/")
    sound(page, "list")


def test_the_leader_reads_the_proposals_and_approves(desktop: Page) -> None:
    page = desktop
    sign_in(page, CHAIRMAN, to="/desk/todo/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("tbody input:checked")).to_have_count(1)
    page.locator("tbody input[type=checkbox]").nth(1).check()
    press(page, "approve")
    expect(page.locator("tbody")).to_contain_text("Đề xuất chấp thuận")
    sound(page, "approve")
    page.locator("form .card .govuk-button").click()
    expect(page.get_by_role("status")).to_contain_text("trên", timeout=60_000)
    expect(page.locator("#batch h2").first).to_be_visible(timeout=60_000)
    sound(page, "approved")
