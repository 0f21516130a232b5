"""The officers' reports as pages and files: what they show, to whom, and where every number leads."""

import csv
import re
from io import BytesIO
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from camaug.cases.models import Case
from tests.applications import carry, send_birth
from tests.cases_at_random import lives
from tests.desks import desk_of
from tests.world import COMMUNE, DISTRICT, OTHER_COMMUNE, World

OCTOBER = "?period=2026-10&by=agency"
YEAR = "?period=2026"


@pytest.fixture
def district(world: World) -> Client:
    """The desk of the district's chairman, who reads the reports of the district and what is under it."""
    lives(world, 400)
    return desk_of(world, "district_chairman")


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def octets(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.streaming
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def numbers(shown: str) -> list[list[tuple[str, int]]]:
    """The links and numbers of each row of the table."""
    body = shown.split("<tbody>")[1].split("</table>")[0]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.S):
        cells = re.findall(r'<td[^>]*>(?:<a href="([^"]*)"[^>]*>|<span[^>]*>)([0-9.]+)<', row)
        found.append([(href.replace("&amp;", "&"), int(text.replace(".", ""))) for href, text in cells])
    return found


@pytest.mark.parametrize("by", ["agency", "field", "procedure", "month"])
def test_every_number_leads_to_a_list_of_that_many_cases(district: Client, by: str) -> None:
    rows = numbers(page(district, f"/desk/reports/?period=2026-q3&by={by}"))
    assert len(rows) > 2
    assert all(len(row) == 11 for row in rows)
    for row in (rows[0], rows[-1]):
        for href, number in row:
            if not number:
                assert not href
                continue
            assert f"<b>{number}</b>" in page(district, href)
            listed = octets(district, href.replace("/cases/", "/files/cases.csv")).decode("utf-8-sig")
            _head, *lines, end = csv.reader(listed.splitlines(), delimiter=";")
            assert (len(lines), end) == (number, [f"Hết tệp: {number} dòng."])


def test_lines_of_a_period_add_up_and_lines_of_months_follow_one_another(district: Client) -> None:
    for by in ("agency", "field", "procedure"):
        *lines, foot = (
            [number for _href, number in row]
            for row in numbers(page(district, f"/desk/reports/?period=2026-10&by={by}"))
        )
        assert [sum(column) for column in zip(*lines, strict=True)] == foot
    *months, whole = (
        [number for _href, number in row] for row in numbers(page(district, "/desk/reports/?period=2026-q3&by=month"))
    )
    flows = [1, 2, 5]  # what waits for a supplement counts as on time or late in each month in which it waits
    assert [sum(month[n] for month in months) for n in flows] == [whole[n] for n in flows]
    assert months[0][3] == whole[3]  # carried over
    for month, following in pairwise(months):
        assert following[3] >= month[8], "what is under way, and what waits for a supplement, is carried over"
    assert months[-1][8:] == whole[8:]


def test_the_page_says_how_the_public_figures_count_the_same(district: Client) -> None:
    shown = page(district, f"/desk/reports/{OCTOBER}")
    *_lines, foot = numbers(shown)
    resolved, under_way = foot[4][1], foot[8][1]
    said = re.search(r"đã giải quyết (\d+) hồ sơ.*?đang giải quyết (\d+) hồ sơ", shown, re.DOTALL)
    assert said
    assert (int(said[1]) + int(said[2]), int(said[1]) < resolved) == (resolved + under_way, True)


def test_a_list_leads_to_a_case_where_one_takes_part(world: World, district: Client) -> None:
    shown = page(district, "/desk/reports/cases/?period=2026&column=received&scope=own")
    code = Case.objects.filter(competent_agency_id=world.agencies[DISTRICT], received_at__isnull=False).first().code  # type: ignore[union-attr]
    assert f'href="/desk/cases/{code}/"' in shown or "place=" in shown
    other = page(district, f"/desk/reports/cases/?period=2026&column=received&scope=own&agency={COMMUNE}")
    assert "/desk/cases/H12.99" not in other
    assert "Người" not in other.split("<tbody>")[1].split("</tbody>")[0]


def test_an_agency_that_one_may_not_read_is_not_found(world: World, district: Client) -> None:
    assert page(district, f"/desk/reports/{OCTOBER}&agency={COMMUNE}")
    for path in ("", "cases/", "files/report.csv", "files/cases.xlsx"):
        page(district, f"/desk/reports/{path}{OCTOBER}&agency={OTHER_COMMUNE}&column=late", 404)
        page(desk_of(world, "chairman"), f"/desk/reports/{path}{OCTOBER}&agency={DISTRICT}&column=late", 404)
    for path in ("cases/?column=people", "files/people.csv", "files/report.pdf", "files/cases.csv?column=x"):
        page(district, f"/desk/reports/{path}", 404)


def test_only_heads_come_in(world: World) -> None:
    for officer in ("clerk", "specialist", "registrar"):
        assert desk_of(world, officer).get("/desk/reports/").status_code in (403, 404)
    assert Client().get("/desk/reports/").status_code == 302


def test_free_days_are_read_as_people_write_them(district: Client) -> None:
    shown = page(district, "/desk/reports/?period=days&from=13/8/2026&to=06.10.2026&by=field")
    assert "Từ ngày 13/08/2026 đến ngày 06/10/2026" in shown
    href = numbers(shown)[-1][0][0]
    assert "from=2026-08-13" in href
    assert "to=2026-10-06" in href
    for wrong in ("from=&to=", "from=1/9/2026&to=1/8/2026", "from=1/1/2020&to=1/8/2026", "from=31/2/2026&to=1/3/2026"):
        assert "govuk-error-message" in page(district, f"/desk/reports/?period=days&{wrong}", 422)


def test_the_files_say_what_the_page_says(district: Client) -> None:
    address = f"/desk/reports/files/report.{{}}{OCTOBER}"
    shown = [[number for _href, number in row] for row in numbers(page(district, f"/desk/reports/{OCTOBER}"))]
    text = octets(district, address.format("csv")).decode("utf-8-sig")
    head, *rows, note, _end = csv.reader(text.splitlines(), delimiter=";")
    assert (len(head), head[0], head[2]) == (13, "TT", "Đã tiếp nhận – Tổng số")
    assert [[int(cell) for cell in row[2:]] for row in rows] == shown
    assert [row[0] for row in rows] == [*(str(n) for n in range(1, len(rows))), ""]
    assert re.fullmatch(r"Đã giải quyết – Không có ngày hẹn: \d+\. .*", note[1])
    sheet = load_workbook(BytesIO(octets(district, address.format("xlsx")))).active
    assert sheet is not None
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert found[0][0] == "Báo cáo tình hình giải quyết hồ sơ"
    assert "Tháng 10/2026" in str(found[2][0])
    assert found[4][: len(head)] == head
    assert [row[2:] for row in found[5:-1]] == shown
    assert found[-1][1] == note[1]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$5:$5"


def test_the_table_has_the_thirteen_columns_of_the_form_and_the_rest_below_it(district: Client) -> None:
    shown = page(district, f"/desk/reports/{OCTOBER}")
    table, below = shown.split('<table class="table table--wide')[1].split("</table>")
    heads = table.split("</thead>")[0]
    upper, lower = (row.split("</tr>")[0] for row in heads.split("<tr>")[1:])
    assert upper.count('rowspan="2"') + lower.count("<th") == 13
    body = table.split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r'<tr><td class="quiet">(\d+)</td>', body) == [str(n) for n in range(1, body.count("<tr>") + 1)]
    note = re.search(r'<p class="small"><a href="([^"]*)">Đã giải quyết – Không có ngày hẹn: (\d+)\.', below)
    assert note
    assert f"<b>{note[2]}</b>" in page(district, note[1].replace("&amp;", "&"))


def test_what_looks_like_a_formula_stays_text(district: Client) -> None:
    text = octets(district, f"/desk/reports/files/cases.csv{YEAR}&column=received&scope=own").decode("utf-8-sig")
    assert "'=Người" in text
    book = octets(district, f"/desk/reports/files/cases.xlsx{YEAR}&column=received&scope=own")
    with ZipFile(BytesIO(book)) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
    names = [row[5] for row in load_workbook(BytesIO(book)).active.iter_rows(min_row=6, values_only=True)]  # type: ignore[union-attr]
    assert str(names[0]).startswith("=Người")


def test_a_file_is_named_after_what_it_holds(district: Client) -> None:
    answer = district.get(f"/desk/reports/files/cases.xlsx{OCTOBER}&column=on_time")
    assert answer["Content-Disposition"] == 'attachment; filename="ho-so-on-time-H12.39-2026-10.xlsx"'


def test_the_definitions_stand_on_the_page(district: Client) -> None:
    shown = page(district, f"/desk/reports/{OCTOBER}")
    assert "Biểu II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP), công thức phiên bản 1" in shown
    assert shown.count("<dt>") >= 12


def led_back(shown: str) -> tuple[str, str]:
    """Where the link above the heading leads, and what it says."""
    found = re.search(r'<a class="govuk-back-link" href="([^"]*)"[^>]*>([^<]*)</a>', shown)
    assert found
    return found[1].replace("&amp;", "&"), found[2]


@pytest.fixture
def chairman(world: World) -> Client:
    """The desk of the commune's chairman, with one case in his reports."""
    carry(world, send_birth(world), to="EXAMINE")
    return desk_of(world, "chairman")


LISTED = "/desk/reports/cases/?period=2026&column=received&scope=own"


def case_in(listed: str) -> str:
    """Where the first case of a list leads."""
    href = re.search(r'href="(/desk/cases/[^"]*)"', listed)
    assert href
    return href[1].replace("&amp;", "&")


def test_a_case_opened_from_a_report_leads_back_to_its_list(chairman: Client) -> None:
    listed = page(chairman, LISTED)
    back, words = led_back(page(chairman, case_in(listed)))
    assert (back.partition("?")[0], words) == ("/desk/reports/cases/", "Về danh sách của báo cáo")
    assert page(chairman, back) == listed


def test_and_to_the_page_of_the_list_on_which_it_stood(district: Client) -> None:
    first = page(district, LISTED.replace("own", "below"))
    older = re.search(r'rel="next" href="([^"]*)"', first)
    assert older
    second = page(district, older[1].replace("&amp;", "&"))
    place = parse_qs(urlsplit(older[1].replace("&amp;", "&")).query)["place"]
    for shown, wanted in ((first, None), (second, place)):
        back = parse_qs(urlsplit(case_in(shown)).query)["back"][0]
        assert parse_qs(urlsplit(back).query).get("place") == wanted


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/desk/reports/cases/",
        "//evil.example/",
        "/\\evil.example",
        "/desk/",
        "x",
        "/nowhere/",
        "/%00",
    ],
)
def test_a_case_leads_back_to_no_other_place(chairman: Client, back: str) -> None:
    address = case_in(page(chairman, LISTED)).partition("?")[0]
    usual = led_back(page(chairman, address))
    assert usual[0] == reverse("desk:inbox")
    assert led_back(chairman.get(address, {"back": back}).content.decode()) == usual


def test_a_month_without_cases_says_so(district: Client) -> None:
    assert "Không có số liệu" in page(district, "/desk/reports/?period=2020-01") or page(
        district, "/desk/reports/?period=2020-01"
    )
