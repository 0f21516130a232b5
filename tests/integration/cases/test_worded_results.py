"""Results whose words the procedure brings: read from the case, kept as facts, printed."""

from datetime import date
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from camaug.cases.actions.register import register
from camaug.cases.results.sheets import result_pdf
from camaug.cases.results.worded import months_after
from tests import applications
from tests.integration.cases.test_the_longer_ways import FARM, FISHERIES_WAY, step_on, taken
from tests.world import AT, CENTRE, World


def test_a_farm_is_confirmed_with_every_pond_where_it_lies(world: World) -> None:
    answers = applications.real(FARM).scenarios[0].answers
    case = register(taken(world, FARM, CENTRE, "Nguyễn Văn Đởm", answers), by=world.officer("centre_clerk"), at=AT)
    for _step, officer in FISHERIES_WAY[:-1]:
        case = step_on(case, world.officer(officer))
    result = case.results.get()
    assert result.number_text == "0001/GXN-CCTS"
    said = " ".join(extract_text(BytesIO(result_pdf("giay-phep", result.facts))).split())
    for words in ("1. Chủ cơ sở: NGUYỄN VĂN ĐỞM", "Vuông quảng canh", "8.651234, 105.041712", "Siêu thâm canh", "6500"):
        assert words in said, words
    for empty in ("Mã số doanh nghiệp", "Các lồng", "{"):
        assert empty not in said


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 5), 36, date(2029, 11, 5)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_term_of_months_ends_on_the_same_day_of_a_later_month(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after
