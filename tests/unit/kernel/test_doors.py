from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from camaug.kernel.actors import ANONYMOUS, SYSTEM, Actor, ActorKind, Post
from camaug.kernel.pages import Audience, Door, door_of, members, public, staff

ONE, TWO = UUID(int=1), UUID(int=2)


def officer(*roles: str) -> Actor:
    return Actor(kind=ActorKind.STAFF, posts=(Post(id=ONE, unit_id=TWO, title="", roles=frozenset(roles)),))


WITHOUT_POST = Actor(kind=ActorKind.STAFF)
CITIZEN = Actor(kind=ActorKind.PUBLIC, person_id=ONE)
UNNAMED = Actor(kind=ActorKind.PUBLIC)


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@pytest.mark.parametrize(
    ("door", "in_", "out"),
    [
        (Door(Audience.PUBLIC), [ANONYMOUS, UNNAMED, CITIZEN, WITHOUT_POST, officer("CLERK"), SYSTEM], []),
        (Door(Audience.MEMBERS), [CITIZEN], [ANONYMOUS, UNNAMED, WITHOUT_POST, officer("CLERK"), SYSTEM]),
        (Door(Audience.STAFF), [officer(), officer("CLERK")], [ANONYMOUS, UNNAMED, CITIZEN, WITHOUT_POST, SYSTEM]),
        (
            Door(Audience.STAFF, frozenset({"cases.submit", "cases.assign"})),
            [officer("ONE_STOP_CLERK"), officer("OTHER", "LEADER")],
            [ANONYMOUS, UNNAMED, CITIZEN, WITHOUT_POST, officer(), officer("SPECIALIST"), SYSTEM],
        ),
    ],
    ids=["public", "members", "staff", "staff with a permission"],
)
def test_a_door_admits_its_audience_and_nobody_else(door: Door, in_: list[Actor], out: list[Actor]) -> None:
    assert [actor for actor in in_ if not door.admits(actor)] == []
    assert [actor for actor in out if door.admits(actor)] == []


@pytest.mark.parametrize(
    ("decorate", "door"),
    [
        (public, Door(Audience.PUBLIC)),
        (members, Door(Audience.MEMBERS)),
        (staff, Door(Audience.STAFF)),
        (staff(may="cases.submit"), Door(Audience.STAFF, frozenset({"cases.submit"}))),
    ],
)
def test_a_decorator_declares_the_door_and_leaves_the_page(
    decorate: Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]], door: Door
) -> None:
    decorated = decorate(page)
    assert door_of(decorated) == door
    assert decorated(HttpRequest()).content == b"seen"
    assert door_of(page) is None


def test_the_door_is_seen_through_other_decorators() -> None:
    assert door_of(require_POST(public(page))) == Door(Audience.PUBLIC)
