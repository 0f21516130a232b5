"""XLSX with three bad lines is refused line by line, then imported: upload, report, confirmation, progress, done."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP
from tests.browser.hands import sign_in
from tests.browser.reaching import too_wide
from tests.browser.watching import Watch, picture

ADMINISTRATOR = "stttt_nguyenhuuphuoc"
IMPORTS = "/desk/administration/imports/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ["Thư điện tử công vụ", "Họ và tên", "Điện thoại"]
MANY = 400


def workbook(mark: str, *, bad: bool) -> FilePayload:
    """As somebody has typed it in Excel: telephone numbers have lost their noughts, three lines are wrong."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for number in range(MANY):
        sheet.append([f"{mark}{number}@camau.gov.vn", "Nguyễn Văn Thử", 918000000 + number])
    if bad:
        sheet.cell(row=14, column=3, value="hỏi sau")
        sheet.cell(row=120, column=1, value=f"{mark}5@camau.gov.vn")
        sheet["B305"] = None
    book.save(out)
    return {"name": f"can-bo-{mark}.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}


def send(page: Page, file: FilePayload) -> None:
    page.goto(IMPORTS)
    page.get_by_label("Cán bộ, công chức", exact=True).check()
    page.get_by_label("Tệp", exact=True).set_input_files(file)
    page.get_by_role("button", name="Kiểm tra bảng").click()
    page.wait_for_url(f"**{IMPORTS}*-*/")


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_a_workbook_with_three_bad_lines_is_refused_line_by_line_then_imported(page: Page) -> None:
    mark = "dien" if (page.viewport_size or DESKTOP)["width"] < 500 else "may"
    sign_in(page, ADMINISTRATOR)
    page.goto("/desk/administration/")
    assert violations(page) == []
    picture(page, "administration")
    send(page, workbook(mark, bad=True))
    expect(page.get_by_text("3 dòng sai. Chưa ghi gì vào hệ thống.")).to_be_visible(timeout=30_000)
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(3)
    wanted = (("14", "hỏi sau"), ("120", "đã có ở dòng 7"), ("305", "không được để trống"))
    for number, (line, words) in enumerate(wanted):
        expect(rows.nth(number).locator("b")).to_have_text(line)
        expect(rows.nth(number)).to_contain_text(words)
    assert (violations(page), too_wide(page)) == ([], [])
    picture(page, "import-refused")
    page.get_by_role("link", name="Gửi tệp đã sửa").click()
    expect(page.get_by_label("Cán bộ, công chức", exact=True)).to_be_checked()
    picture(page, "imports")
    assert (violations(page), too_wide(page)) == ([], [])
    send(page, workbook(mark, bad=False))
    button = page.get_by_role("button", name="Nhập bảng này")
    expect(button).to_be_visible(timeout=30_000)
    expect(page.locator(".figures")).to_contain_text(f"{MANY}dòng mới")
    assert (violations(page), too_wide(page)) == ([], [])
    picture(page, "import-checked")
    button.click()
    expect(page.get_by_text("Tất cả các dòng của bảng đã được ghi")).to_be_visible(timeout=30_000)
    assert (violations(page), too_wide(page)) == ([], [])
    picture(page, "import-done")
    page.goto(IMPORTS)
    expect(page.locator("table").last.locator("tbody tr").first).to_contain_text(f"{MANY} mới")


def test_without_scripts_the_page_asks_again_by_itself(chromium: Browser, live: str, watch: Watch) -> None:
    context = chromium.new_context(base_url=live, viewport=DESKTOP, locale="vi-VN", java_script_enabled=False)
    page = watch.page(context)
    sign_in(page, ADMINISTRATOR)
    send(page, workbook("khongma", bad=False))
    expect(page.get_by_role("button", name="Nhập bảng này")).to_be_visible(timeout=30_000)
    context.close()


def test_the_empty_workbook_explains_every_column_and_comes_back(desktop: Page, tmp_path: Path) -> None:
    sign_in(desktop, ADMINISTRATOR)
    desktop.goto(IMPORTS)
    with desktop.expect_download() as taken:
        desktop.locator("a[href$='templates/officers/xlsx/']").click()
    taken.value.save_as(tmp_path / "mau.xlsx")
    book = load_workbook(tmp_path / "mau.xlsx")
    every = [*HEAD, "Số định danh cá nhân"]
    assert [cell.value for cell in book.worksheets[0][1]] == every
    assert [row[0].value for row in book["Hướng dẫn"].iter_rows(min_row=2, max_row=5)] == every
    book.worksheets[0].append(["motcanbo@camau.gov.vn", "Nguyễn Thị Thử", "0918000999"])
    out = BytesIO()
    book.save(out)
    send(desktop, {"name": "mau.xlsx", "mimeType": XLSX, "buffer": out.getvalue()})
    expect(desktop.get_by_role("button", name="Nhập bảng này")).to_be_visible(timeout=30_000)
