"""The head's questions: who carries how much, what is late, what will be late this week, and reassigning."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.actions.assign import assign
from camaug.cases.actions.register import register
from camaug.cases.models import Case
from camaug.cases.queries.load import Narrowed, cases_at_risk, unit_load, week_end
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.people.models import Absence
from camaug.people.queries import holders
from camaug.worktime.queries import calendar_of
from tests.applications import carry, send_birth, shop_intake
from tests.desks import desk_of
from tests.world import AT, COMMUNE, DISTRICT, FINANCE_OFFICE, World


def waiting_to_be_examined(world: World, count: int = 3) -> list[Case]:
    return [carry(world, send_birth(world, at=AT + timedelta(minutes=n)), to="EXAMINE") for n in range(count)]


def specialists(world: World) -> list[object]:
    return [one.id for one in holders("CIVIL_STATUS", world.agencies[COMMUNE], AT)]


def leader_of_the_district(world: World) -> Actor:
    leader = next(one for one in holders("LEADER", world.agencies[DISTRICT], AT) if one.title == "Chủ tịch")
    return actor_of(Account.objects.get(officer_id=leader.officer_id), at=AT, origin="test")


def test_load_by_officer_and_by_step_in_a_fixed_number_of_queries(world: World) -> None:
    chairman, first = world.officer("chairman"), specialists(world)[0]
    mine, late, pool = waiting_to_be_examined(world)
    for case in (mine, late):
        assign(case.id, to=first, by=chairman, at=AT)  # type: ignore[arg-type]
    Case.objects.filter(pk=late.pk).update(due_at=AT - timedelta(days=1))
    Case.objects.filter(pk=pool.pk).update(due_at=AT + timedelta(days=30))
    unit_load(chairman, None, at=AT)
    with CaptureQueriesContext(connection) as asked:
        page = unit_load(chairman, None, at=AT)
    assert len(asked) <= 12
    assert (page.load.open, page.load.late) == (3, 1)
    by_post = {one.position: one.load for one in page.officers}
    assert (by_post[first].open, by_post[first].late) == (2, 1)  # type: ignore[index]
    assert by_post[None].open == 1
    assert [(one.step, one.load.open, one.load.late) for one in page.steps] == [(mine.step, 3, 1)]
    waiting_to_be_examined(world, 2)
    with CaptureQueriesContext(connection) as again:
        unit_load(chairman, None, at=AT)
    assert len(again) == len(asked)


def test_the_greatest_risk_comes_first_and_is_said(world: World) -> None:
    calm, tight, late = waiting_to_be_examined(world)
    after = calendar_of(world.agencies[COMMUNE], at=AT)
    Case.objects.filter(pk=late.pk).update(due_at=AT - timedelta(hours=20), latest_at=AT - timedelta(days=3))
    Case.objects.filter(pk=tight.pk).update(latest_at=AT - timedelta(hours=1), due_at=AT + timedelta(hours=3))
    Case.objects.filter(pk=calm.pk).update(latest_at=AT + timedelta(days=3), due_at=AT + timedelta(days=3, hours=3))
    page = cases_at_risk(world.officer("chairman"), None, Narrowed(only="week"), at=AT)
    assert [one.row.id for one in page.rows] == [late.id, tight.id, calm.id]
    assert [one.tone for one in page.rows] == ["late", "danger", "ok"]
    assert page.week_ends_at == week_end(after, AT)


def test_the_last_moment_leaves_the_hours_of_the_steps_that_follow(world: World) -> None:
    case = waiting_to_be_examined(world, 1)[0]
    assert case.due_at
    calendar = calendar_of(case.competent_agency_id, at=AT)
    assert case.latest_at < case.due_at
    published = carry(world, send_birth(world), to="PUBLISH")
    assert published.due_at
    assert published.latest_at == published.due_at
    assert calendar.working_time_between(case.latest_at, case.due_at) > timedelta(0)


WEEKS = [
    (datetime(2026, 11, 23, 8, 0, tzinfo=LOCAL), (2026, 11, 27)),
    (datetime(2026, 11, 27, 16, 0, tzinfo=LOCAL), (2026, 11, 27)),
    (datetime(2026, 11, 28, 9, 0, tzinfo=LOCAL), (2026, 12, 4)),
    (datetime(2026, 11, 29, 9, 0, tzinfo=LOCAL), (2026, 12, 4)),
]


@pytest.mark.parametrize(("at", "last_day"), WEEKS)
def test_the_working_week_ends_with_its_last_working_day(
    world: World, at: datetime, last_day: tuple[int, int, int]
) -> None:
    end = week_end(calendar_of(world.agencies[COMMUNE], at=at), at)
    assert (end.year, end.month, end.day) == last_day


FILTERS = [
    (Narrowed(), 3),
    (Narrowed(officer="none"), 2),
    (Narrowed(only="late"), 1),
    (Narrowed(procedure="dang-ky-khai-sinh"), 3),
    (Narrowed(procedure="chung-thuc-ban-sao"), 0),
    (Narrowed(step="khong-co"), 0),
    (Narrowed(role="REGISTRAR"), 0),
]


@pytest.mark.parametrize(("narrowed", "count"), FILTERS)
def test_the_list_is_narrowed(world: World, narrowed: Narrowed, count: int) -> None:
    chairman = world.officer("chairman")
    first, second, _third = waiting_to_be_examined(world)
    assign(first.id, to=specialists(world)[0], by=chairman, at=AT)  # type: ignore[arg-type]
    Case.objects.filter(pk=second.pk).update(due_at=AT - timedelta(days=1))
    assert len(cases_at_risk(chairman, None, narrowed, at=AT).rows) == count


def test_the_list_is_read_page_by_page(world: World) -> None:
    waiting_to_be_examined(world, 5)
    found, token = list[object](), ""
    for _ in range(3):
        page = cases_at_risk(world.officer("chairman"), None, Narrowed(), at=AT, token=token, size=2)
        found += [one.row.id for one in page.rows]
        token = page.older
    assert len(found) == len(set(found)) == 5
    assert token == ""


def test_a_leader_sees_and_reassigns_in_the_divisions_of_the_agency_and_nowhere_else(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    leader = leader_of_the_district(world)
    page = unit_load(leader, world.agencies[FINANCE_OFFICE], at=AT)
    assert {one.unit.code for one in page.units} >= {DISTRICT, FINANCE_OFFICE}
    assert COMMUNE not in {one.unit.code for one in page.units}
    assert page.load.open == 1
    able = holders(case.holder_role, world.agencies[FINANCE_OFFICE], AT)
    assert assign(case.id, to=able[0].id, by=leader, at=AT).assignee_id == able[0].id
    with pytest.raises(NotFound):
        unit_load(leader, world.agencies[COMMUNE], at=AT)
    with pytest.raises(NotFound):
        unit_load(world.officer("district_head"), world.agencies[DISTRICT], at=AT)


def test_the_head_sees_the_lateness_and_reassigns_through_the_pages(world: World) -> None:
    late = waiting_to_be_examined(world, 1)[0]
    Case.objects.filter(pk=late.pk).update(due_at=AT - timedelta(days=2))
    head = desk_of(world, "chairman")
    shown = head.get("/desk/load/").content.decode()
    assert "Ủy ban nhân dân xã Tân Ân" in shown
    assert "Theo cán bộ" in shown
    listed = head.get("/desk/load/cases/?only=late").content.decode()
    assert str(late.code) in listed
    form = head.get("/desk/batches/new/", {"move": "assign", "case": str(late.id), "tab": "load"}).content.decode()
    assert "Lê Anh Tuấn" in form
    assert form.count('href="/desk/load/"') == 4  # menu, rail, the way back, doing nothing
    assert desk_of(world, "clerk").get("/desk/load/").status_code == 404


def test_a_head_declares_an_absence_with_a_stand_in_and_ends_it(world: World) -> None:
    head = desk_of(world, "chairman")
    specialist = world.officer("specialist").post
    registrar = Account.objects.get(pk=world.officers["registrar"]).officer_id
    assert specialist
    sent = {"position": specialist.id, "from": "30/11/2099", "until": "02/12/2099", "stand_in": registrar}
    assert head.post("/desk/absences/", sent).status_code == 302
    absence = Absence.objects.get()
    assert (absence.from_at.astimezone(LOCAL).day, absence.until_at.astimezone(LOCAL).day) == (30, 3)
    assert "Ngô Thị Kim Chi" in head.get("/desk/absences/").content.decode()
    assert head.post(f"/desk/absences/{absence.id}/end/").status_code == 302
    assert not Absence.objects.exists()


WRONG = [
    ({"from": "hôm nay"}, 422, "ngày, tháng, năm"),
    ({"until": "01/11/2099"}, 422, "sau"),
    ({"position": "x"}, 422, ""),
    ({"stand_in": "self"}, 422, ""),
]


@pytest.mark.parametrize(("changes", "status", "said"), WRONG)
def test_what_is_wrong_with_an_absence_is_said(world: World, changes: dict[str, str], status: int, said: str) -> None:
    post = world.officer("specialist").post
    assert post
    own = str(Account.objects.get(pk=world.officers["specialist"]).officer_id)
    sent = {"position": str(post.id), "from": "30/11/2099", "until": "02/12/2099", "stand_in": ""} | changes
    sent["stand_in"] = own if sent["stand_in"] == "self" else sent["stand_in"]
    answer = desk_of(world, "chairman").post("/desk/absences/", sent)
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_nobody_declares_the_absence_of_a_colleague_that_he_does_not_lead(world: World) -> None:
    post = world.officer("specialist").post
    assert post
    sent = {"position": str(post.id), "from": "30/11/2099", "until": "02/12/2099", "stand_in": ""}
    assert desk_of(world, "registrar").post("/desk/absences/", sent).status_code == 403
    assert desk_of(world, "specialist").post("/desk/absences/", sent).status_code == 302
