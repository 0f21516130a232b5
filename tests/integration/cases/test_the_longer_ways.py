"""Each longer procedure, from the counter to the result in hand, by the officers whom its process names."""

from collections.abc import Callable
from typing import Any

import pytest

from camaug.cases.actions.approve import approve
from camaug.cases.actions.hand_out import Receiver, hand_out
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
from tests.world import AT, CENTRE, COMMUNE, LAND_BRANCH, World

type Way = list[tuple[str, str]]

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
WAYS: dict[str, tuple[str, str, str, dict[str, Any], Way]] = {
    "cap-phieu-ly-lich-tu-phap": ("centre_clerk", CENTRE, "Đặng Ngọc Ánh", applications.RECORD, RECORD_WAY),
    "cap-giay-phep-xay-dung": ("clerk", COMMUNE, "Huỳnh Thanh Tâm", applications.HOUSE, PERMIT_WAY),
    "tro-cap-xa-hoi-hang-thang": ("clerk", COMMUNE, "Trần Thị Năm", applications.ALLOWANCE, ALLOWANCE_WAY),
    "dang-ky-bien-dong-dat-dai": ("land_clerk", LAND_BRANCH, "Huỳnh Thanh Tâm", applications.LAND, LAND_WAY),
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
    following = process.step(step.next[0]).kind if step.next else None
    onward = hand_over if following not in (StepKind.REVIEW, StepKind.APPROVE) else _proposed
    moves: dict[StepKind, Callable[..., Case]] = {
        StepKind.EXAMINE: onward,
        StepKind.REVIEW: onward,
        StepKind.APPROVE: approve,
        StepKind.PUBLISH: publish_result,
    }
    return moves[step.kind](case.id, by=by, at=AT)


def _proposed(case_id: Any, *, by: Actor, at: Any) -> Case:
    return propose(case_id, Outcome.GRANTED, by=by, at=at)


@pytest.mark.parametrize("code", WAYS)
def test_a_case_goes_through_the_hands_that_its_process_names(world: World, code: str) -> None:
    clerk, agency, name, answers, way = WAYS[code]
    case = register(taken(world, code, agency, name, answers), by=world.officer(clerk), at=AT)
    for step, officer in way[:-1]:
        assert case.step == step
        case = step_on(case, world.officer(officer))
    assert (case.step, case.state) == (way[-1][0], State.RESULT_READY)
    result = case.results.get()
    assert result.result == definition(case.version_id).results[0].id
    assert hand_out(case.id, Receiver(name), by=world.officer(way[-1][1]), at=AT).state == State.HANDED_OUT
