"""Who sees which item of the frame, in which order, and which one is current."""

import pytest
from django.test import RequestFactory

from camaug.kernel.actors import ANONYMOUS, Actor, ActorKind
from camaug.ui import navigation

STAFF = Actor(kind=ActorKind.STAFF, name="Trần Thị Minh")


@pytest.fixture
def _empty_rail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(navigation._ITEMS, "desk", [])


def rail(actor: Actor, path: str = "/") -> tuple[navigation.Group, ...]:
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]
    return navigation.groups("desk", request)


def is_staff(actor: Actor) -> bool:
    return actor.kind == ActorKind.STAFF


@pytest.mark.usefixtures("_empty_rail")
def test_an_item_is_shown_to_those_whom_its_predicate_names() -> None:
    navigation.register("desk", label="Gallery", url="ui:gallery", group="Shared", shown=is_staff, count=lambda _: 3)
    assert rail(ANONYMOUS) == ()
    (group,) = rail(STAFF)
    assert group.label == "Shared"
    assert [(link.label, link.href, link.count) for link in group.links] == [("Gallery", "/gallery/", 3)]


@pytest.mark.usefixtures("_empty_rail")
def test_groups_stand_in_the_order_of_their_first_item() -> None:
    navigation.register("desk", label="Last", url="ui:theme", group="B", order=30)
    navigation.register("desk", label="First", url="ui:gallery", group="A", order=10)
    navigation.register("desk", label="Middle", url="ui:language", group="B", order=20)
    assert [(g.label, [link.label for link in g.links]) for g in rail(STAFF)] == [
        ("A", ["First"]),
        ("B", ["Middle", "Last"]),
    ]


@pytest.mark.usefixtures("_empty_rail")
def test_the_item_above_the_page_is_current() -> None:
    navigation.register("desk", label="Gallery", url="ui:gallery", group="A")
    navigation.register("desk", label="Theme", url="ui:theme", group="A")
    assert [link.current for link in rail(STAFF, "/gallery/desk/")[0].links] == [True, False]
    assert [link.current for link in rail(STAFF, "/elsewhere/")[0].links] == [False, False]
