"""What a criminal-record certificate costs, takes and who does what."""

from datetime import date

import pytest

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.queries import fees, papers
from camaug.worktime.limits import Limit, Unit
from tests.unit.catalogue.samples import real

MADE = real("cap-phieu-ly-lich-tu-phap")
ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("group", "due"),
    [
        ("NONE", 200_000),
        ("STUDENT", 100_000),
        ("MERIT", 100_000),
        ("CHILD", 0),
        ("ELDERLY", 0),
        ("DISABLED", 0),
        ("POOR", 0),
        ("HARD_AREA", 0),
    ],
)
def test_the_fee_by_group(group: str, due: int) -> None:
    (item,) = fees(MADE, {"fee_group": group, "copies": 2}, Channel.COUNTER, ON)
    assert (item.amount, item.full_amount, item.verify) == (due, 200_000, False)


@pytest.mark.parametrize(("copies", "more"), [(1, None), (2, None), (3, 5_000), (5, 15_000), (20, 90_000)])
def test_copies_cost_from_the_third(copies: int, more: int | None) -> None:
    items = {item.rule: item.amount for item in fees(MADE, {"copies": copies}, Channel.ONLINE, ON)}
    assert items.get("phi-phieu-them") == more


@pytest.mark.parametrize(
    ("answers", "required"),
    [
        ({"filed_by": "SELF", "nationality": "VIET_NAM", "fee_group": "NONE"}, {"to-khai"}),
        ({"filed_by": "FAMILY"}, {"to-khai"}),
        ({"filed_by": "PROXY"}, {"to-khai", "van-ban-uy-quyen"}),
        ({"nationality": "OTHER"}, {"to-khai", "ho-chieu-nuoc-ngoai"}),
        ({"fee_group": "STUDENT"}, {"to-khai", "giay-to-mien-giam"}),
        ({"fee_group": "CHILD"}, {"to-khai"}),
    ],
)
def test_the_papers_by_answers(answers: dict[str, str], required: set[str]) -> None:
    assert {need.paper.id for need in papers(MADE, answers, ON) if need.required} == required


def test_ten_days_wait_for_the_new_text() -> None:
    limit = MADE.limit_for(Channel.ONLINE, ON)
    assert (limit.span, limit.verify) == (Limit(10, Unit.CALENDAR_DAYS), True)


def test_the_way_leads_from_the_centre_to_the_department_and_back() -> None:
    assert [(step.agency, step.role) for step in MADE.process.path()] == [
        ("RECEIVING", "ONE_STOP_CLERK"),
        ("COMPETENT", "SPECIALIST"),
        ("COMPETENT", "UNIT_HEAD"),
        ("COMPETENT", "LEADER"),
        ("COMPETENT", "REGISTRAR"),
        ("RECEIVING", "ONE_STOP_CLERK"),
    ]
    (asked,) = MADE.process.step("tra-cuu").consultations
    assert (asked.agency, asked.role, asked.stops, asked.duty) == ("NEAREST:POLICE", "SPECIALIST", "", False)
