"""Between two turns whoever holds a role is the same, so that it need not be asked again."""

from datetime import datetime, time, timedelta

from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.end_position import end_position
from camaug.people.models import Position
from camaug.people.queries import holders, turns
from tests.world import AT, World

DAY = timedelta(days=1)


def test_an_absence_turns_when_it_begins_and_when_it_ends(world: World) -> None:
    chairman, specialist = (
        Position.objects.get(pk=world.officer(key).posts[0].id) for key in ("chairman", "specialist")
    )
    begins, ends = AT + DAY, AT + 3 * DAY
    declare_absence(chairman.id, stand_in_id=specialist.officer_id, from_at=begins, until_at=ends, by=SYSTEM, at=AT)
    assert {begins, ends} <= set(turns())
    away = [
        any(one.away for one in holders("LEADER", chairman.agency_id, at))
        for turn in (begins, ends)
        for at in (turn - timedelta(microseconds=1), turn)
    ]
    assert away == [False, True, True, False]


def test_a_post_that_ends_turns_at_the_midnight_of_its_day(world: World) -> None:
    post = Position.objects.get(pk=world.officer("specialist").posts[0].id)
    last = (AT + 7 * DAY).astimezone(LOCAL).date()
    end_position(post.id, until_date=last, by=SYSTEM, at=AT)
    assert datetime.combine(last, time.min, LOCAL) in turns()
    assert list(turns()) == sorted(set(turns()))
