"""Calendars and deadlines against a reference that looks at every minute."""

from datetime import date, datetime, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar
from camaug.worktime.deadlines import ClockEffect, Stop, deadline, due_at
from camaug.worktime.limits import Cutoff, CutoffEffect, Limit, Unit
from tests.unit.worktime import reference

FIRST = date(2026, 2, 1)
DAYS = 45

times = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
days = st.integers(0, DAYS).map(lambda ahead: FIRST + timedelta(days=ahead))
moments = st.integers(0, DAYS * 24 * 60).map(
    lambda minute: datetime.combine(FIRST, time(), LOCAL) + timedelta(minutes=minute)
)


@st.composite
def periods(draw):
    marks = sorted(draw(st.sets(times, max_size=4)))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


weeks = st.tuples(*[periods()] * 7).filter(any)


@st.composite
def calendars(draw):
    off = draw(st.frozensets(days, max_size=8))
    worked = draw(st.frozensets(days, max_size=4)) - off
    changes = tuple(sorted(draw(st.dictionaries(days, weeks, max_size=2)).items()))
    return Calendar(periods=draw(weeks), off=off, worked=worked, changes=changes)


limits = st.one_of(
    st.builds(Limit, st.integers(0, 40), st.just(Unit.WORKING_HOURS)),
    st.builds(Limit, st.integers(0, 12), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])),
    st.builds(Limit, st.integers(0, 2), st.just(Unit.MONTHS)),
)
cutoffs = st.none() | st.builds(Cutoff, times, st.sampled_from(CutoffEffect))
stops = st.builds(
    lambda effect, a, b: Stop(ground="ANY", effect=effect, from_at=min(a, b), until_at=max(a, b)),
    st.sampled_from(ClockEffect),
    moments,
    moments,
)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, moments)
def test_working_time_between_counts_every_worked_minute(calendar, start, end):
    expected = reference.minutes_worked(start, end, calendar)
    assert calendar.working_time_between(start, end) == timedelta(minutes=expected)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 3000))
def test_adding_working_time_stops_at_the_first_minute_that_is_enough(calendar, start, minutes):
    expected = reference.after_minutes_worked(start, minutes, calendar)
    assert calendar.add_working_time(start, timedelta(minutes=minutes)) == expected


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 3000))
def test_what_is_added_is_what_is_counted_between(calendar, start, minutes):
    end = calendar.add_working_time(start, timedelta(minutes=minutes))
    assert calendar.working_time_between(start, end) == timedelta(minutes=minutes)


@settings(max_examples=150, deadline=None)
@given(calendars(), moments, limits, cutoffs)
def test_a_limit_ends_where_walking_the_days_ends(calendar, start, limit, cutoff):
    assert due_at(start, limit, calendar, cutoff) == reference.due(start, limit, [], calendar, cutoff)


@settings(max_examples=200, deadline=None)
@given(calendars(), moments, limits, st.lists(stops, max_size=4), cutoffs)
def test_stops_move_the_deadline_as_in_the_reference(calendar, start, limit, around, cutoff):
    found = deadline(start, limit, around, calendar, cutoff)
    assert found.original == reference.due(start, limit, [], calendar, cutoff)
    assert found.current == reference.due(start, limit, around, calendar, cutoff)
    assert sorted(map(str, around)) == sorted(str(exclusion.stop) for exclusion in found.exclusions)
    for place, exclusion in enumerate(found.exclusions, start=1):
        so_far = [earlier.stop for earlier in found.exclusions[:place]]
        assert exclusion.due_after == reference.due(start, limit, so_far, calendar, cutoff)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, limits, st.lists(stops, max_size=3), moments)
def test_while_a_stop_that_restarts_lasts_there_is_no_current_deadline(calendar, start, limit, ended, since):
    lasting = Stop(ground="ANY", effect=ClockEffect.RESTART, from_at=since, until_at=None)
    found = deadline(start, limit, [*ended, lasting], calendar)
    assert found.current is None
    assert found.original == due_at(start, limit, calendar)
    assert len(found.exclusions) == len(ended) + 1


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, limits, moments)
def test_a_stop_that_resumes_holds_the_deadline_open_only_if_the_limit_had_not_ended(calendar, start, limit, since):
    lasting = Stop(ground="ANY", effect=ClockEffect.RESUME, from_at=since, until_at=None)
    due = due_at(start, limit, calendar)
    begins = max(since, reference.received(start, calendar, None))
    assert deadline(start, limit, [lasting], calendar).current == (None if begins < due else due)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, moments, limits)
def test_an_earlier_file_is_never_due_later(calendar, one, other, limit):
    assume(one <= other)
    assert due_at(one, limit, calendar) <= due_at(other, limit, calendar)
