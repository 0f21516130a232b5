"""What applicants said, as the office reads it: heads of their own agency, officers of cases they had in hand."""

import pytest

from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.rate import rate
from camaug.cases.models import Case
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.world import AT, World

WORDS = "Cô ở quầy hướng dẫn tận tình."


def rated(world: World, *, end: bool = True) -> Case:
    case = carry(world, send_birth(world), to="RETURN")
    rate(case.id, "NOT_SATISFIED", words=WORDS, by=world.citizen("mother"), at=AT)
    return hand_out(case.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=AT) if end else case


def page(world: World, key: str, query: str = "") -> str:
    answer = desk_of(world, key).get(f"/desk/ratings/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", ["chairman", "clerk", "specialist", "registrar"])
def test_the_head_and_those_who_had_the_case_read_the_words(world: World, key: str) -> None:
    case = rated(world)
    shown = page(world, key)
    assert WORDS in shown
    assert str(case.code) in shown
    assert "Nguyễn Thị Lan" not in shown.split("<main")[1]


@pytest.mark.parametrize("key", ["district_clerk", "other_clerk", "district_head"])
def test_nobody_else_does(world: World, key: str) -> None:
    rated(world)
    assert WORDS not in page(world, key)


@pytest.mark.parametrize("key", ["chairman", "clerk"])
def test_nothing_is_read_before_the_result_is_handed_out(world: World, key: str) -> None:
    """Whoever still holds the result in hand knows of no rating."""
    case = rated(world, end=False)
    assert WORDS not in page(world, key)
    assert "NOT_SATISFIED" not in desk_of(world, "clerk").get(f"/desk/cases/{case.code}/").content.decode()


def test_the_list_is_narrowed_by_what_was_said(world: World) -> None:
    rated(world)
    assert WORDS in page(world, "chairman", "?said=NOT_SATISFIED")
    assert WORDS not in page(world, "chairman", "?said=SATISFIED")
    assert WORDS in page(world, "chairman", "?said=x&place=y")
