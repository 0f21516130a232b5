"""At the counter the version is guessed before the database is asked; the guess decides nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from camaug.cases.actions import register as registering
from camaug.cases.actions.register import register
from camaug.cases.models import Case
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.actions.withdraw_version import withdraw_version
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import InvalidInput, NotFound
from tests.applications import copy_intake
from tests.unit.catalogue.samples import KNOWN, changed, real
from tests.world import AT, World

CODE = "chung-thuc-ban-sao"
LATER = AT + timedelta(days=10)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """As in a process that has just begun."""
    registering._lately.clear()
    yield
    registering._lately.clear()


def new_rules() -> None:
    from_day = AT.date() + timedelta(days=2)
    publish_version(changed(real(CODE), version=2, valid_from=from_day.isoformat()), known=KNOWN, by=SYSTEM, at=AT)


def test_a_case_is_taken_in_under_the_rules_of_its_day_whatever_was_guessed(world: World) -> None:
    clerk = world.officer("clerk")
    first = register(copy_intake(world), by=clerk, at=AT)
    new_rules()
    for at in (LATER, AT, LATER):
        case = register(copy_intake(world), by=clerk, at=at)
        assert case.version_id == current(CODE, at.date()).id
    assert case.version_id != first.version_id
    codes = sorted(str(code) for code in Case.objects.values_list("code", flat=True))
    assert [code[-11:] for code in codes] == ["261123-0001", "261123-0002", "261203-0001", "261203-0002"]


def test_what_is_no_longer_received_is_not_received_because_it_was_remembered(world: World) -> None:
    clerk = world.officer("clerk")
    register(copy_intake(world), by=clerk, at=AT)
    withdraw_version(current(CODE, AT.date()).id, until=AT.date() + timedelta(days=3), by=SYSTEM, at=AT)
    with pytest.raises(NotFound):
        register(copy_intake(world), by=clerk, at=LATER)
    assert register(copy_intake(world), by=clerk, at=AT).code


def test_a_request_that_is_known_takes_no_number(world: World) -> None:
    clerk, intake = world.officer("clerk"), copy_intake(world)
    first = register(intake, by=clerk, at=AT)
    assert register(intake, by=clerk, at=AT).id == first.id
    second = register(copy_intake(world), by=clerk, at=AT)
    assert [str(one.code)[-4:] for one in (first, second)] == ["0001", "0002"]
    assert [one.payments.get().receipt_number for one in (first, second)] == ["00001/2026", "00002/2026"]


def test_what_is_wrong_under_the_guess_is_said_as_without_one(world: World) -> None:
    clerk, wrong = world.officer("clerk"), copy_intake(world, name=" ")
    with pytest.raises(InvalidInput) as unguessed:
        register(wrong, by=clerk, at=AT)
    register(copy_intake(world), by=clerk, at=AT)
    with pytest.raises(InvalidInput) as guessed:
        register(wrong, by=clerk, at=AT)
    assert guessed.value.errors == unguessed.value.errors
    assert str(register(copy_intake(world), by=clerk, at=AT).code).endswith("-0002")
