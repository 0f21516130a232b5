"""Every procedure of the profile, from its first scenario's facts to the result in hand, along its usual way, by officers
whom its process names and whom the small province has. A new procedure needs nothing here but its file.
"""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from camaug.access.queries import actor_of_officer
from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.dues import dues
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.results.sheets import result_pdf, sheet_of
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import AgencySort, Definition
from camaug.catalogue.definition.process import Step, StepKind
from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.queries import definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from camaug.people.queries import AgencyView, directory, holders
from tests.applications import firm_where_needed
from tests.unit.catalogue.samples import PROFILE, real
from tests.world import AGENCIES, World, build

OPENED = datetime(2026, 7, 1, 8, 0, tzinfo=LOCAL)  # before every first scenario
NEAR = "H12.39"  # the district of the cast
SENT_ON = frozenset({StepKind.REVIEW, StepKind.APPROVE})
CODES = [
    path.stem for path in sorted((PROFILE / "procedures").glob("*.yaml")) if "\npart_only: true" not in path.read_text()
]
"""Each that is applied for by itself; the others are parts, carried by `test_parts_of_an_application.py`."""


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The small province as it was before the scenarios began."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(at=OPENED)
        transaction.set_rollback(True)


def receiver(made: Definition, scenario: Scenario) -> AgencyView:
    """The agency of the scenario's sort in the small province, that of the cast's district before others."""
    kind, _at, level = scenario.receiving.partition("@")
    sort = AgencySort(kind=kind, level=level) if kind else made.competence.receiving[0]
    known = directory(scenario.on)
    fitting = [one for one in map(known.by_code, AGENCIES) if sort.fits(one.kind, one.level)]
    return min(fitting, key=lambda one: (not one.code.startswith(NEAR) and NEAR not in one.code, one.code))


def acting(role: str, unit: object, at: datetime) -> Actor:
    """Somebody who holds the role there; a failed test where nobody does."""
    able = holders(role, unit, at)  # type: ignore[arg-type]
    assert able, f"nobody is {role} at {directory(at.date()).get(unit).name}"  # type: ignore[arg-type]
    return actor_of_officer(able[0].officer_id, at=at, origin="test")


def taken_in(made: Definition, scenario: Scenario) -> Case:
    """The scenario's application over the counter, with every paper and every charge paid."""
    office = receiver(made, scenario)
    needs = papers(made, scenario.answers, scenario.on)
    intake = Intake(
        request_key=uuid7(),
        procedure=made.code,
        receiving_agency=office.id,
        business=firm_where_needed(made, at=scenario.at),
        name="Trần Thị Năm",
        answers=scenario.answers,
        papers={need.paper.id: PaperTaken(originals=1) for need in needs if need.required},
        payment_way="CASH",
        sums={rule.id: 50_000 for rule in made.fees if rule.verify},
    )
    return register(intake, by=acting("ONE_STOP_CLERK", office.id, scenario.at), at=scenario.at)


def carry(case: Case, at: datetime) -> list[str]:
    """The case to the counter where its result waits; the ids of the steps it stood in."""
    process, route = definition(case.version_id).process, [case.step]
    while (step := process.step(case.step)).kind != StepKind.RETURN:
        if step.kind == StepKind.LINK:
            while part := case.parts.exclude(state__in=[State.RESULT_READY, State.HANDED_OUT]).first():
                carry(part, at)
        else:
            do(case, step, at)
        case.refresh_from_db()
        route.append(case.step)
    return route


def do(case: Case, step: Step, at: datetime) -> None:
    """What the step is for, by whoever has its role there."""
    by = acting(case.holder_role, case.holder_unit_id, at)
    for foreseen in step.consultations:
        if foreseen.required:
            asked = consult(case.id, Question(text="?", consultation=foreseen.id), by=by, at=at).consultations.get()
            said = Answer(verdict="INFORMS", text="Không có án tích.", amount=0 if foreseen.duty else None)
            answer(case.id, asked.id, said, by=acting(asked.role, asked.agency_id, at), at=at)
    if step.draft_consent and step.draft_consent.covers(Channel(case.channel)):
        show_draft(case.id, by=by, at=at)
        answer_draft(case.id, agrees=True, by=acting("ONE_STOP_CLERK", case.receiving_agency_id, at), at=at)
    after = definition(case.version_id).process.step(step.next[0]).kind
    if step.kind == StepKind.RECEIVE:  # where the law lets it be done on the spot, it waits there
        hand_over(case.id, by=by, at=at)
    elif step.kind == StepKind.APPROVE:
        approve(case.id, by=by, at=at)
    elif step.kind == StepKind.PUBLISH:
        publish_result(case.id, by=by, at=at)
    elif after in SENT_ON:
        propose(case.id, Outcome.GRANTED, by=by, at=at)
    else:
        hand_over(case.id, by=by, at=at)


def sent_for(case: Case) -> Receiver:
    """The applicant, or somebody whom the business sends."""
    if case.business_id is None:
        return Receiver(case.applicant_name)
    return Receiver("Lê Thị Sáu", "096194000123", relation="Nhân viên", authorisation="Giấy giới thiệu")


@pytest.mark.parametrize("code", CODES)
def test_its_first_scenario_ends_with_the_result_in_hand(world: World, code: str) -> None:
    made = real(code)
    scenario = made.scenarios[0]
    case = taken_in(made, scenario)
    usual = [step.id for step in made.process.path()]
    route = carry(case, scenario.at)
    assert route == usual[usual.index(route[0]) :]
    clerk = acting(case.holder_role, case.holder_unit_id, scenario.at)
    for one in (case, *case.parts.all()):
        if not dues(one, definition(one.version_id)).is_paid:
            counter = acting("ONE_STOP_CLERK", one.receiving_agency_id, scenario.at)
            confirm_payment(one.id, way="CASH", by=counter, at=scenario.at)
    case = hand_out(case.id, sent_for(case), by=clerk, at=scenario.at)
    assert (case.state, case.outcome) == (State.HANDED_OUT, Outcome.GRANTED)
    for one in (case, *case.parts.all()):
        for result in one.results.all():
            assert result_pdf(sheet_of(one, result.result), result.facts).startswith(b"%PDF")
