"""The first administrator is let in by whoever runs the machine; after him, by him."""

import pytest
from django.test import Client

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.invite_first_administrator import (
    AdministratorThere,
    NoAdministrator,
    invite_first_administrator,
)
from camaug.access.queries import active_administrators
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from tests.world import World

MAIL, CLERK = "stttt_nguyenhuuphuoc@camau.gov.vn", "tanan_tranthiminh@camau.gov.vn"
PASSWORD = "một câu chỉ mình tôi nói 7"


def asked(mail: str = MAIL, *, although_there_is_one: bool = False) -> str:
    return invite_first_administrator(mail, although_there_is_one=although_there_is_one, by=SYSTEM, at=now())


def test_he_is_let_in_by_a_link_and_is_an_administrator_who_can_sign_in_from_then_on(world: World) -> None:
    assert active_administrators(at=now()) == frozenset()
    page = asked(f" {MAIL.upper()} ")
    assert Client().post(page, {"password": PASSWORD}).headers["Location"] == "/sign-in/second-factor/"
    assert active_administrators(at=now()) == {world.officers["administrator"]}
    told = EventRecord.objects.get(name="access.FirstAdministratorInvited")
    assert (told.subject_id, told.actor_kind) == (world.officers["administrator"], "SYSTEM")


@pytest.mark.usefixtures("world")
def test_asked_again_before_he_came_the_new_link_takes_the_old_ones_place() -> None:
    first, second = asked(), asked()
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)


@pytest.mark.usefixtures("world")
def test_where_one_can_sign_in_it_refuses_unless_that_is_said() -> None:
    activate_officer(MAIL, password=PASSWORD, by=SYSTEM, at=now())
    with pytest.raises(AdministratorThere, match="--although-there-is-one"):
        asked()
    assert Client().get(asked(although_there_is_one=True)).status_code == 200


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("mail", [CLERK, "khong-co-ai@camau.gov.vn", ""])
def test_nobody_becomes_an_administrator_by_it(mail: str) -> None:
    with pytest.raises(NoAdministrator):
        asked(mail)


def test_no_officer_may_have_it_made(world: World) -> None:
    with pytest.raises(NotAllowed):
        invite_first_administrator(MAIL, although_there_is_one=False, by=world.officer("chairman"), at=now())
