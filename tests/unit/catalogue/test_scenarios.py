from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import translation
from pydantic import ValidationError

from camaug.catalogue.actions.publish_version import digest_of
from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.faults import faults_of
from camaug.kernel.clock import LOCAL
from tests.unit.catalogue.samples import KNOWN, changed, real

BIRTH = "dang-ky-khai-sinh"
ROUTE = "tiep-nhan → tham-dinh → ky-duyet → dong-dau → tra-ket-qua"

type Scene = dict[str, Any]


def scene() -> Scene:
    """The first scenario of a birth, as plain values: sent online in time, two copies wanted."""
    plain: Scene = real(BIRTH).scenarios[0].model_dump(mode="json")
    return plain


def told(*scenarios: Scene) -> list[str]:
    with translation.override("en"):
        found = faults_of(changed(real(BIRTH), scenarios=list(scenarios)), KNOWN)
    return [f"{fault.place}: {fault.reason}" for fault in found]


def test_a_scenario_that_holds_is_silent() -> None:
    assert told(scene()) == []


def _channel(plain: Scene) -> None:
    plain["channel"] = "ONLINE"
    plain["receiving"] = "SECTOR_BRANCH@DISTRICT"


def _unknown_answer(plain: Scene) -> None:
    plain["answers"]["godmother"] = "Lê Thị Tư"


def _hidden_answer(plain: Scene) -> None:
    plain["answers"]["waiver_group"] = "POOR"


def _wrong_answer(plain: Scene) -> None:
    plain["answers"]["child_sex"] = "UNKNOWN"


def _missing_answer(plain: Scene) -> None:
    del plain["answers"]["child_name"]


def _due(plain: Scene) -> None:
    plain["expect"]["due"] = "2026-10-06T17:00"


def _no_due(plain: Scene) -> None:
    plain["expect"]["due"] = None


def _fee(plain: Scene) -> None:
    plain["expect"]["fees"] = {"phi-ban-sao": 8000}


def _no_fee(plain: Scene) -> None:
    plain["expect"]["fees"] = {}


def _paper(plain: Scene) -> None:
    plain["expect"]["papers"] = ["giay-cam-doan"]


def _slip(plain: Scene) -> None:
    plain["expect"]["slips"] = ["FORM_01", "FORM_04", "FORM_06"]


def _no_such_step(plain: Scene) -> None:
    plain["expect"]["route"].insert(2, "hoi-dong")


def _leap(plain: Scene) -> None:
    del plain["expect"]["route"][1]


def _late_beginning(plain: Scene) -> None:
    del plain["expect"]["route"][0]


def _early_end(plain: Scene) -> None:
    del plain["expect"]["route"][-1]


def _impossible_move(plain: Scene) -> None:
    plain["moves"] = {"ky-duyet": ["request_supplement"]}


def _move_elsewhere(plain: Scene) -> None:
    plain["moves"] = {"hoi-dong": ["request_supplement"]}


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_channel, "is received by SECTOR_BRANCH@DISTRICT, the procedure by PEOPLES_COMMITTEE@COMMUNE"),
        (_unknown_answer, "answers “godmother”, which the form does not have"),
        (_hidden_answer, "answers “waiver_group”, which is not asked after the other answers"),
        (_wrong_answer, "its answer “child_sex” is refused: Choose one of the answers given."),
        (_missing_answer, "its answer “child_name” is refused: Fill in this answer."),
        (_due, "expected to be due 2026-10-06T17:00, came 2026-10-05T17:00"),
        (_no_due, "expected to be due at no time, came 2026-10-05T17:00"),
        (_fee, "expected the fees phi-ban-sao: 8000, came phi-ban-sao: 16000"),
        (_no_fee, "expected the fees none, came phi-ban-sao: 16000"),
        (_paper, "expected the papers giay-cam-doan, came giay-chung-sinh"),
        (_slip, "expected the forms FORM_01, FORM_04, FORM_06, came FORM_01, FORM_06"),
        (
            _no_such_step,
            "expected the route tiep-nhan → tham-dinh → hoi-dong → ky-duyet → dong-dau → tra-ket-qua, but there is "
            "no step “hoi-dong”",
        ),
        (
            _leap,
            "expected the route tiep-nhan → ky-duyet → dong-dau → tra-ket-qua, but from “tiep-nhan” the process "
            "leads to tham-dinh",
        ),
        (
            _late_beginning,
            "expected the route tham-dinh → ky-duyet → dong-dau → tra-ket-qua, but every case begins at “tiep-nhan”",
        ),
        (
            _early_end,
            "expected the route tiep-nhan → tham-dinh → ky-duyet → dong-dau, but after “dong-dau” comes tra-ket-qua",
        ),
        (
            _impossible_move,
            f"expected the route {ROUTE}, but “request_supplement” is not open at “ky-duyet” while the case is "
            "IN_PROCESS",
        ),
        (_move_elsewhere, "makes moves at hoi-dong, which its route does not pass"),
    ],
)
def test_what_does_not_come_as_expected_is_told_in_one_sentence(spoil: Callable[[Scene], None], sentence: str) -> None:
    plain = scene()
    spoil(plain)
    assert told(plain) == [f"scenarios > dung-han-qua-mang: {sentence}"]


def test_a_channel_that_the_procedure_does_not_have_ends_the_scenario() -> None:
    found = faults_of(changed(real(BIRTH), channels=["COUNTER", "POST"], scenarios=[scene()]), KNOWN)
    assert [fault.reason for fault in found] == ["comes by ONLINE, by which the procedure does not take applications"]


def test_two_scenarios_do_not_share_a_name() -> None:
    assert told(scene(), scene()) == ["scenarios > dung-han-qua-mang: two scenarios have the same id"]


def test_forms_come_with_the_moves_that_produce_them() -> None:
    plain = scene()
    plain["moves"] = {"tham-dinh": ["request_supplement", "supplement", "apologise"]}
    plain["expect"]["slips"] = ["FORM_01", "FORM_02", "FORM_04", "FORM_06"]
    assert told(plain) == []


def test_a_case_may_go_back_for_rework_and_come_again() -> None:
    plain = scene()
    plain["expect"]["route"][2:2] = ["ky-duyet", "tham-dinh"]
    assert told(plain) == []


def test_scenarios_are_tests_of_a_version_and_no_part_of_its_text() -> None:
    assert digest_of(changed(real(BIRTH), scenarios=[])) == digest_of(real(BIRTH))


def test_days_and_moments_without_a_zone_are_local() -> None:
    plain = {**scene(), "at": "2026-10-05T09:00"}
    parsed = Scenario.model_validate(plain)
    assert parsed.at == datetime(2026, 10, 5, 9, 0, tzinfo=LOCAL)
    assert Scenario.model_validate(parsed.model_dump(mode="json")) == parsed


@pytest.mark.parametrize(
    "slip", [{"slips": ["FORM_08"]}, {"due": "tomorrow"}, {"route": ["tiep-nhan"]}, {"fees": {"x": "a lot"}}, {"y": 1}]
)
def test_a_scenario_is_read_strictly(slip: dict[str, Any]) -> None:
    plain = scene()
    with pytest.raises(ValidationError):
        Scenario.model_validate({**plain, "expect": {**plain["expect"], **slip}})
