"""The public pages of figures: what they say, what they keep to themselves, and how few questions they ask."""

import csv
from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from camaug.cases.actions.count import count_anew
from camaug.cases.models import Tally
from camaug.insight.web.table import csv_rows, harmless
from camaug.kernel.clock import LOCAL
from tests.world import COMMUNE, DISTRICT, World

MONTH = datetime(2026, 11, 1, tzinfo=LOCAL).date()
NOW = timezone.now().date()
NOVEMBER = "?period=2026-11"


@pytest.fixture(autouse=True)
def _figures(world: World) -> None:
    cache.clear()
    rows = [
        (COMMUNE, "dang-ky-khai-sinh", "ho-tich", {"received_online": 120, "early": 90, "on_time": 6, "late": 4}),
        (COMMUNE, "chung-thuc-ban-sao", "chung-thuc", {"received_direct": 3, "on_time": 3, "satisfied": 2}),
        (DISTRICT, "dang-ky-ho-kinh-doanh", "ho-kinh-doanh", {"received_direct": 40, "early": 30, "late": 2}),
    ]
    for agency, procedure, field, numbers in rows:
        Tally.objects.create(month=MONTH, agency_id=world.agencies[agency], procedure=procedure, field=field, **numbers)
    Tally.objects.filter(procedure="dang-ky-ho-kinh-doanh").update(very_satisfied=6, satisfied=3, not_satisfied=1)


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def table(path: str) -> list[list[str]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_the_province_says_how_many_cases_and_how_many_on_time() -> None:
    shown = page(f"/figures/{NOVEMBER}")
    assert "<b>163</b>" in shown  # received
    assert "<b>135</b>" in shown  # resolved
    assert "<b>95,6\u00a0%</b>" in shown  # 129 of 135
    for part in ("timeliness", "months", "levels", "agencies", "fields", "ratings"):
        assert f'id="{part}"' in shown
    assert f"/figures/agencies/{COMMUNE}/" in shown
    assert "/figures/fields/ho-tich/" in shown


def test_every_chart_has_its_table_and_every_table_its_file() -> None:
    for path in (
        f"/figures/{NOVEMBER}",
        f"/figures/agencies/{COMMUNE}/{NOVEMBER}",
        f"/figures/fields/ho-tich/{NOVEMBER}",
    ):
        shown = page(path)
        charts = shown.count('class="bars"') + shown.count('class="month-chart"')
        assert charts == shown.count("<table") == shown.count(".csv?")


def test_a_file_holds_the_columns_of_the_report_and_they_add_up() -> None:
    head, *rows = table(f"/figures/tables/agencies.csv{NOVEMBER}")
    assert len(head) == 13
    assert len(rows) == 2
    for row in rows:
        carried, received, _online, _direct, resolved, _e, _o, _l, under_way = map(int, row[2:11])
        assert carried + received == resolved + under_way


@pytest.mark.parametrize("name", ["timeliness", "months", "levels", "agencies", "fields", "ratings"])
def test_every_table_of_the_province_is_a_file(name: str) -> None:
    assert len(table(f"/figures/tables/{name}.csv{NOVEMBER}")) > 1


def test_an_unknown_table_agency_or_field_is_not_found() -> None:
    for path in (
        "/figures/tables/people.csv",
        "/figures/agencies/H99/",
        "/figures/fields/x/",
        "/figures/tables/fields.csv?agency=H99",
    ):
        page(path, 404)


def test_small_numbers_of_an_agency_are_shown_in_a_group_only() -> None:
    shown = page(f"/figures/agencies/{COMMUNE}/{NOVEMBER}")
    assert "chung-thuc-ban-sao" not in shown
    assert "dang-ky-khai-sinh" not in shown  # else the difference would tell the three
    assert "dưới 5 lượt đánh giá" in shown
    rows = table(f"/figures/tables/ratings.csv{NOVEMBER}")
    assert [row[1:] for row in rows[1:]] == [["dưới 5", "", "", "", ""], ["10", "90.0", "6", "3", "1"]]


def test_the_figures_of_a_field_hold_nothing_of_others() -> None:
    assert [row[0] for row in table(f"/figures/tables/procedures.csv{NOVEMBER}&field=ho-tich")[1:]] == [
        "Làm giấy khai sinh cho con"
    ]


def test_a_period_without_figures_says_so() -> None:
    shown = page("/figures/?period=2019-03")
    assert "<b>0</b>" in shown
    assert "<table" in shown


def test_all_agencies_are_found_by_words() -> None:
    assert "Tân Ân" in page(f"/figures/agencies/{NOVEMBER}&q=tan+an")
    assert COMMUNE not in page(f"/figures/agencies/{NOVEMBER}&q=ngoc")


def test_no_cell_is_taken_for_a_formula() -> None:
    assert [harmless(cell) for cell in ("=1+1", "+84", "-1", "@x", "\tx", "A", -1)] == [
        "'=1+1", "'+84", "'-1", "'@x", "'\tx", "A", -1,
    ]  # fmt: skip
    assert list(csv_rows([["=HYPERLINK(1)", 5]])) == ["\ufeff", "'=HYPERLINK(1),5\r\n"]


@pytest.mark.parametrize(
    ("path", "most"),
    [(f"/figures/{NOVEMBER}", 20), (f"/figures/agencies/{COMMUNE}/{NOVEMBER}", 40), ("/figures/tables/fields.csv", 22)],
)
def test_a_page_asks_few_questions_and_fewer_the_second_time(path: str, most: int) -> None:
    asked = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            list(Client().get(path))
        asked.append(len(captured))
        assert not [
            one["sql"] for one in captured if 'FROM "cases_case"' in one["sql"] and "promised_at" not in one["sql"]
        ]
    assert asked[0] <= most
    assert asked[1] <= 10


def test_the_pages_say_what_the_cases_say(world: World) -> None:
    """The tallies above are invented: counting anew takes them away."""
    assert count_anew() == 3
    cache.clear()
    assert "<b>163</b>" not in page(f"/figures/{NOVEMBER}")
