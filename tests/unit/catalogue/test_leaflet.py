"""What the leaflet says of the three real procedures, in both languages."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.leaflet.leaflet import Leaflet, leaflet
from camaug.catalogue.leaflet.words import spelled
from camaug.catalogue.profile_files import read_definition, read_vocabulary

PROFILE = Path(__file__).parents[3] / "profiles" / "ca-mau"
DAY = date(2026, 11, 23)
BIRTH, COPY, SHOP = "dang-ky-khai-sinh", "chung-thuc-ban-sao", "dang-ky-ho-kinh-doanh"


@cache
def definition(code: str) -> Definition:
    return read_definition(PROFILE / "procedures" / f"{code}.yaml", read_vocabulary(PROFILE))


def told(code: str, language: str = "vi") -> Leaflet:
    with translation.override(language):
        return leaflet(definition(code), DAY)


def test_the_fee_of_a_certified_copy_is_worked_out_in_examples() -> None:
    examples = [(example.case, example.sum) for example in told(COPY).fees[0].examples]
    assert examples == [
        ("số trang của bản chính: 1, số bản sao: 1", "2.000\u00a0đồng"),
        ("số trang của bản chính: 3, số bản sao: 1", "5.000\u00a0đồng"),
        ("số trang của bản chính: 10, số bản sao: 1", "12.000\u00a0đồng"),
        ("số trang của bản chính: 3, số bản sao: 5", "25.000\u00a0đồng"),
    ]


def test_the_15_00_rule_is_said_in_plain_words() -> None:
    line = told(COPY).times[0]
    assert line.words == "Trong ngày"
    assert (
        line.late_in_the_day
        == "Nộp trước 15 giờ thì có ngay trong ngày. Nộp sau 15 giờ thì có vào ngày làm việc tiếp theo."
    )
    assert not line.note.startswith("Trong ngày")


def test_working_days_leave_out_weekends_and_the_page_says_so() -> None:
    line = told(SHOP).times[0]
    assert line.words == "3 ngày làm việc"
    assert line.days_off == "Không tính thứ Bảy, Chủ nhật và ngày lễ."


@pytest.mark.parametrize(
    ("code", "cost", "verify"),
    [(BIRTH, "Thường không mất tiền", False), (COPY, "Từ 2.000\u00a0đồng", False), (SHOP, "Từ 50.000\u00a0đồng", True)],
)
def test_the_cost_is_said_in_a_few_words(code: str, cost: str, verify: bool) -> None:
    assert (told(code).cost, told(code).cost_verify) == (cost, verify)


def test_a_sum_that_no_text_confirms_is_not_invented() -> None:
    late = told(BIRTH).fees[0]
    assert late.verify
    assert late.price == "Số tiền đang kiểm chứng"
    assert late.waivers == ("Gia đình có công với cách mạng", "Hộ nghèo", "Người khuyết tật")


def test_every_paper_stands_once_with_its_condition_in_words() -> None:
    papers = told(BIRTH).papers
    assert [paper.name for paper in papers.filled_in] == ["Tờ khai đăng ký khai sinh"]
    assert all(paper.when for paper in papers.some)
    assert len(papers.always) + len(papers.some) + len(papers.filled_in) == len(definition(BIRTH).papers)


@pytest.mark.parametrize("code", [BIRTH, COPY, SHOP])
def test_every_fact_that_needs_a_text_is_among_the_sources_as_such(code: str) -> None:
    made = told(code)
    marked = sum(len(source.facts) for source in made.sources if source.verify)
    assert made.uncertain == (marked > 0)
    assert all(source.source or source.verify for source in made.sources)


def test_english_falls_back_to_vietnamese_where_there_is_none() -> None:
    made = told(COPY, "en")
    assert made.name == "Certified copy of a document"
    assert made.conditions == definition(COPY).conditions


def test_names_of_laws_are_spelled_out() -> None:
    assert (
        spelled("NĐ 23/2015/NĐ-CP Đ7, TT 01/2020/TT-BTP") == "Nghị định 23/2015/NĐ-CP Điều 7, Thông tư 01/2020/TT-BTP"
    )


def test_where_every_scenario_pays_the_cost_is_not_said_to_be_nothing() -> None:
    assert told("cap-giay-phep-ban-le-ruou").cost == "Từ 200.000\u00a0đồng"
