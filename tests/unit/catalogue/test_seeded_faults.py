"""One fault of each kind, put into a procedure that is right: each is caught before publication, in its own sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from pydantic import ValidationError

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.faults import faults_of
from tests.unit.catalogue.samples import KNOWN, real

type Plain = dict[str, Any]

BIRTH = "dang-ky-khai-sinh"


def caught(plain: Plain) -> list[str]:
    """Every sentence, of the shape first: what cannot be read cannot be checked further."""
    with translation.override("en"):
        try:
            found = faults_of(Definition.model_validate(plain), KNOWN)
        except ValidationError as error:
            slips = error.errors(include_url=False)
            return [f"{'.'.join(map(str, slip['loc']))}: {slip['msg']}" for slip in slips]
    return [f"{fault.place}: {fault.reason}" for fault in found]


def spoiled(spoil: Callable[[Plain], None]) -> list[str]:
    plain = real(BIRTH).model_dump(mode="json", by_alias=True)
    plain["scenarios"] = plain["scenarios"][:1]
    spoil(plain)
    return caught(plain)


def steps(plain: Plain) -> dict[str, Plain]:
    return {step["id"]: step for step in plain["process"]["steps"]}


def add_step(plain: Plain, after: str, **changes: Any) -> None:
    like = {**steps(plain)[after], "id": "tham-dinh-lai", "consultations": [], "back": [], **changes}
    plain["process"]["steps"].insert(2, like)


def unreachable_step(plain: Plain) -> None:
    add_step(plain, "tham-dinh")


def step_that_cannot_be_left(plain: Plain) -> None:
    add_step(plain, "tham-dinh", next=["cho-doi"])
    plain["process"]["steps"].insert(3, {**steps(plain)["tham-dinh-lai"], "id": "cho-doi", "next": ["tham-dinh-lai"]})
    steps(plain)["tham-dinh"]["next"].append("tham-dinh-lai")


def step_that_leads_nowhere(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["next"].append("tham-dinh-lai")
    add_step(plain, "tham-dinh", next=[], hours=1)


def step_after_the_end(plain: Plain) -> None:
    steps(plain)["tra-ket-qua"]["next"] = ["ky-duyet"]


def self_approval(plain: Plain) -> None:
    steps(plain)["ky-duyet"]["role"] = "CIVIL_STATUS"


def self_approval_by_another_word(plain: Plain) -> None:
    """The receiver decides itself, so RECEIVING and COMPETENT are one agency."""
    steps(plain)["tham-dinh"] |= {"agency": "RECEIVING", "role": "LEADER"}


def self_approval_by_the_receiver(plain: Plain) -> None:
    steps(plain)["ky-duyet"] |= {"role": "ONE_STOP_CLERK"}


def self_approval_on_a_side_way(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["next"].append("tham-dinh-lai")
    add_step(plain, "tham-dinh", role="LEADER", hours=0.5)
    steps(plain)["tham-dinh"]["hours"] = 3


def hours_beyond_the_limit(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["hours"] = 12


def hours_beyond_the_limit_of_one_channel(plain: Plain) -> None:
    plain["limits"].append({"amount": 4, "unit": "WORKING_HOURS", "channels": ["POST"], "verify": True})


def hours_beyond_the_limit_on_a_side_way(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["next"].append("tham-dinh-lai")
    add_step(plain, "tham-dinh", hours=20)


def hours_beyond_the_limit_of_a_special_case(plain: Plain) -> None:
    case = {"when": {"field": "birth_proof", "is": "ELECTRONIC"}, "when_text": "Có dữ liệu giấy chứng sinh"}
    plain["limits"].append({"amount": 2, "unit": "WORKING_HOURS", "verify": True, **case})


def way_without_a_decision(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["next"].append("dong-dau")


def no_limit_for_a_channel(plain: Plain) -> None:
    plain["limits"][0]["channels"] = ["ONLINE", "COUNTER"]


def unknown_role(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["role"] = "WIZARD"


def unknown_kind_of_agency(plain: Plain) -> None:
    plain["competence"]["receiving"] = [{"kind": "GUILD", "level": "COMMUNE"}]


def unknown_level(plain: Plain) -> None:
    plain["competence"]["level"] = "REGION"


def unknown_step(plain: Plain) -> None:
    steps(plain)["ky-duyet"]["back"] = ["hoi-dong"]


def unknown_field_in_a_paper(plain: Plain) -> None:
    plain["papers"][2]["when"] = {"field": "godmother", "filled": True}


def unknown_field_in_a_limit(plain: Plain) -> None:
    plain["limits"].append(
        {"amount": 9, "unit": "WORKING_DAYS", "verify": True, "when_text": "Có mẹ đỡ đầu",
         "when": {"field": "godmother", "filled": True}}
    )  # fmt: skip


def unknown_field_in_a_fee(plain: Plain) -> None:
    plain["fees"][1]["calculation"]["of"] = "sheets"


def unknown_field_in_a_waiver(plain: Plain) -> None:
    plain["fees"][0]["waivers"][0]["when"] = {"field": "godmother", "filled": True}


def fact_without_a_source(plain: Plain) -> None:
    plain["papers"][1] |= {"source": "", "confidence": None}


def key_that_nobody_knows(plain: Plain) -> None:
    plain["colour"] = "red"


def unknown_field_in_a_result(plain: Plain) -> None:
    plain["results"][0]["wording"] = {"opening": "Mẹ đỡ đầu: {godmother}"}


def parts_without_a_step_for_them(plain: Plain) -> None:
    plain["parts"] = [{"id": "thuong-tru", "procedure": "dang-ky-thuong-tru"}]


def part_that_waits_for_a_later_one(plain: Plain) -> None:
    plain["parts"] = [{"id": "thuong-tru", "procedure": "dang-ky-thuong-tru", "after": ["bao-hiem"]}]


def part_that_takes_an_unknown_field(plain: Plain) -> None:
    plain["parts"] = [{"id": "thuong-tru", "procedure": "dang-ky-thuong-tru", "answers": {"requester": "godmother"}}]


def scenario_before_any_limit(plain: Plain) -> None:
    plain["limits"][0]["valid_from"] = "2026-11-01"


def scenario_that_shows_a_draft_elsewhere(plain: Plain) -> None:
    plain["scenarios"][0]["channel"] = "POST"


def draft_agreed_to_by_silence_without_a_text(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["draft_consent"] |= {"verify": True, "confidence": None, "source": ""}


def draft_whose_silence_stops_the_case(plain: Plain) -> None:
    steps(plain)["tham-dinh"]["draft_consent"]["silence"] = "STOP"


def no_scenario(plain: Plain) -> None:
    plain["scenarios"] = []


def scenario_named_twice(plain: Plain) -> None:
    plain["scenarios"] *= 2


def scenario_with_a_wrong_route(plain: Plain) -> None:
    plain["scenarios"][0]["expect"]["route"].remove("ky-duyet")


def scenario_with_a_wrong_due_time(plain: Plain) -> None:
    plain["scenarios"][0]["expect"]["due"] = "2026-10-05T16:00"


def scenario_with_a_wrong_fee(plain: Plain) -> None:
    plain["scenarios"][0]["expect"]["fees"]["phi-ban-sao"] = 15_000


def scenario_with_a_wrong_paper(plain: Plain) -> None:
    plain["scenarios"][0]["expect"]["papers"].append("bien-ban-bo-roi")


def scenario_with_a_wrong_slip(plain: Plain) -> None:
    plain["scenarios"][0]["expect"]["slips"] = ["FORM_01"]


def scenario_with_a_wrong_answer(plain: Plain) -> None:
    plain["scenarios"][0]["answers"]["child_birth_date"] = "2027-01-01"


SCENE = "scenarios > dung-han-qua-mang"
LINK_ALONE = "parts: a step LINK and parts go together"
SENTENCES: dict[Callable[[Plain], None], list[str]] = {
    unreachable_step: ["process: steps never reached: tham-dinh-lai"],
    step_that_cannot_be_left: [
        "process > tham-dinh-lai: cannot be left: no way leads from it to the handing out of the result",
        "process > cho-doi: cannot be left: no way leads from it to the handing out of the result",
    ],
    step_that_leads_nowhere: ["process > tham-dinh-lai: nothing follows, and the result is not handed out"],
    step_after_the_end: ["process: the usual way runs in a circle at ky-duyet"],
    self_approval: ["process > ky-duyet: approves in the same role as “tham-dinh” proposes"],
    self_approval_by_another_word: ["process > ky-duyet: approves in the same role as “tham-dinh” proposes"],
    self_approval_by_the_receiver: ["process > ky-duyet: approves in the same role as “tiep-nhan” proposes"],
    self_approval_on_a_side_way: ["process > ky-duyet: approves in the same role as “tham-dinh-lai” proposes"],
    hours_beyond_the_limit: ["process: takes 16 working hours, the time limit allows 8"],
    hours_beyond_the_limit_of_one_channel: ["process: takes 8 working hours, the time limit allows 4"],
    hours_beyond_the_limit_on_a_side_way: [
        "process: the way tiep-nhan → tham-dinh → tham-dinh-lai → ky-duyet → dong-dau → tra-ket-qua takes 28 working "
        "hours, the time limit allows 8"
    ],
    hours_beyond_the_limit_of_a_special_case: ["process: takes 8 working hours, the time limit allows 2"],
    way_without_a_decision: [
        "process: a case cannot go the way tiep-nhan → tham-dinh → dong-dau → tra-ket-qua: “publish_result” is not open "
        "at “dong-dau” while the case is IN_PROCESS"
    ],
    no_limit_for_a_channel: ["limits: none for POST"],
    unknown_role: ["competence or process: the profile has no role “WIZARD”"],
    unknown_kind_of_agency: ["competence or process: the profile has no kind of agency “GUILD”"],
    unknown_level: ["competence or process: the profile has no level “REGION”"],
    unknown_step: ["process: unknown steps: hoi-dong"],
    unknown_field_in_a_paper: ["papers > van-ban-nguoi-lam-chung: asks of “godmother”, which the form does not have"],
    unknown_field_in_a_limit: ["limits > Có mẹ đỡ đầu: asks of “godmother”, which the form does not have"],
    unknown_field_in_a_fee: [
        "fees > phi-ban-sao: counts “sheets”, which the form does not have",
        f"{SCENE}: expected the fees phi-ban-sao: 16000, came none",
    ],
    unknown_field_in_a_waiver: [
        "fees > le-phi-qua-han > nguoi-co-cong: asks of “godmother”, which the form does not have"
    ],
    fact_without_a_source: ["papers.1: needs source and confidence, or verify: true"],
    key_that_nobody_knows: ["colour: Extra inputs are not permitted"],
    unknown_field_in_a_result: ["results > giay-khai-sinh: says “godmother”, which the form does not have"],
    parts_without_a_step_for_them: [LINK_ALONE],
    part_that_waits_for_a_later_one: [
        LINK_ALONE,
        "parts > thuong-tru: waits for “bao-hiem”, which is not named before it",
    ],
    part_that_takes_an_unknown_field: [
        LINK_ALONE,
        "parts > thuong-tru: takes “godmother”, which the form does not have",
    ],
    scenario_before_any_limit: [
        f"{SCENE}: comes by ONLINE on 05/10/2026, when the procedure has no time limit",
    ],
    scenario_that_shows_a_draft_elsewhere: [
        f"{SCENE}: shows a draft at “tham-dinh”, for which the process has no draft to be agreed to"
    ],
    draft_agreed_to_by_silence_without_a_text: [
        "process.steps.1.draft_consent: silence on a draft is consent only where a text says so that was read, never "
        "where it is still to be verified"
    ],
    draft_whose_silence_stops_the_case: [
        "process.steps.1.draft_consent: the silence of an applicant who was shown a draft does not stop the case"
    ],
    no_scenario: ["scenarios: there is no scenario: at least one has to show that the procedure works"],
    scenario_named_twice: [f"{SCENE}: two scenarios have the same id"],
    scenario_with_a_wrong_route: [
        f"{SCENE}: expected the route tiep-nhan → tham-dinh → dong-dau → tra-ket-qua, but from “tham-dinh” the process "
        "leads to ky-duyet"
    ],
    scenario_with_a_wrong_due_time: [f"{SCENE}: expected to be due 2026-10-05T16:00, came 2026-10-05T17:00"],
    scenario_with_a_wrong_fee: [f"{SCENE}: expected the fees phi-ban-sao: 15000, came phi-ban-sao: 16000"],
    scenario_with_a_wrong_paper: [
        f"{SCENE}: expected the papers bien-ban-bo-roi, giay-chung-sinh, came giay-chung-sinh"
    ],
    scenario_with_a_wrong_slip: [f"{SCENE}: expected the forms FORM_01, came FORM_01, FORM_06"],
    scenario_with_a_wrong_answer: [
        f"{SCENE}: its answer “child_birth_date” is refused: This day must not be in the future."
    ],
}


@pytest.mark.parametrize("spoil", SENTENCES, ids=lambda spoil: spoil.__name__)
def test_each_fault_is_told_in_its_own_sentence(spoil: Callable[[Plain], None]) -> None:
    assert spoiled(spoil) == SENTENCES[spoil]


def test_what_is_right_is_silent() -> None:
    assert spoiled(lambda plain: None) == []
