"""Building permit, monthly allowance, land transfer: papers by answers, limits, sums, and the way from hand to hand."""

from datetime import date

import pytest

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.forms.checking import check
from camaug.catalogue.queries import fees, papers
from camaug.worktime.limits import Limit, Unit
from tests.unit.catalogue.samples import real

ON = date(2026, 11, 23)
PERMIT, ALLOWANCE, LAND = "cap-giay-phep-xay-dung", "tro-cap-xa-hoi-hang-thang", "dang-ky-bien-dong-dat-dai"
DRAWINGS = {"don-de-nghi", "ban-ve-mat-bang", "ban-ve-kien-truc", "ban-ve-mong"}
TAX_FORMS = {"to-khai-le-phi-truoc-ba", "to-khai-thue-thu-nhap"}
DEED = {"don-dang-ky", "giay-chung-nhan", "hop-dong"} | TAX_FORMS


@pytest.mark.parametrize(
    ("code", "answers", "required"),
    [
        (PERMIT, {"land_proof": "PAPER"}, DRAWINGS | {"giay-to-dat"}),
        (PERMIT, {"land_proof": "PAPER", "neighbours": "YES"}, DRAWINGS | {"giay-to-dat", "cam-ket-an-toan"}),
        (PERMIT, {"reviewed": "YES", "heritage": "YES"}, DRAWINGS | {"bao-cao-tham-tra", "y-kien-van-hoa"}),
        (ALLOWANCE, {"group": "ELDERLY"}, {"to-khai"}),
        (ALLOWANCE, {"group": "CHILD_ALONE"}, {"to-khai"}),
        (ALLOWANCE, {"group": "DISABLED"}, {"to-khai", "xac-nhan-khuyet-tat"}),
        (ALLOWANCE, {"group": "HIV_CHILD"}, {"to-khai", "xac-nhan-hiv"}),
        (ALLOWANCE, {"group": "HIV_ADULT"}, {"to-khai", "xac-nhan-hiv"}),
        (LAND, {"land_use": "NTS"}, DEED),
        (LAND, {"land_use": "ONT"}, DEED | {"to-khai-thue-dat"}),
        (LAND, {"whole_plot": "PART"}, DEED | {"ban-ve-tach-thua"}),
        (LAND, {"receivers": "SEVERAL"}, DEED | {"cap-chung"}),
        (LAND, {"mortgaged": "YES"}, DEED | {"dong-y-the-chap"}),
        (LAND, {"asset_only": "YES"}, DEED | {"dong-y-nguoi-su-dung-dat"}),
        (LAND, {"by_proxy": "YES", "remeasure": "YES"}, DEED | {"van-ban-dai-dien", "trich-do"}),
    ],
)
def test_the_answers_decide_which_papers_are_needed(code: str, answers: dict[str, str], required: set[str]) -> None:
    assert {need.paper.id for need in papers(real(code), answers, ON) if need.required} == required


def test_land_in_the_database_needs_no_paper() -> None:
    needs = {need.paper.id: need for need in papers(real(PERMIT), {"land_proof": "DATABASE"}, ON)}
    assert needs["giay-to-dat"].replaced


@pytest.mark.parametrize(
    ("code", "span", "verify"),
    [
        (PERMIT, Limit(7, Unit.WORKING_DAYS), False),
        (ALLOWANCE, Limit(20, Unit.WORKING_DAYS), True),
        (LAND, Limit(8, Unit.WORKING_DAYS), True),
    ],
)
def test_the_time_limit_and_whether_it_waits_for_a_text(code: str, span: Limit, verify: bool) -> None:
    limit = real(code).limit_for(Channel.COUNTER, ON)
    assert (limit.span, limit.verify) == (span, verify)


@pytest.mark.parametrize(("code", "rules"), [(PERMIT, 1), (ALLOWANCE, 0), (LAND, 2)])
def test_what_the_council_sets_is_asked_for_and_never_invented(code: str, rules: int) -> None:
    assert [(item.amount, item.verify) for item in fees(real(code), {}, Channel.COUNTER, ON)] == [(None, True)] * rules


WAYS = {
    PERMIT: [
        ("RECEIVING", "ONE_STOP_CLERK"),
        ("RECEIVING", "CADASTRAL"),
        ("COMPETENT", "SPECIALIST"),
        ("COMPETENT", "UNIT_HEAD"),
        ("ABOVE_COMPETENT", "LEADER"),
        ("ABOVE_COMPETENT", "REGISTRAR"),
        ("RECEIVING", "ONE_STOP_CLERK"),
    ],
    ALLOWANCE: [
        ("RECEIVING", "ONE_STOP_CLERK"),
        ("RECEIVING", "SOCIAL_AFFAIRS"),
        ("RECEIVING", "LEADER"),
        ("COMPETENT", "SPECIALIST"),
        ("COMPETENT", "UNIT_HEAD"),
        ("ABOVE_COMPETENT", "LEADER"),
        ("ABOVE_COMPETENT", "REGISTRAR"),
        ("RECEIVING", "ONE_STOP_CLERK"),
    ],
    LAND: [
        ("RECEIVING", "ONE_STOP_CLERK"),
        ("COMPETENT", "SPECIALIST"),
        ("COMPETENT", "SPECIALIST"),
        ("COMPETENT", "LEADER"),
        ("COMPETENT", "REGISTRAR"),
        ("RECEIVING", "ONE_STOP_CLERK"),
    ],
}
ASKED = {
    PERMIT: [("NEAREST:DEPARTMENT_CONSTRUCTION", "", False)],
    ALLOWANCE: [],
    LAND: [("NEAREST:TAX", "FINANCIAL_DUTY", True)],
}


@pytest.mark.parametrize("code", WAYS)
def test_the_way_and_who_is_asked_beside_it(code: str) -> None:
    process = real(code).process
    assert [(step.agency, step.role) for step in process.path()] == WAYS[code]
    asked = [(a.agency, a.stops, a.duty) for step in process.steps for a in step.consultations]
    assert asked == ASKED[code]


@pytest.mark.parametrize(
    ("code", "answers", "field"),
    [
        (PERMIT, {"kind": "REPAIR"}, "kind"),
        (PERMIT, {"land_proof": "NONE"}, "land_proof"),
        (LAND, {"disputed": "YES"}, "disputed"),
        (LAND, {"whole_plot": "PART", "new_certificate": "NO"}, "new_certificate"),
        (ALLOWANCE, {"group": "HIV_CHILD", "poverty": "NEAR_POOR"}, "poverty"),
        (ALLOWANCE, {"group": "SINGLE_PARENT", "poverty": "NEITHER"}, "poverty"),
        (ALLOWANCE, {"group": "SINGLE_PARENT", "marriage": "MARRIED"}, "marriage"),
        (ALLOWANCE, {"group": "PUPIL", "schooling": "LEFT"}, "schooling"),
        (ALLOWANCE, {"group": "DISABLED", "disability_level": "LIGHT"}, "disability_level"),
    ],
)
def test_what_cannot_be_granted_is_said_where_it_is_asked(code: str, answers: dict[str, str], field: str) -> None:
    form = real(code).form
    sentences = {c.sentence for f in form.fields() if f.id == field for c in f.checks}
    en = {c.sentence_en for f in form.fields() if f.id == field for c in f.checks}
    assert check(form, answers, on=ON)[field] in sentences | en
