from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from camaug.catalogue.definition.limits import Channel, TimeLimit
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.faults import faults_of
from camaug.worktime.limits import Cutoff, CutoffEffect, Limit, Unit
from tests.unit.catalogue.samples import KNOWN, changed, process_of, real

CODES = ("chung-thuc-ban-sao", "dang-ky-khai-sinh", "dang-ky-ho-kinh-doanh")
HOUSEHOLD = "dang-ky-ho-kinh-doanh"


@pytest.mark.parametrize("code", CODES)
def test_the_profile_s_own_procedures_hang_together(code: str) -> None:
    assert faults_of(real(code), KNOWN) == ()


NO_SCENARIO = "there is no scenario: at least one has to show that the procedure works"


def said_of(definition: Definition) -> list[str]:
    """What is wrong besides that the changed version has no scenario, which is told last."""
    *reasons, last = [fault.reason for fault in faults_of(definition, KNOWN)]
    assert last == NO_SCENARIO
    return reasons


def reasons(**changes: Any) -> list[str]:
    return said_of(changed(real(HOUSEHOLD), scenarios=[], **changes))


def test_whoever_proposed_may_not_approve() -> None:
    process = process_of(real(HOUSEHOLD))
    process["steps"][2]["role"] = "SPECIALIST"
    assert reasons(process=process) == ["approves in the same role as “tham-dinh” proposes"]


def test_the_steps_fit_into_the_time_limit() -> None:
    process = process_of(real(HOUSEHOLD))
    process["steps"][1]["hours"] = "16.5"
    assert reasons(process=process) == ["takes 24.5 working hours, the time limit allows 24"]


def test_nothing_ends_before_the_result_is_handed_out() -> None:
    process = process_of(real(HOUSEHOLD))
    process["steps"][2]["next"] = ["tra-ket-qua", "dong-dau"]
    process["steps"][3]["next"] = []
    assert "nothing follows, and the result is not handed out" in reasons(process=process)


def test_nothing_follows_the_handing_out() -> None:
    process = process_of(real(HOUSEHOLD))
    process["steps"][3]["next"] = ["tra-ket-qua"]
    process["steps"][4]["next"] = ["sau-do"]
    process["steps"].append({**process["steps"][4], "id": "sau-do", "next": []})
    assert reasons(process=process)[0] == "something follows after the result is handed out"


def test_a_condition_asks_only_of_what_the_form_has() -> None:
    paper = real(HOUSEHOLD).papers[1].model_dump(mode="json", by_alias=True)
    paper["when"] = {"field": "founder", "is": "FAMILY"}
    assert reasons(papers=[paper]) == ["asks of “founder”, which the form does not have"]


def test_a_question_begins_only_with_what_the_form_has() -> None:
    form = real("dang-ky-khai-sinh").form.model_dump(mode="json", by_alias=True)
    parents = next(section for section in form["sections"] if any(page["id"] == "me" for page in section["pages"]))
    mother = next(page for page in parents["pages"] if page["id"] == "me")["fields"][0]
    mother["copied"]["parts"]["full_name"] = "requester"
    broken = changed(real("dang-ky-khai-sinh"), form=form, scenarios=[])
    assert said_of(broken) == ["copies “requester”, which the form does not have"]


def test_a_fee_counts_only_what_the_form_has() -> None:
    rule = real(HOUSEHOLD).fees[0].model_dump(mode="json", by_alias=True)
    rule["calculation"] = {"kind": "PER_UNIT", "amount": 1, "of": "sheets"}
    assert reasons(fees=[rule]) == ["counts “sheets”, which the form does not have"]


def test_each_channel_has_a_time_limit() -> None:
    limit = real(HOUSEHOLD).limits[0].model_dump(mode="json", by_alias=True)
    assert reasons(limits=[{**limit, "channels": ["COUNTER", "POST"]}]) == ["none for ONLINE"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"level": "REGION"}, "the profile has no level “REGION”"),
        ({"competent": "CHILD:DISTRICT_MAGIC"}, "the profile has no kind of agency “DISTRICT_MAGIC”"),
        ({"receiving": [{"kind": "GUILD"}]}, "the profile has no kind of agency “GUILD”"),
    ],
)
def test_agencies_are_of_a_kind_that_the_profile_has(change: dict[str, Any], reason: str) -> None:
    competence = real(HOUSEHOLD).competence.model_dump(mode="json")
    assert reasons(competence={**competence, **change}) == [reason]


def test_steps_are_for_roles_that_the_profile_has() -> None:
    process = process_of(real(HOUSEHOLD))
    process["steps"][1]["role"] = "WIZARD"
    assert reasons(process=process) == ["the profile has no role “WIZARD”"]


def _no_reception(steps: list[dict[str, Any]]) -> None:
    steps[0]["kind"] = "EXAMINE"


def _twice(steps: list[dict[str, Any]]) -> None:
    steps[2]["id"] = steps[1]["id"]


def _unknown(steps: list[dict[str, Any]]) -> None:
    steps[2]["back"] = ["nowhere"]


def _never_reached(steps: list[dict[str, Any]]) -> None:
    steps[1]["next"] = ["dong-dau"]


def _no_return(steps: list[dict[str, Any]]) -> None:
    steps[4]["kind"] = "PUBLISH"


def _circle(steps: list[dict[str, Any]]) -> None:
    steps[3]["next"] = ["tham-dinh", "tra-ket-qua"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_no_reception, "the first step is not reception"),
        (_twice, "two steps have the same id"),
        (_unknown, "unknown steps: nowhere"),
        (_never_reached, "steps never reached: ky-duyet"),
        (_no_return, "no step returns the result"),
        (_circle, "the usual way runs in a circle at tham-dinh"),
    ],
)
def test_a_process_that_leads_nowhere_is_refused(spoil: Callable[[list[dict[str, Any]]], None], reason: str) -> None:
    process = process_of(real(HOUSEHOLD))
    spoil(process["steps"])
    with pytest.raises(ValidationError, match=reason):
        changed(real(HOUSEHOLD), process=process)


def test_the_usual_way_is_the_first_that_may_follow() -> None:
    steps = [step.id for step in real(HOUSEHOLD).process.path()]
    assert steps == ["tiep-nhan", "tham-dinh", "ky-duyet", "dong-dau", "tra-ket-qua"]
    assert sum(step.hours for step in real(HOUSEHOLD).process.path()) == 24


@pytest.mark.parametrize("code", ["chung-thuc-ban-sao", "dang-ky-khai-sinh"])
def test_a_same_day_procedure_takes_late_files_on_the_next_day(code: str) -> None:
    limit = real(code).limit_for(Channel.COUNTER, date(2026, 11, 23))
    assert limit.span == Limit(0, Unit.WORKING_DAYS)
    rule = limit.late_rule
    assert isinstance(rule, Cutoff)
    assert (rule.at.hour, rule.at.minute, rule.effect) == (15, 0, CutoffEffect.NEXT_DAY)


def test_a_household_business_has_three_working_days_and_no_cutoff() -> None:
    limit = real(HOUSEHOLD).limit_for(Channel.POST, date(2026, 11, 23))
    assert (limit.span, limit.late_rule) == (Limit(3, Unit.WORKING_DAYS), None)


def test_the_limit_that_names_the_channel_comes_before_the_general_one() -> None:
    dated = changed(
        real(HOUSEHOLD),
        limits=[
            {"amount": 3, "unit": "WORKING_DAYS", "verify": True},
            {"amount": 5, "unit": "WORKING_DAYS", "channels": ["POST"], "valid_from": "2026-07-01", "verify": True},
            {"amount": 9, "unit": "WORKING_DAYS", "channels": ["POST"], "valid_until": "2026-07-01", "verify": True},
        ],
    )
    days = [
        dated.limit_for(channel, on).amount
        for channel in (Channel.COUNTER, Channel.POST)
        for on in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert days == [3, 3, 9, 5]


def test_a_limit_whose_figure_is_not_at_hand_has_no_span() -> None:
    assert TimeLimit(amount=None, unit=Unit.MONTHS, verify=True).span is None


@pytest.mark.parametrize("slip", [{"cutoff": "15:00"}, {"cutoff_effect": "NEXT_DAY"}, {"amount": -1}])
def test_a_limit_says_all_of_its_cutoff_and_never_counts_backwards(slip: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TimeLimit.model_validate({"amount": 1, "unit": "WORKING_DAYS", "verify": True, **slip})


@pytest.mark.parametrize("fact", [{}, {"source": "Luật"}, {"confidence": "H"}])
def test_a_fact_without_source_and_confidence_must_be_verified(fact: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="needs source and confidence, or verify: true"):
        TimeLimit.model_validate({"amount": 1, "unit": "WORKING_DAYS", **fact})
