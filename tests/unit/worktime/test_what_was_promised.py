"""By when a limit counts as kept: what was late stays late, and what is known now says what stood at every instant."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from camaug.worktime.calendars import Calendar
from camaug.worktime.deadlines import ClockEffect, NewDate, Stop, deadline, promise
from camaug.worktime.limits import Limit
from tests.unit.worktime.test_against_the_slow_reference import calendars, limits, moments

lengths = st.integers(1, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def lives(draw) -> list[Stop]:
    """Stops one after the other, the last of them perhaps still going on."""
    at, found = draw(moments), []
    for _stop in range(draw(st.integers(0, 4))):
        begins = at + draw(lengths)
        at = begins + draw(lengths)
        found.append(Stop(ground="ANY", effect=draw(st.sampled_from(ClockEffect)), from_at=begins, until_at=at))
    if found and draw(st.booleans()):
        last = found.pop()
        found.append(Stop(ground="ANY", effect=last.effect, from_at=last.from_at, until_at=None))
    return found


def known(stops: list[Stop], at: datetime) -> list[Stop]:
    """The stops as they stood in the file at that instant."""
    return [
        Stop(one.ground, one.effect, one.from_at, one.until_at if one.until_at and one.until_at <= at else None)
        for one in stops
        if one.from_at < at
    ]


def passed(start: datetime, limit: Limit, stops: list[Stop], calendar: Calendar, at: datetime) -> bool:
    """Whether the date that stood in the file at that instant was over."""
    due = deadline(start, limit, known(stops, at), calendar).current
    return due is not None and due < at


@settings(max_examples=300, deadline=None)
@given(calendars(), moments, limits, lives(), st.lists(moments, min_size=1, max_size=8))
def test_it_says_of_every_instant_whether_the_limit_had_been_passed(calendar, start, limit, stops, instants):
    stops = [one for one in stops if one.from_at > start]
    found = promise(start, limit, stops, calendar)
    for at in [*(one for one in instants if one > start), *(one.from_at for one in stops)]:
        looked = [*(one.from_at for one in stops if one.from_at < at), at]
        late = any(passed(start, limit, stops, calendar, when) for when in looked)
        assert (found is not None and found < at) == late, at


@settings(max_examples=100, deadline=None)
@given(calendars(), moments, limits, lives(), moments, lengths)
def test_without_lateness_it_is_the_deadline_and_no_apology_moves_it(calendar, start, limit, stops, given_at, later):
    stops = [one for one in stops if one.from_at > start]
    found, plain = promise(start, limit, stops, calendar), deadline(start, limit, stops, calendar).current
    if not any(passed(start, limit, stops, calendar, one.from_at) for one in stops):
        assert found == plain
    excused = deadline(start, limit, stops, calendar, new_date=NewDate(given_at, given_at + later)).current
    begun = any(one.effect == ClockEffect.RESTART and one.from_at >= given_at for one in stops)
    if begun and given_at > start:
        assert excused == plain, "the limit begins anew, and the date of the apology is void"
