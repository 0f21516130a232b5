"""Birth, residence and insurance in one application: three cases at three agencies, each with its own clock."""

from datetime import datetime, timedelta

import pytest

from camaug.behalf.models import Act
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import HandedOutTogether, Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.queries import case_page, inbox, my_cases, progress_of
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord
from tests.applications import FAMILY, agree_to_draft, photo
from tests.helping import HELPER, let_help
from tests.world import AT, COMMUNE, COMMUNE_POLICE, INSURANCE_BRANCH, World

CODE = "khai-sinh-thuong-tru-bao-hiem-y-te"
MOTHER = Receiver("Nguyễn Thị Lan", "096194000123")
OFFICERS = {
    "khai-sinh": ("specialist", "chairman", "registrar"),
    "thuong-tru": ("police_officer", "police_chief", "police_clerk"),
    "bao-hiem": ("insurance_specialist", "insurance_director", "insurance_registrar"),
}
LATER = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL)


@pytest.fixture
def application(world: World) -> Case:
    """As the mother sent it from her phone and the commune received it."""
    mother = world.citizen("mother")
    case = start(CODE, by=mother, at=AT)
    save(case.id, Changes(answers=FAMILY, receiving_agency=world.agencies[COMMUNE]), by=mother, at=AT)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=AT)
    submit(case.id, by=mother, at=AT)
    return receive(case.id, by=world.officer("clerk"), at=AT)


def part(application: Case, name: str) -> Case:
    return application.parts.get(part=name)


def finish(world: World, application: Case, name: str, *, at: datetime, grant: bool = True) -> Case:
    """A part carried from its examiner to its result."""
    case = part(application, name)
    examiner, leader, registrar = OFFICERS[name]
    outcome = Outcome.GRANTED if grant else Outcome.DENIED
    if grant and name == "khai-sinh":
        agree_to_draft(world, case, at=at)
    propose(case.id, outcome, by=world.officer(examiner), at=at, note="" if grant else "Thiếu")
    if grant:
        approve(case.id, by=world.officer(leader), at=at)
    else:
        deny(case.id, reason="Không đủ điều kiện.", by=world.officer(leader), at=at)
    return publish_result(case.id, by=world.officer(registrar), at=at)


def test_the_first_part_begins_with_reception_and_the_others_wait_for_it(world: World, application: Case) -> None:
    assert [case.part for case in application.parts.all()] == ["khai-sinh"]
    birth = part(application, "khai-sinh")
    assert (birth.state, birth.received_at, birth.receiving_agency_id) == (
        State.IN_PROCESS,
        AT,
        world.agencies[COMMUNE],
    )
    assert birth.code != application.code
    assert birth.answers["child_name"] == FAMILY["child_name"]
    assert "clinic" not in birth.answers  # the birth's own form asks nothing of the kind
    assert [file.file_name for file in birth.files.all()] == ["giay-chung-sinh.jpg"]
    assert application.received_at == AT


def test_with_the_birth_registered_the_two_others_begin_at_their_agencies(world: World, application: Case) -> None:
    finish(world, application, "khai-sinh", at=LATER)
    begun = {case.part: case for case in application.parts.all()}
    assert set(begun) == {"khai-sinh", "thuong-tru", "bao-hiem"}
    assert begun["thuong-tru"].receiving_agency_id == world.agencies[COMMUNE_POLICE]
    assert begun["bao-hiem"].receiving_agency_id == world.agencies[INSURANCE_BRANCH]
    for name in ("thuong-tru", "bao-hiem"):
        assert begun[name].received_at == LATER
        assert begun[name].due_at is None or begun[name].due_at > LATER
    opened = EventRecord.objects.filter(name="cases.PartOpened", subject_id=application.id)
    assert {event.facts["part"] for event in opened} == set(begun)


def test_with_the_last_result_the_application_is_complete_and_all_are_handed_out(
    world: World, application: Case
) -> None:
    for name in OFFICERS:
        finish(world, application, name, at=LATER)
        application.refresh_from_db()
        assert (application.state == State.RESULT_READY) == (name == "bao-hiem")
    assert (application.outcome, application.decided_at) == (Outcome.GRANTED, LATER)
    clerk = world.officer("clerk")
    with pytest.raises(HandedOutTogether):
        hand_out(part(application, "khai-sinh").id, MOTHER, by=clerk, at=LATER)
    confirm_payment(part(application, "khai-sinh").id, way="CASH", by=clerk, at=LATER)
    hand_out(application.id, MOTHER, by=clerk, at=LATER)
    assert {case.state for case in application.parts.all()} == {State.HANDED_OUT}
    assert {case.delivery.receiver_name for case in application.parts.all()} == {"Nguyễn Thị Lan"}
    assert sum(case.results.count() for case in application.parts.all()) == 3


def test_nothing_begins_after_a_part_that_was_denied(world: World, application: Case) -> None:
    finish(world, application, "khai-sinh", at=LATER, grant=False)
    application.refresh_from_db()
    assert application.parts.count() == 1
    assert (application.state, application.outcome) == (State.RESULT_READY, Outcome.DENIED)


def test_a_part_is_late_or_stopped_by_its_own_clock(world: World, application: Case) -> None:
    finish(world, application, "khai-sinh", at=LATER)
    application.refresh_from_db()
    due = application.due_at
    residence = part(application, "thuong-tru")
    items = [Item("", "Ý kiến đồng ý của chủ hộ", "Chưa có.")]
    request_supplement(residence.id, items, reason="", by=world.officer("police_officer"), at=LATER)
    assert part(application, "thuong-tru").due_at is None
    application.refresh_from_db()
    assert (application.due_at, part(application, "bao-hiem").due_at is None) == (due, False)
    waiting = my_cases(world.citizen("mother"), at=LATER)
    assert {row.id for row in waiting} == {application.id, residence.id}  # the part shows where it waits for her


def test_the_mother_sees_one_application_with_three_parts(world: World, application: Case) -> None:
    mother = world.citizen("mother")
    assert [row.id for row in my_cases(mother, at=AT)] == [application.id]
    seen = progress_of(application.id, mother, at=AT)
    assert [(p.state, len(p.after)) for p in seen.parts] == [(State.IN_PROCESS, 0), (None, 1), (None, 1)]
    finish(world, application, "khai-sinh", at=LATER)
    seen = progress_of(application.id, mother, at=LATER)
    assert [p.state for p in seen.parts] == [State.RESULT_READY, State.IN_PROCESS, State.IN_PROCESS]
    assert [result.name for result in seen.parts[0].results] == ["Giấy khai sinh"]


def test_a_helper_who_may_not_take_the_result_sees_no_part_s_either(world: World, application: Case) -> None:
    finish(world, application, "khai-sinh", at=LATER)
    mandate = let_help(world, acts=[Act.FOLLOW])
    Case.objects.filter(pk=application.pk).update(mandate=mandate)
    seen = progress_of(application.id, world.citizen(HELPER), Act.FOLLOW, at=LATER)
    assert [part.results for part in seen.parts] == [(), (), ()]


def test_every_agency_of_the_application_sees_its_parts(world: World, application: Case) -> None:
    police = world.officer("police_officer")
    with pytest.raises(NotFound):
        case_page(application.code or "", police, at=AT)
    finish(world, application, "khai-sinh", at=LATER)
    page = case_page(part(application, "thuong-tru").code or "", police, at=LATER)
    assert page.application is not None
    assert page.application.pk == application.pk
    assert [p.code for p in page.parts] == [part(application, name).code for name in OFFICERS]
    assert case_page(application.code or "", police, at=LATER).parts
    assert [row.id for row in inbox(police, "todo", at=LATER).rows] == [part(application, "thuong-tru").id]


def test_a_part_whose_result_waits_is_not_among_what_its_office_hands_out(world: World, application: Case) -> None:
    finish(world, application, "khai-sinh", at=LATER)
    assert inbox(world.officer("clerk"), "return", at=LATER).rows == ()
    for name in ("thuong-tru", "bao-hiem"):
        finish(world, application, name, at=LATER)
    assert [row.id for row in inbox(world.officer("clerk"), "return", at=LATER).rows] == [application.id]


def test_a_repeated_reception_opens_nothing_twice(world: World, application: Case) -> None:
    receive(application.id, by=world.officer("clerk"), at=AT + timedelta(minutes=1), seen=application.revision - 1)
    assert application.parts.count() == 1
