from uuid import UUID

import pytest
from django.conf import settings

from camaug.cases.actions.watch import watch
from camaug.cases.models import Case
from camaug.kernel.actors import SYSTEM
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.integration.cases.test_the_watch_over_deadlines import on
from tests.world import AT, World


@pytest.fixture
def late(world: World) -> Case:
    """A birth that was due on Monday; on Wednesday the specialist is told."""
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    case = carry(world, send_birth(world), to="EXAMINE")
    watch(by=SYSTEM, at=on(25, 9))
    return case


def first(world: World, key: str) -> UUID:
    message = Message.objects.filter(account_id=world.officers[key]).first()
    assert message
    return message.id


def test_an_officer_reads_his_reminders_and_goes_on_to_the_case(world: World, late: Case) -> None:
    desk = desk_of(world, "specialist")
    shown = desk.get("/desk/reminders/").content.decode()
    assert f"Hồ sơ đã quá hạn trả kết quả: {late.code}" in shown
    assert "<span>Nhắc việc</span><b>1</b>" in shown
    read = desk.post(f"/desk/reminders/{first(world, 'specialist')}/reading/")
    assert read.headers["Location"] == f"/desk/cases/{late.code}/"
    assert "<span>Nhắc việc</span><b>" not in desk.get("/desk/reminders/").content.decode()


def test_nobody_reads_anothers_reminders(world: World, late: Case) -> None:
    assert desk_of(world, "clerk").post(f"/desk/reminders/{first(world, 'specialist')}/reading/").status_code == 404
    assert str(late.code) not in desk_of(world, "other_clerk").get("/desk/reminders/").content.decode()


def test_all_are_marked_as_read_at_once(world: World, late: Case) -> None:
    desk = desk_of(world, "specialist")
    desk.post("/desk/reminders/reading/")
    assert not Message.objects.filter(account_id=world.officers["specialist"], read_at=None).exists()


def test_lateness_is_marked_in_lists_and_on_the_case_for_the_whole_and_for_the_step(world: World, late: Case) -> None:
    for path in ("/desk/overdue/", "/desk/todo/", f"/desk/cases/{late.code}/"):
        shown = desk_of(world, "specialist").get(path).content.decode()
        assert "Quá hạn" in shown, path
        assert "Bước quá hạn" in shown, path
