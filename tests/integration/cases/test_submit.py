from datetime import timedelta

import pytest

from camaug.cases.actions.add_file import NotNow, add_file
from camaug.cases.actions.save import AlreadySent, Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import PapersMissing, WrongReceiver, submit
from camaug.cases.lifecycle import State
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from tests.applications import BIRTH, photo, send_birth
from tests.world import AT, COMMUNE, DISTRICT, World


def test_a_sent_application_has_its_code_its_step_and_its_event(world: World) -> None:
    case = send_birth(world)
    assert case.state == State.SUBMITTED
    assert case.code == "H12.39.32245-261123-0001"
    assert (case.step, case.holder_role) == ("tiep-nhan", "ONE_STOP_CLERK")
    assert case.holder_unit_id == case.receiving_agency_id == case.competent_agency_id == world.agencies[COMMUNE]
    assert (case.applicant_name, case.applicant_number) == ("Nguyễn Thị Lan", "096194000123")
    names = EventRecord.objects.filter(subject_id=case.id).order_by("id").values_list("name", flat=True)
    assert list(names) == ["cases.PaperAdded", "cases.CaseSubmitted"]


def test_a_draft_has_no_code_and_keeps_wrong_answers(world: World) -> None:
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    case = save(case.id, Changes(answers={"child_birth_date": "hôm qua"}), by=mother, at=AT)
    assert (case.code, case.state, case.answers["child_birth_date"]) == (None, State.DRAFT, "hôm qua")


def test_the_same_request_begins_one_draft(world: World) -> None:
    mother, key = world.citizen("mother"), uuid7()
    first = start("dang-ky-khai-sinh", by=mother, at=AT, request_key=key)
    assert start("dang-ky-khai-sinh", by=mother, at=AT, request_key=key).id == first.id


def test_sending_twice_sends_once(world: World) -> None:
    case = send_birth(world)
    again = submit(case.id, by=world.citizen("mother"), at=AT + timedelta(seconds=2))
    assert (again.code, again.revision) == (case.code, case.revision)
    assert EventRecord.objects.filter(subject_id=case.id, name="cases.CaseSubmitted").count() == 1


def test_wrong_answers_are_refused_by_field_and_nothing_is_lost(world: World) -> None:
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    save(case.id, Changes(answers={**BIRTH, "child_name": ""}), by=mother, at=AT)
    with pytest.raises(InvalidInput) as refused:
        submit(case.id, by=mother, at=AT)
    assert set(refused.value.errors) == {"child_name"}
    case.refresh_from_db()
    assert case.answers["mother"]["full_name"] == "Nguyễn Thị Lan"


def test_a_missing_paper_is_named(world: World) -> None:
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    save(case.id, Changes(answers=BIRTH, receiving_agency=world.agencies[COMMUNE]), by=mother, at=AT)
    with pytest.raises(PapersMissing, match="Giấy chứng sinh"):
        submit(case.id, by=mother, at=AT)


@pytest.mark.parametrize("where", [None, DISTRICT])
def test_an_office_that_does_not_receive_the_procedure_is_refused(world: World, where: str | None) -> None:
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    agency = world.agencies[where] if where else None
    save(case.id, Changes(answers=BIRTH, receiving_agency=agency), by=mother, at=AT)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="a.jpg", by=mother, at=AT)
    with pytest.raises(WrongReceiver):
        submit(case.id, by=mother, at=AT)


def test_nobody_else_reaches_a_draft(world: World) -> None:
    case = start("dang-ky-khai-sinh", by=world.citizen("mother"), at=AT)
    for stranger in (world.citizen("shopkeeper"), world.officer("clerk"), world.officer("administrator")):
        with pytest.raises(NotFound):
            save(case.id, Changes(answers={}), by=stranger, at=AT)
        with pytest.raises(NotFound):
            add_file(case.id, "giay-chung-sinh", content=photo(), file_name="a.jpg", by=stranger, at=AT)
        with pytest.raises(NotFound):
            submit(case.id, by=stranger, at=AT)


def test_what_was_sent_is_not_changed_any_more(world: World) -> None:
    case, mother = send_birth(world), world.citizen("mother")
    with pytest.raises(AlreadySent):
        save(case.id, Changes(answers={"child_name": "Khác"}), by=mother, at=AT)
    with pytest.raises(NotNow):
        add_file(case.id, "giay-chung-sinh", content=photo(), file_name="b.jpg", by=mother, at=AT)
