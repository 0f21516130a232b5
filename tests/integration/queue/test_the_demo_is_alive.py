"""The demonstration's halls live while the offices work, and rest at night."""

from collections import Counter as Tally
from datetime import timedelta

from django.conf import settings

from camaug.queue import demo
from camaug.queue.models import Shift, Ticket
from tests.world import AT, COMMUNE, DISTRICT, World

NOON = AT + timedelta(hours=2)


def states(world: World, agency: str) -> Tally[str]:
    return Tally(Ticket.objects.filter(hall_id=world.agencies[agency]).values_list("state", flat=True))


def test_some_wait_and_some_are_served_and_the_first_counter_is_left_to_the_cast(world: World) -> None:
    demo.play(settings.PROFILE, at=NOON)
    for agency in (COMMUNE, DISTRICT):
        found = states(world, agency)
        assert found["WAITING"], (agency, found)
    assert states(world, DISTRICT)["SERVED"]
    assert not Shift.objects.filter(counter__number=1).exists()
    before = Ticket.objects.count()
    demo.play(settings.PROFILE, at=NOON)
    assert Ticket.objects.count() <= before + len(demo.HALLS)


def test_nobody_comes_at_night(world: World) -> None:
    demo.play(settings.PROFILE, at=AT - timedelta(hours=6))
    assert not Ticket.objects.exists()
