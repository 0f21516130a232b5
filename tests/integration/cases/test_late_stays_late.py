"""A case that was late when its clock was stopped is late for good: in reports, kept figures, lists; past months stay."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from camaug.cases.actions.apologise import apologise
from camaug.cases.actions.approve import approve
from camaug.cases.actions.count import count_anew
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.actions.reopen import reopen
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.resume import resume
from camaug.cases.actions.supplement import supplement
from camaug.cases.actions.suspend import suspend
from camaug.cases.models import Case, Outcome
from camaug.cases.queries import figures, inbox, total
from camaug.cases.queries.load import unit_load
from camaug.cases.queries.reports import (
    FORMULAS,
    PUBLIC,
    Asked,
    Formula,
    Group,
    Numbers,
    counted,
    streamed,
    together,
    window_of,
)
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import EventRecord
from tests.applications import shop_intake
from tests.cases_at_random import lives
from tests.desks import desk_of, page_of
from tests.world import AT, World

FORM = FORMULAS[0]
NOVEMBER, DECEMBER = (date(2026, 11, 1), date(2026, 12, 1)), (date(2026, 12, 1), date(2027, 1, 1))
DUE = datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)
NOW = datetime(2026, 12, 20, 9, 0, tzinfo=LOCAL)
ITEMS = [Item("", "Tờ khai", "Thiếu chữ ký.")]


def on(day: int, hour: int = 9, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=LOCAL)


@pytest.fixture
def shop(world: World) -> Case:
    """Received on Monday the 23rd of November, due on Friday the 27th."""
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert (case.due_at, case.promised_at) == (DUE, DUE)
    return case


def ask(world: World, case: Case, at: datetime) -> Case:
    return request_supplement(case.id, ITEMS, reason="Thiếu", by=world.officer("district_specialist"), at=at)


def add(world: World, case: Case, at: datetime) -> Case:
    return supplement(case.id, by=world.officer("district_clerk"), at=at)


def finish(world: World, case: Case, at: datetime) -> Case:
    propose(case.id, Outcome.GRANTED, by=world.officer("district_specialist"), at=at)
    approve(case.id, by=world.officer("district_head"), at=at)
    return publish_result(case.id, by=world.officer("district_registrar"), at=at)


def report(formula: Formula, days: tuple[date, date], *, at: datetime = NOW) -> Numbers:
    return together(counted(Asked(), formula, window_of(*days, at=at), by=Group.FIELD).values(), formula)


def standing(days: tuple[date, date]) -> list[str]:
    column = FORM.columns[0]
    return [row.standing for row in streamed(Asked(), column, window_of(*days, at=NOW), actor=SYSTEM)]


def test_a_supplement_asked_after_the_date_makes_nothing_timely(world: World, shop: Case) -> None:
    ask(world, shop, on(3))
    case = add(world, shop, on(4))
    assert case.due_at
    assert (case.due_at > NOW - timedelta(days=15), case.promised_at) == (True, DUE)
    case = finish(world, case, on(4, 10))
    assert case.finished_at
    assert case.due_at
    assert case.finished_at < case.due_at
    assert EventRecord.objects.get(name="cases.ResultPublished").facts["on_time"] is False
    for formula in (FORM, PUBLIC):
        assert (report(formula, DECEMBER)["late"], report(formula, DECEMBER)["resolved"]) == (1, 1)
    assert standing(DECEMBER) == ["late"]
    count_anew()
    assert total(figures("agency", *DECEMBER, at=NOW).values()).late == 1


def test_the_report_of_a_month_that_is_over_stays_what_it_was(world: World, shop: Case) -> None:
    def november(at: datetime) -> list[object]:
        count_anew()
        kept = total(figures("agency", *NOVEMBER, at=at).values())
        return [report(FORM, NOVEMBER, at=at), report(PUBLIC, NOVEMBER, at=at), kept]

    closed = november(on(1))
    assert report(FORM, NOVEMBER)["overdue"] == report(PUBLIC, NOVEMBER)["overdue"] == 1
    ask(world, shop, on(3))
    assert november(on(3)) == closed
    add(world, shop, on(4))
    assert november(on(4)) == closed
    finish(world, shop, on(7))
    assert november(on(8)) == closed


def test_what_waits_for_a_supplement_at_the_close_is_judged_on_the_day_of_the_request(world: World, shop: Case) -> None:
    other = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    ask(world, shop, on(27, 9, 11))
    ask(world, other, on(30, 9, 11))
    form, public = report(FORM, NOVEMBER), report(PUBLIC, NOVEMBER)
    assert (form["resolved"], form["on_time"], form["late"], form["open"]) == (2, 1, 1, 0)
    assert (public["resolved"], public["in_time"], public["overdue"]) == (0, 1, 1)
    assert sorted(standing(NOVEMBER)) == ["waiting", "waiting_late"]


def test_a_second_request_that_waits_at_the_close_is_late(world: World, shop: Case) -> None:
    ask(world, shop, on(25, 9, 11))
    add(world, shop, on(26, 9, 11))
    ask(world, shop, on(27, 9, 11))
    form = report(FORM, NOVEMBER)
    assert (form["late"], form["on_time"], standing(NOVEMBER)) == (1, 0, ["waiting_late"])


def test_a_limit_that_begins_anew_in_time_is_kept_by_its_new_date(world: World, shop: Case) -> None:
    ask(world, shop, on(27, 9, 11))
    case = add(world, shop, on(2))
    assert case.promised_at == case.due_at != DUE
    finish(world, case, on(4))
    assert report(FORM, DECEMBER)["early"] == 1


@pytest.mark.parametrize(("asked", "wanted"), [(on(27, 9, 11), "early"), (on(30, 9, 11), "late")])
def test_an_apology_counts_no_more_once_the_limit_begins_anew_in_time(
    world: World, shop: Case, asked: datetime, wanted: str
) -> None:
    head = world.officer("district_head")
    excused = apologise(shop.id, new_date=date(2026, 12, 1), reason="Chờ", by=head, at=on(26, 9, 11))
    assert excused.promised_at == DUE
    ask(world, shop, asked)
    finish(world, add(world, shop, on(2)), on(4))
    assert report(FORM, DECEMBER)[wanted] == 1
    count_anew()
    assert getattr(total(figures("agency", *DECEMBER, at=NOW).values()), wanted) == 1


def test_a_pause_after_an_apology_moves_what_was_promised_first(world: World, shop: Case) -> None:
    head, specialist = world.officer("district_head"), world.officer("district_specialist")
    apologise(shop.id, new_date=date(2026, 12, 4), reason="Chờ", by=head, at=on(26, 9, 11))
    paused = suspend(shop.id, ground="APPRAISAL", document="1", reason="Chờ", by=specialist, at=on(27, 9, 11))
    assert paused.promised_at is None
    case = resume(shop.id, by=specialist, at=on(30, 9, 11))
    assert case.promised_at == on(30, 17, 11)


def test_what_is_late_stays_on_the_officers_list_and_says_since_when(world: World, shop: Case) -> None:
    specialist = world.officer("district_specialist")
    ask(world, shop, on(30, 9, 11))
    add(world, shop, on(1))
    found = inbox(specialist, "overdue", at=on(1, 10))
    assert [(row.code, row.due.tone == "late", row.late_since) for row in found.rows] == [(shop.code, False, DUE)]
    assert found.counts["overdue"] == 1
    head = world.officer("district_head")
    assert unit_load(head, None, at=on(1, 10)).load.late == 1
    assert inbox(specialist, "overdue", at=on(27, 16, 11)).rows == ()


def test_pages_say_since_when(world: World, shop: Case, clock: Callable[[datetime], None]) -> None:
    clock(on(25, 9, 11))
    Case.objects.filter(pk=shop.pk).update(promised_at=AT - timedelta(days=3))
    desk = desk_of(world, "district_specialist")
    assert "Trễ từ ngày 20/11/2026" in desk.get(page_of(shop)).content.decode()
    assert "Trễ từ ngày 20/11/2026" in desk.get("/desk/overdue/").content.decode()


def test_a_case_that_is_reopened_is_under_way_again_and_keeps_its_promise(world: World, shop: Case) -> None:
    finish(world, shop, on(26, 9, 11))
    assert report(FORM, NOVEMBER)["early"] == 1
    case = reopen(shop.id, reason="Sai tên", by=world.officer("district_head"), at=on(2))
    assert case.promised_at == DUE
    november = report(FORM, NOVEMBER)
    assert (november["resolved"], november["overdue"], november["received"]) == (0, 1, 1)
    assert report(FORM, DECEMBER)["carried"] == 1


def test_an_update_finds_what_was_promised_from_stops_and_apologies(world: World) -> None:
    lives(world, 600)
    rows = Case.objects.filter(received_at__isnull=False).order_by("id")
    right = list(rows.values_list("id", "promised_at"))
    assert Case.objects.exclude(stops=None).exclude(extension=None).count() > 10
    rows.update(promised_at=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("camaug.cases.migrations.0027_promises")._FILL)
    assert list(rows.values_list("id", "promised_at")) == right
