"""The head reads the report of the commune, follows a number to its cases and one of them to its page, and takes the
tables away: what the files say is what the page says.
"""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.hands import sign_in
from tests.browser.soundness import sounding
from tests.browser.watching import picture

sound = sounding("report")
CHAIRMAN, DISTRICT_CHAIRMAN = "tanan_phamvanhung", "nhien_tranhoanglac"


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def taken(page: Page, words: str, to: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=words).click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))[1:-1]
    sheet = load_workbook(path).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=6, values_only=True)]


def shown_rows(page: Page) -> list[list[str]]:
    rows = page.locator(".table--report tbody tr, .table--report tfoot tr").all()
    return [[cell.inner_text().replace(".", "") for cell in row.locator("th, td").all()] for row in rows]


def test_the_head_follows_a_number_to_a_case(page: Page, tmp_path: Path) -> None:
    sign_in(page, CHAIRMAN, to="/desk/reports/")
    expect(page.locator("h1")).to_have_text("Báo cáo tình hình giải quyết hồ sơ")
    page.get_by_label("Kỳ số liệu").select_option(index=page.locator("#period option").count() - 2)  # the year
    page.get_by_role("main").get_by_role("button", name="Xem").click()
    page.wait_for_url("**period=20*")
    sound(page, "fields")
    shown = shown_rows(page)
    for words in ("Tải bảng số liệu (CSV)", "Tải bảng số liệu (XLSX)"):
        assert rows_of(taken(page, words, tmp_path)) == shown
    number = page.locator("tfoot td a").first
    count = int(number.inner_text().replace(".", ""))
    number.click()
    expect(page.locator("main")).to_contain_text(f"Số hồ sơ: {count}.")
    sound(page, "cases")
    seen = {code.inner_text() for code in page.locator("tbody a.code").all()}
    for words in ("Tải danh sách (CSV)", "Tải danh sách (XLSX)"):
        rows = rows_of(taken(page, words, tmp_path))
        assert len(rows) == count
        assert {row[1] for row in rows} >= seen
    code = page.locator("tbody a.code").first
    text = code.inner_text()
    code.click()
    expect(page.locator("main")).to_contain_text(text)
    expect(page).to_have_url(re.compile(rf"/desk/cases/{text}/(\?|$)"))
    sound(page, "case")
    page.locator(".govuk-back-link").click()
    expect(page.locator("main")).to_contain_text(f"Số hồ sơ: {count}.")


def test_the_district_reads_by_agency_and_by_month(page: Page) -> None:
    sign_in(page, DISTRICT_CHAIRMAN, to="/desk/reports/")
    page.goto("/desk/reports/?period=days&from=1/6/2026&to=31/12/2026&by=agency")
    sound(page, "agencies")
    page.locator("summary", has_text="Cách tính").click()
    sound(page, "formula")
    page.goto("/desk/reports/?period=days&from=1/6/2026&to=31/12/2026&by=month")
    sound(page, "months")
    page.emulate_media(media="print")
    picture(page, "report-printed")
