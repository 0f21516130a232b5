"""Each longer procedure, from the counter to the result in hand, by the officers whom its process names."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.consult import AnswerAwaited, Question, consult
from camaug.cases.actions.hand_out import PartStillOwed, Receiver, hand_out
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.queries import definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from tests import applications
from tests.desks import desk_of, page_of
from tests.unit.catalogue import samples
from tests.world import AT, CENTRE, COMMUNE, COMMUNE_POLICE, INSURANCE_BRANCH, LAND_BRANCH, TAX_BRANCH, World

type Way = list[tuple[str, str]]
FARM = "giay-xac-nhan-nuoi-trong-thuy-san"

RECORD_WAY: Way = [
    ("tra-cuu", "justice_specialist"),
    ("tham-tra", "justice_head"),
    ("ky-duyet", "justice_director"),
    ("dong-dau", "justice_registrar"),
    ("tra-ket-qua", "centre_clerk"),
]
PERMIT_WAY: Way = [
    ("kiem-tra-thuc-dia", "land_officer"),
    ("tham-dinh", "urban_specialist"),
    ("tham-tra", "urban_head"),
    ("ky-duyet", "district_chairman"),
    ("dong-dau", "committee_registrar"),
    ("tra-ket-qua", "clerk"),
]
ALLOWANCE_WAY: Way = [
    ("xet-duyet", "social_officer"),
    ("xa-de-nghi", "chairman"),
    ("tham-dinh", "social_specialist"),
    ("trinh-ky", "social_head"),
    ("quyet-dinh", "district_chairman"),
    ("phat-hanh", "committee_registrar"),
    ("tra-ket-qua", "clerk"),
]
LAND_WAY: Way = [
    ("tham-dinh", "land_specialist"),
    ("cap-nhat", "land_specialist"),
    ("ky-duyet", "land_director"),
    ("dong-dau", "land_registrar"),
    ("tra-ket-qua", "land_clerk"),
]
FISHERIES_WAY: Way = [
    ("tham-dinh", "fisheries_specialist"),
    ("tham-tra", "fisheries_head"),
    ("ky-duyet", "fisheries_director"),
    ("dong-dau", "fisheries_registrar"),
    ("tra-ket-qua", "centre_clerk"),
]
WAYS: dict[str, tuple[str, str, str, dict[str, Any], Way]] = {
    "cap-phieu-ly-lich-tu-phap": ("centre_clerk", CENTRE, "Đặng Ngọc Ánh", applications.RECORD, RECORD_WAY),
    "cap-giay-phep-xay-dung": ("clerk", COMMUNE, "Huỳnh Thanh Tâm", applications.HOUSE, PERMIT_WAY),
    "tro-cap-xa-hoi-hang-thang": ("clerk", COMMUNE, "Trần Thị Năm", applications.ALLOWANCE, ALLOWANCE_WAY),
    "dang-ky-bien-dong-dat-dai": ("land_clerk", LAND_BRANCH, "Huỳnh Thanh Tâm", applications.LAND, LAND_WAY),
    FARM: ("centre_clerk", CENTRE, "Nguyễn Văn Đởm", samples.real(FARM).scenarios[0].answers, FISHERIES_WAY),
}


def taken(world: World, code: str, at: str, name: str, answers: dict[str, Any], **changes: Any) -> Intake:
    """Somebody at the counter with every paper that the answers ask for."""
    made = applications.real(code)
    needs = papers(made, answers, AT.astimezone(LOCAL).date())
    given = {need.paper.id: PaperTaken(originals=1) for need in needs if need.required}
    values: dict[str, Any] = {
        "request_key": uuid7(),
        "procedure": code,
        "receiving_agency": world.agencies[at],
        "name": name,
        "answers": answers,
        "papers": given,
        "payment_way": "CASH",
        "sums": {rule.id: 75_000 for rule in made.fees if rule.verify},
    }
    return Intake(**{**values, **changes})


def step_on(case: Case, by: Actor) -> Case:
    """Do what the case's step is for."""
    process = definition(case.version_id).process
    step = process.step(case.step)
    for foreseen in step.consultations:
        if foreseen.required and not case.consultations.filter(consultation=foreseen.id).exists():
            _asked_and_answered(case, foreseen.id, by)
    following = process.step(step.next[0]).kind if step.next else None
    on = hand_over if following not in (StepKind.REVIEW, StepKind.APPROVE) else _proposed
    moves: dict[StepKind, Callable[..., Case]] = {
        StepKind.EXAMINE: on,
        StepKind.REVIEW: on,
        StepKind.APPROVE: approve,
        StepKind.PUBLISH: publish_result,
    }
    return moves[step.kind](case.id, by=by, at=AT)


def onward(case: Case) -> set[str]:
    """The pages that lead on from the case's step: to those who decide with a proposal, else by handing over."""
    process = definition(case.version_id).process
    step = process.step(case.step)
    kinds = [process.step(after).kind for after in step.next if step.kind in (StepKind.EXAMINE, StepKind.REVIEW)]
    return {"proposal/" if kind in (StepKind.REVIEW, StepKind.APPROVE) else "hand-over/" for kind in kinds}


def onward_offered(world: World, case: Case, officer: str) -> set[str]:
    """Which of them the officer finds on the case's page."""
    page = desk_of(world, officer).get(page_of(case)).content.decode()
    return {resource for resource in ("proposal/", "hand-over/") if f'"{page_of(case, resource)}"' in page}


def _asked_and_answered(case: Case, question: str, by: Actor) -> None:
    """The agency that the process names is asked and answers; where that brings a duty, there is nothing to pay."""
    asked = consult(case.id, Question(text="?", consultation=question), by=by, at=AT).consultations.get()
    one_there = replace(
        by, posts=(replace(by.posts[0], unit_id=asked.agency_id, roles=frozenset({asked.role}), grants=None),)
    )
    answer(case.id, asked.id, Answer(verdict="INFORMS", text="Không có án tích.", amount=0), by=one_there, at=AT)


def _proposed(case_id: Any, *, by: Actor, at: Any) -> Case:
    return propose(case_id, Outcome.GRANTED, by=by, at=at)


@pytest.mark.parametrize("code", WAYS)
def test_a_case_goes_through_the_hands_that_its_process_names(world: World, code: str) -> None:
    clerk, agency, name, answers, way = WAYS[code]
    case = register(taken(world, code, agency, name, answers), by=world.officer(clerk), at=AT)
    for step, officer in way[:-1]:
        assert case.step == step
        assert onward_offered(world, case, officer) == onward(case)
        case = step_on(case, world.officer(officer))
    assert (case.step, case.state) == (way[-1][0], State.RESULT_READY)
    result = case.results.get()
    assert result.result == definition(case.version_id).results[0].id
    assert hand_out(case.id, Receiver(name), by=world.officer(way[-1][1]), at=AT).state == State.HANDED_OUT


def carried(world: World, case: Case, officers: list[str]) -> Case:
    """The case through the hands of these officers, one step each."""
    for officer in officers:
        case = step_on(case, world.officer(officer))
    return case


def test_a_newborn_gets_three_results_from_three_agencies_at_one_counter(world: World) -> None:
    code = "khai-sinh-thuong-tru-bao-hiem-y-te"
    whole = register(
        taken(world, code, COMMUNE, "Nguyễn Thị Lan", applications.FAMILY), by=world.officer("clerk"), at=AT
    )
    birth = whole.parts.get()
    assert (birth.part, birth.receiving_agency_id) == ("khai-sinh", world.agencies[COMMUNE])
    carried(world, birth, ["specialist", "chairman", "registrar"])
    residence, insurance = whole.parts.get(part="thuong-tru"), whole.parts.get(part="bao-hiem")
    assert (residence.receiving_agency_id, insurance.receiving_agency_id) == (
        world.agencies[COMMUNE_POLICE],
        world.agencies[INSURANCE_BRANCH],
    )
    carried(world, residence, ["police_officer", "police_chief", "police_clerk"])
    whole.refresh_from_db()
    assert whole.state == State.IN_PROCESS
    carried(world, insurance, ["insurance_specialist", "insurance_director", "insurance_registrar"])
    whole.refresh_from_db()
    assert (whole.state, whole.outcome) == (State.RESULT_READY, Outcome.GRANTED)
    with pytest.raises(PartStillOwed, match=rf"{birth.code} .*16\.000"):
        hand_out(whole.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=AT)
    confirm_payment(birth.id, way="CASH", by=world.officer("clerk"), at=AT)
    hand_out(whole.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=AT)
    signed = {part.part: part.results.get().signer_name for part in whole.parts.all()}
    assert signed == {"khai-sinh": "Phạm Văn Hùng", "thuong-tru": "Nguyễn Tấn Đạt", "bao-hiem": "Châu Văn Phú"}
    assert {part.state for part in whole.parts.all()} == {State.HANDED_OUT}


def test_a_land_transfer_waits_for_the_tax_office_and_for_the_tax(world: World) -> None:
    land = taken(world, "dang-ky-bien-dong-dat-dai", LAND_BRANCH, "Huỳnh Thanh Tâm", applications.LAND)
    case = register(land, by=world.officer("land_clerk"), at=AT)
    specialist = world.officer("land_specialist")
    case = consult(case.id, Question(text="Thuế phải nộp?", consultation="thue"), by=specialist, at=AT)
    asked = case.consultations.get()
    assert (case.state, asked.agency_id) == (State.SUSPENDED, world.agencies[TAX_BRANCH])
    said = Answer(verdict="INFORMS", text="Thuế thu nhập cá nhân và lệ phí trước bạ.", amount=8_750_000)
    case = answer(case.id, asked.id, said, by=world.officer("tax_officer"), at=AT)
    assert case.state == State.FINANCIAL_DUTY
    paid = {"way": "TREASURY", "document": "GNT-0012345", "by": world.officer("land_clerk"), "at": AT}
    case = confirm_payment(case.id, **paid)
    assert case.state == State.IN_PROCESS
    case = carried(world, case, ["land_specialist", "land_specialist", "land_director", "land_registrar"])
    assert (case.state, case.results.get().facts["how"]) == (State.RESULT_READY, "Nhận chuyển nhượng")


@pytest.mark.parametrize(
    ("found", "note", "record"),
    [
        ("Không có án tích.", "", "Không có án tích"),
        ("Có án tích: trộm cắp tài sản, đã được xóa án tích.", "", "Có án tích: trộm cắp tài sản"),
        ("Đang xác minh tại nơi cư trú cũ.", "Có án tích: đánh bạc.", "Có án tích: đánh bạc"),
        ("Đang xác minh tại nơi cư trú cũ.", "", ""),  # declared to have none, and found by nobody
    ],
)
def test_what_the_search_found_is_printed_and_never_what_was_declared(
    world: World, found: str, note: str, record: str
) -> None:
    code = "cap-phieu-ly-lich-tu-phap"
    case = register(
        taken(world, code, CENTRE, "Đặng Ngọc Ánh", applications.RECORD), by=world.officer("centre_clerk"), at=AT
    )
    specialist = world.officer("justice_specialist")
    with pytest.raises(AnswerAwaited):
        propose(case.id, Outcome.GRANTED, by=specialist, at=AT, note=note)
    asked = consult(
        case.id, Question(text="?", consultation="cong-an-tra-cuu"), by=specialist, at=AT
    ).consultations.get()
    said = Answer(verdict="INFORMS", text=found)
    answer(case.id, asked.id, said, by=world.officer("provincial_police_officer"), at=AT)
    case = propose(case.id, Outcome.GRANTED, by=specialist, at=AT, note=note)
    case = propose(case.id, Outcome.GRANTED, by=world.officer("justice_head"), at=AT, note="Trình ký.")
    case = carried(world, case, ["justice_director", "justice_registrar"])
    printed = str(case.results.get().facts["record"])
    assert printed.startswith(record)
    assert bool(printed) == bool(record)
