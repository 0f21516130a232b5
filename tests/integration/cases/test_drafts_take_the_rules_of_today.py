"""A draft that was begun under rules that hold no longer is sent under those of the day, and not before it was seen."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.renew_draft import NoLongerReceived, RulesChanged
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.actions.withdraw_version import withdraw_version
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM, Actor
from tests.applications import BIRTH, birth, photo
from tests.unit.catalogue.samples import KNOWN, changed, real
from tests.world import AT, COMMUNE, World

CODE = "dang-ky-khai-sinh"
LATER = AT + timedelta(days=10)


@pytest.fixture(params=["", "yes"], ids=["one statement", "step by step"])
def way(request: Any, settings: Settings) -> None:
    settings.READABLE_SUBMIT = request.param


def begun(world: World, mother: Actor) -> Case:
    case = start(CODE, by=mother, at=AT)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="a.jpg", by=mother, at=AT)
    return save(case.id, Changes(answers=birth(AT), receiving_agency=world.agencies[COMMUNE]), by=mother, at=AT)


def new_rules() -> None:
    """Another version from the day after tomorrow on."""
    from_day = AT.date() + timedelta(days=2)
    publish_version(changed(real(CODE), version=2, valid_from=from_day.isoformat()), known=KNOWN, by=SYSTEM, at=AT)


def test_it_is_looked_at_again_and_then_sent_under_the_new_rules(world: World, way: None) -> None:
    mother = world.citizen("mother")
    case = begun(world, mother)
    new_rules()
    with pytest.raises(RulesChanged):
        submit(case.id, by=mother, at=LATER)
    case.refresh_from_db()
    assert (case.state, case.version_id) == (State.DRAFT, current(CODE, LATER.date()).id)
    assert case.answers["child_name"] == BIRTH["child_name"]
    assert submit(case.id, by=mother, at=LATER).state == State.SUBMITTED


def test_before_that_day_it_is_sent_as_it_was_begun(world: World, way: None) -> None:
    mother = world.citizen("mother")
    case = begun(world, mother)
    new_rules()
    assert submit(case.id, by=mother, at=AT).version_id == case.version_id


def test_saving_brings_it_under_the_rules_of_the_day(world: World, way: None) -> None:
    mother = world.citizen("mother")
    case = begun(world, mother)
    new_rules()
    save(case.id, Changes(phone="0918000002"), by=mother, at=LATER)
    assert submit(case.id, by=mother, at=LATER).version_id == current(CODE, LATER.date()).id


def test_what_is_no_longer_received_is_not_sent(world: World, way: None) -> None:
    mother = world.citizen("mother")
    case = begun(world, mother)
    withdraw_version(case.version_id, until=AT.date() + timedelta(days=3), by=SYSTEM, at=AT)
    with pytest.raises(NoLongerReceived):
        submit(case.id, by=mother, at=LATER)
    case.refresh_from_db()
    assert case.state == State.DRAFT


def test_what_was_sent_keeps_its_version(world: World, way: None) -> None:
    mother = world.citizen("mother")
    case = begun(world, mother)
    new_rules()
    sent = submit(case.id, by=mother, at=AT)
    assert submit(sent.id, by=mother, at=LATER).version_id == case.version_id
    assert current(CODE, LATER.date()).id != case.version_id
