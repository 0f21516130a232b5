"""Every scenario of the profile, gone through by a real case: what is promised on paper is what the actions do."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.apologise import apologise
from camaug.cases.actions.approve import approve
from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.resume import resume
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.send_back import send_back
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import PapersMissing, submit
from camaug.cases.actions.supplement import supplement
from camaug.cases.actions.suspend import suspend
from camaug.cases.agreement import consent_of, last_draft
from camaug.cases.dues import dues
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.slips.control import control_facts
from camaug.cases.walking import leading_move
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Step, StepKind
from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.queries import current, definition, receivers
from camaug.kernel.actors import Actor
from camaug.kernel.errors import InvalidInput
from camaug.kernel.ids import uuid7
from camaug.people.queries import AgencyView
from camaug.worktime.queries import calendar_of
from tests.applications import firm_where_needed, photo
from tests.unit.catalogue.samples import catalogue
from tests.world import World

CLERK = "ONE_STOP_CLERK"
HEADS = ("UNIT_HEAD", "ONE_STOP_HEAD", "LEADER")

COUNCIL_S_SUM = 50_000
RECEIVER = Receiver("Lê Thị Sáu", "096194000123", relation="Nhân viên", authorisation="Giấy giới thiệu")
PROMISED = [
    pytest.param(made.code, scenario, id=f"{made.code}-{scenario.id}")
    for made in catalogue().definitions.values()
    if not made.part_only
    for scenario in made.scenarios
]


@pytest.fixture
def somebody(world: World) -> Actor:
    """An officer of the cast, who takes every hand here in turn."""
    return world.officer("clerk")


def hand(somebody: Actor, unit: Any, *roles: str) -> Actor:
    """Whoever carries the roles in that unit; another person in each."""
    post = replace(somebody.posts[0], unit_id=unit, roles=frozenset(roles), grants=None)
    return replace(somebody, posts=(post,), account_id=uuid5(NAMESPACE_OID, f"{unit} {sorted(roles)}"))


def receiver_of(code: str, scenario: Scenario, world: World) -> AgencyView:
    """One of the province's agencies of the sort that receives, in the part of it that is staffed here."""
    version = current(code, scenario.on)
    sort = scenario.receiving or next(f"{s.kind}@{s.level}" for s in version.definition.competence.receiving)
    kind, _, level = sort.partition("@")
    there = set(world.agencies.values())
    fitting = [one for one in receivers(version, scenario.on) if one.kind == kind and level in ("", one.level)]
    return max(fitting, key=lambda one: one.id in there and one.code.startswith("H12.39"))


def intake(code: str, scenario: Scenario, receiving: AgencyView, papers: tuple[str, ...]) -> Intake:
    return Intake(
        request_key=uuid7(),
        procedure=code,
        receiving_agency=receiving.id,
        business=firm_where_needed(current(code, scenario.on).definition, at=scenario.at),
        channel=scenario.channel,
        name="Nguyễn Thị Lan",
        answers=scenario.answers,
        papers={paper: PaperTaken(originals=1) for paper in papers},
        payment_way="CASH",
        sums={rule: COUNCIL_S_SUM for rule, amount in scenario.expect.fees.items() if amount is None},
    )


def brought(code: str, scenario: Scenario, receiving: AgencyView, clerk: Actor) -> Case:
    """Taken in by a clerk, who refuses it while a paper is missing, and takes the money at once."""
    expected = scenario.expect
    for missing in expected.papers:
        others = tuple(paper for paper in expected.papers if paper != missing)
        with pytest.raises(InvalidInput) as refusal:
            register(intake(code, scenario, receiving, others), by=clerk, at=scenario.at)
        assert set(refusal.value.errors) == {f"paper-{missing}"}
    return register(intake(code, scenario, receiving, expected.papers), by=clerk, at=scenario.at)


def sent_from_afar(code: str, scenario: Scenario, receiving: AgencyView, world: World, clerk: Actor) -> Case:
    """Sent by the mother from her phone, refused while a paper is missing, received, and paid afterwards."""
    at = scenario.at
    head = world.citizen("mother", at=at).person_id
    firm = firm_where_needed(current(code, scenario.on).definition, head=head, at=at)
    mother = world.citizen("mother", at=at)
    case = start(code, by=mother, at=at, business=firm)
    changes = Changes(answers=scenario.answers, receiving_agency=receiving.id, phone="+84918000123")
    save(case.id, changes, by=mother, at=at)
    if scenario.expect.papers:
        with pytest.raises(PapersMissing):
            submit(case.id, by=mother, at=at)
    for paper in scenario.expect.papers:
        add_file(case.id, paper, content=photo(), file_name=f"{paper}.jpg", by=mother, at=at)
    submit(case.id, by=mother, at=at)
    case = receive(case.id, by=clerk, at=at)
    pay(case, scenario, clerk)
    return case


def pay(case: Case, scenario: Scenario, clerk: Actor) -> None:
    """Whatever is owed is paid at the counter; what no text says as the council has set it."""
    sums = {rule: COUNCIL_S_SUM for rule, amount in scenario.expect.fees.items() if amount is None}
    if not dues(case, definition(case.version_id)).is_paid:
        confirm_payment(case.id, way="CASH", sums=sums, by=clerk, at=scenario.at)


@pytest.mark.parametrize(("code", "scenario"), PROMISED)
def test_what_a_scenario_promises_comes_true(code: str, scenario: Scenario, world: World, somebody: Actor) -> None:
    receiving, expected = receiver_of(code, scenario, world), scenario.expect
    clerk = hand(somebody, receiving.id, CLERK)
    if scenario.channel == Channel.ONLINE:
        case = sent_from_afar(code, scenario, receiving, world, clerk)
    else:
        case = brought(code, scenario, receiving, clerk)
    owed = {item["rule"]: item["amount"] for payment in case.payments.all() for item in payment.items}
    assert {rule: sum_ for rule, sum_ in owed.items() if sum_} == {
        rule: COUNCIL_S_SUM if sum_ is None else sum_ for rule, sum_ in expected.fees.items()
    }
    assert case.original_due_at == expected.due
    route = tuple(carried(case, scenario, somebody))
    assert route == expected.route
    case.refresh_from_db()
    assert case.state == State.HANDED_OUT
    forms = {f"FORM_{slip.form:02d}" for slip in case.slips.all()}
    forms |= {"FORM_06"} if control_facts(case, by=clerk, at=scenario.at).rows else set()
    assert forms == set(expected.slips)


def carried(case: Case, scenario: Scenario, somebody: Actor) -> Iterator[str]:
    """The case moved along the route by those who hold it; the steps at which it was."""
    made, met = definition(case.version_id), set[str]()
    yield made.process.first.id
    wanted = list(scenario.expect.route[1:])
    if case.step == made.process.first.id:
        aside(case, scenario, made.process.first, somebody)
        case = hand_over(case.id, by=hand(somebody, case.holder_unit_id, case.holder_role), at=scenario.at)
    for here, there in zip(wanted, [*wanted[1:], None], strict=True):
        step = made.process.step(case.step)
        yield step.id
        if step.id != here:
            return
        if step.id not in met:
            aside(case, scenario, step, somebody)
        met.add(step.id)
        case = onward(case, scenario, made, step, there, somebody)


def onward(case: Case, scenario: Scenario, made: Definition, step: Step, there: str | None, somebody: Actor) -> Case:
    if step.kind == StepKind.LINK:
        return settled(case, scenario, somebody)
    answered(case, scenario, step, somebody)
    by, at = hand(somebody, case.holder_unit_id, case.holder_role), scenario.at
    moves: dict[str, Callable[[], Case]] = {
        "hand_over": lambda: hand_over(case.id, by=by, at=at, to=there),
        "propose": lambda: propose(case.id, Outcome.GRANTED, by=by, at=at, to=there, note="Đủ điều kiện."),
        "send_back": lambda: send_back(case.id, reason="Xem lại.", by=by, at=at, to=there),
        "approve": lambda: approve(case.id, by=by, at=at),
        "publish_result": lambda: publish_result(case.id, by=by, at=at),
        "hand_out": lambda: hand_out(
            case.id, RECEIVER if case.business_id else Receiver("Nguyễn Thị Lan"), by=by, at=at
        ),
    }
    return moves[leading_move(step, made.process.step(there) if there else None)]()


def settled(case: Case, scenario: Scenario, somebody: Actor) -> Case:
    """The parts of the application, each on its own usual way to its result."""
    while (part := case.parts.exclude(state=State.RESULT_READY).first()) is not None:
        made = definition(part.version_id)
        step = made.process.step(part.step)
        onward(part, scenario, made, step, step.next[0], somebody)
    for part in case.parts.all():
        pay(part, scenario, hand(somebody, part.receiving_agency_id, CLERK))
    case.refresh_from_db()
    return case


def answered(case: Case, scenario: Scenario, step: Step, somebody: Actor) -> None:
    """What has to be asked before the step is left is asked, and answered; of a part also the applicant."""
    if consent_of(case, definition(case.version_id)) and last_draft(case) is None:
        show_draft(case.id, by=hand(somebody, case.holder_unit_id, case.holder_role), at=scenario.at)
        answer_draft(case.id, agrees=True, by=hand(somebody, case.receiving_agency_id, CLERK), at=scenario.at)
        case.refresh_from_db()
    for foreseen in step.consultations:
        if foreseen.required and not case.consultations.filter(consultation=foreseen.id).exists():
            by = hand(somebody, case.holder_unit_id, case.holder_role)
            consult(case.id, Question(text="?", consultation=foreseen.id), by=by, at=scenario.at)
            reply(case, scenario, somebody, owed=0)
            case.refresh_from_db()


def reply(case: Case, scenario: Scenario, somebody: Actor, *, owed: int) -> None:
    asked = case.consultations.get(ended_at=None)
    there = hand(somebody, asked.agency_id, asked.role)
    said = Answer(verdict="INFORMS", text="Có.", amount=owed if asked.duty else None)
    answer(case.id, asked.id, said, by=there, at=scenario.at)


def aside(case: Case, scenario: Scenario, step: Step, somebody: Actor) -> None:
    """What the scenario makes at the step besides going on."""
    for move in scenario.moves.get(step.id, ()):
        case.refresh_from_db()
        by = hand(somebody, case.holder_unit_id, case.holder_role, *HEADS)
        clerk = hand(somebody, case.receiving_agency_id, CLERK)
        MOVES[move](case, by, clerk, scenario, step, somebody)
    case.refresh_from_db()


def new_date(case: Case, by: Actor, scenario: Scenario) -> None:
    assert case.due_at is not None
    calendar = calendar_of(case.competent_agency_id, at=scenario.at)
    day = calendar.add_working_days(case.due_at.date() + timedelta(days=1), 3)
    apologise(case.id, new_date=day, reason="Chờ xác minh.", by=by, at=scenario.at)


MOVES: dict[str, Callable[[Case, Actor, Actor, Scenario, Step, Actor], Any]] = {
    "request_supplement": lambda case, by, _clerk, scenario, _step, _somebody: request_supplement(
        case.id, [Item("", "Đơn", "Thiếu chữ ký")], reason="Thiếu chữ ký", by=by, at=scenario.at
    ),
    "supplement": lambda case, _by, clerk, scenario, _step, _somebody: supplement(
        case.id, by=clerk, at=scenario.at, answer="Đã bổ sung."
    ),
    "apologise": lambda case, by, _clerk, scenario, _step, _somebody: new_date(case, by, scenario),
    "suspend": lambda case, by, _clerk, scenario, _step, _somebody: suspend(
        case.id, ground="VERIFICATION", document="12/CV", reason="Xác minh.", by=by, at=scenario.at
    ),
    "show_draft": lambda case, by, _clerk, scenario, _step, _somebody: show_draft(case.id, by=by, at=scenario.at),
    "answer_draft": lambda case, _by, clerk, scenario, _step, _somebody: answer_draft(
        case.id, agrees=True, by=clerk, at=scenario.at
    ),
    "resume": lambda case, by, _clerk, scenario, _step, _somebody: resume(case.id, by=by, at=scenario.at),
    "consult": lambda case, by, _clerk, scenario, step, _somebody: consult(
        case.id, Question(text="?", consultation=step.consultations[0].id), by=by, at=scenario.at
    ),
    "answer": lambda case, _by, _clerk, scenario, _step, somebody: reply(case, scenario, somebody, owed=100_000),
    "ask_payment": lambda case, by, _clerk, scenario, _step, _somebody: ask_payment(case.id, by=by, at=scenario.at),
    "confirm_payment": lambda case, _by, clerk, scenario, _step, _somebody: confirm_payment(
        case.id, way="TREASURY", document="GNT-1", by=clerk, at=scenario.at
    ),
}
