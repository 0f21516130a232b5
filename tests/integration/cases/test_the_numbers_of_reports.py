"""Every number of a report is as long as its list, the columns add up, and so does every way of grouping."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.cases.actions.count import count_anew
from camaug.cases.models import Case, Stop, Supplement
from camaug.cases.queries import figures, total
from camaug.cases.queries.reports import (
    FORMULAS,
    PUBLIC,
    Asked,
    Formula,
    Group,
    Window,
    counted,
    formula_on,
    listed,
    may_read,
    readable,
    streamed,
    together,
    window_of,
)
from camaug.kernel.actors import SYSTEM
from tests.cases_at_random import CLOSED, PLACES, lives
from tests.world import AT, CENTRE, COMMUNE, DISTRICT, FINANCE_OFFICE, OTHER_COMMUNE, World

MONTH, QUARTER = (date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 7, 1), date(2026, 10, 1))
ODD, RUNNING = (date(2026, 8, 13), date(2026, 10, 7)), (date(2026, 11, 1), date(2026, 12, 1))
PERIODS = pytest.mark.parametrize("days", [MONTH, QUARTER, ODD, RUNNING])
PLACED = pytest.mark.parametrize("grouped", list(Group))


def window(days: tuple[date, date]) -> Window:
    return window_of(*days, at=CLOSED)


def formula(days: tuple[date, date]) -> Formula:
    return formula_on(days[1] - timedelta(days=1))


@PERIODS
@PLACED
def test_a_number_is_as_long_as_its_list(world: World, days: tuple[date, date], grouped: Group) -> None:
    lives(world, 300)
    found = counted(Asked(), formula(days), window(days), by=grouped)
    assert found
    for key, numbers in found.items():
        asked = {
            Group.AGENCY: Asked(frozenset({key})),
            Group.FIELD: Asked(field=key),
            Group.PROCEDURE: Asked(procedure=key),
        }[grouped]
        for column in formula(days).columns:
            rows = list(streamed(asked, column, window(days), actor=SYSTEM))
            assert len(rows) == numbers[column.name], (key, column.name)
            assert len({row.code for row in rows}) == len(rows)


@PERIODS
def test_every_grouping_adds_up_to_the_same(world: World, days: tuple[date, date]) -> None:
    lives(world, 400)
    sums = [together(counted(Asked(), formula(days), window(days), by=by).values(), formula(days)) for by in Group]
    assert sums[0] == sums[1] == sums[2]
    assert sums[0]["received"] == sums[0]["resolved"] + sums[0]["open"]
    for column in formula(days).columns:
        if column.parts:
            assert sums[0][column.name] == sum(sums[0][part] for part in column.parts)


@PERIODS
def test_the_columns_say_what_a_slow_and_plain_count_says(world: World, days: tuple[date, date]) -> None:
    made = lives(world, 400)
    start, end = window(days).start, window(days).end
    stops, asked = rows_of(Stop, "from_at"), rows_of(Supplement, "requested_at")
    plain = dict.fromkeys((column.name for column in formula(days).columns), 0)
    for case in made:
        received, ended = case.received_at, case.finished_at
        assert received
        asked_by_then = [one for one in asked[case.pk] if one.requested_at < end]
        waiting = [one for one in asked_by_then if one.answered_at is None or one.answered_at >= end]
        due = promised_by(case, stops[case.pk], end)
        overdue = due is not None and due < end - timedelta(microseconds=1)
        if received >= end or (ended and ended < start):
            continue
        plain["received"] += 1
        plain["carried" if received < start else "online" if case.channel == "ONLINE" else "direct"] += 1
        if ended and ended < end:
            plain["resolved"] += 1
            returned = case.state == "STOPPED"
            due = promised_by(case, stops[case.pk], ended)
            plain["on_time" if returned else how_it_came(ended, due, twice=len(asked_by_then) > 1)] += 1
        elif waiting:
            plain["resolved"] += 1
            plain["late" if overdue or len(asked_by_then) > 1 else "on_time"] += 1
        else:
            plain["open"] += 1
            plain["overdue" if overdue else "in_time"] += 1
    assert min(plain["late"], plain["overdue"], plain["in_time"]) > 5
    assert together(counted(Asked(), formula(days), window(days), by=Group.FIELD).values(), formula(days)) == plain


def rows_of(model: type[Stop | Supplement], key: str) -> dict[UUID, list[Any]]:
    """The rows of each case, in order."""
    found = defaultdict[UUID, list[Any]](list)
    for row in model.objects.order_by(key):
        found[row.case_id].append(row)
    return found


def promised_by(case: Case, stops: list[Stop], at: datetime) -> datetime | None:
    """What was promised, as one knew it at that instant; what was late when a stop began is promised nothing new."""
    promised = case.original_due_at
    for stop in stops:
        if stop.from_at >= at or (promised and promised < stop.from_at):
            return promised
        promised = stop.due_after if stop.until_at and stop.until_at < at else None
    return promised


def how_it_came(ended: datetime, due: datetime | None, *, twice: bool) -> str:
    if twice:
        return "late"
    if due is None:
        return "undated"
    if ended > due:
        return "late"
    local = [one.astimezone(AT.tzinfo).date() for one in (ended, due)]
    return "early" if local[0] < local[1] else "on_time"


def test_whole_months_agree_with_the_public_figures(world: World) -> None:
    lives(world, 400)
    count_anew()
    for days in (MONTH, QUARTER, RUNNING):
        kept = total(figures("field", *days, at=CLOSED).values())
        now = together(counted(Asked(), PUBLIC, window(days), by=Group.FIELD).values(), PUBLIC)
        assert now == {
            "received": kept.all,
            "online": kept.received_online,
            "direct": kept.received_direct,
            "carried": kept.carried,
            "resolved": kept.resolved,
            "early": kept.early,
            "on_time": kept.on_time,
            "late": kept.late,
            "undated": kept.undated,
            "open": kept.open,
            "in_time": kept.in_time,
            "overdue": kept.overdue,
        }


def test_what_is_under_way_at_the_end_of_a_month_is_carried_over_into_the_next(world: World) -> None:
    lives(world, 300)
    months = [(date(2026, n, 1), date(2026, n + 1, 1)) for n in (7, 8, 9, 10)]
    found = [together(counted(Asked(), PUBLIC, window(one), by=Group.FIELD).values(), PUBLIC) for one in months]
    assert [one["carried"] for one in found[1:]] == [one["open"] for one in found[:-1]]
    form = [
        together(counted(Asked(), FORMULAS[0], window(one), by=Group.FIELD).values(), FORMULAS[0]) for one in months
    ]
    assert [one["carried"] for one in form] == [one["carried"] for one in found]
    assert all(one["open"] < other["open"] for one, other in zip(form, found, strict=True)), (
        "some wait for a supplement"
    )


@PERIODS
def test_pages_hold_the_same_cases_as_the_stream(world: World, days: tuple[date, date]) -> None:
    lives(world, 300)
    column = formula(days).columns[0]
    stream = [row.code for row in streamed(Asked(), column, window(days), actor=SYSTEM)]
    pages: list[str] = []
    token = "-"
    while token:
        page = listed(Asked(), column, window(days), actor=SYSTEM, token=token)
        pages += [row.code for row in page.rows]
        token = page.older
    assert pages == stream[::-1]


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    chairman = world.officer("chairman")
    for number in (50, 300):
        Case.objects.filter(code__startswith="H12.99").delete()
        lives(world, number)
        with CaptureQueriesContext(connection) as asked:
            counted(Asked(), FORMULAS[0], window(MONTH), by=Group.AGENCY)
        assert len(asked) == 3
        with CaptureQueriesContext(connection) as asked:
            listed(Asked(), FORMULAS[0].columns[0], window(MONTH), actor=chairman)
        assert len(asked) == 2


def test_who_reads_whose_reports(world: World) -> None:
    def reads(officer: str) -> list[str]:
        return [one.code for one in readable(world.officer(officer), at=AT)]

    assert reads("chairman") == [COMMUNE]
    assert reads("district_chairman") == [DISTRICT]
    assert reads("district_head") == [FINANCE_OFFICE]
    assert reads("clerk") == reads("specialist") == reads("administrator") == []
    district = world.officer("district_chairman")
    own = [code for code in PLACES if may_read(district, world.agencies[code], at=AT)]
    assert own == [COMMUNE, DISTRICT, FINANCE_OFFICE]
    assert not may_read(world.officer("chairman"), world.agencies[DISTRICT], at=AT)
    assert not may_read(world.officer("clerk"), world.agencies[COMMUNE], at=AT)
    assert OTHER_COMMUNE not in own


def test_the_head_of_the_provincial_centre_watches_over_the_whole_province(world: World) -> None:
    clerk = world.officer("centre_clerk")
    head = replace(
        clerk, posts=tuple(replace(post, roles=frozenset({"ONE_STOP_HEAD"}), grants=None) for post in clerk.posts)
    )
    assert [one.code for one in readable(head, at=AT)] == ["H12"]
    assert all(may_read(head, world.agencies[code], at=AT) for code in (*PLACES, CENTRE))


def test_a_row_names_the_applicant_only_to_those_who_take_part(world: World) -> None:
    lives(world, 60)
    column, asked = FORMULAS[0].columns[0], Asked()
    rows = list(streamed(asked, column, window(ODD), actor=world.officer("chairman")))
    for row in rows:
        assert row.visible == bool(row.applicant) == (row.agency_id == world.agencies[COMMUNE])
    assert {row.visible for row in rows} == {True, False}
