"""Rows of copies: made here or in a process of its own, in one part or in many, they are the same."""

from array import array
from datetime import datetime
from itertools import pairwise

import pytest
import yaml
from django.conf import settings

from camaug.cases.volume.crowd import Crowd
from camaug.cases.volume.packing import Lengths, Template
from camaug.cases.volume.stamp import COPY, WEEK, Form, People, Venue
from camaug.cases.volume.stamping import Part, Series, Work, parts, stamped
from camaug.kernel.clock import LOCAL

NUMBER, TURN, ROW = 2_500, 1_300, 226
NONE = Lengths([], {}, {})
ORDER = {slot: place for place, slot in enumerate([*WEEK, *COPY, "c:sex"])}
FORM = Form(
    begins=datetime(2025, 7, 7, 8, tzinfo=LOCAL),
    sex="FEMALE",
    tables=(("t", Template.of([WEEK[True], COPY[True], b"\0\1", "c:sex", b"." * 200], ORDER)),),
    moments=(),
    hosted=(),
    own=("c:sex",),
    octets=(),
    lengths=NONE,
    numbers=(),
    others=(),
    cells=(),
    counted=(0, "", ""),
)
PEOPLE = People((("p", Template.of(["c:number"], {"c:number": 0})),), (("c:number", 0),), NONE)


def work(*, crowd_from: int = 0, people: People | None = None, form: int = 0) -> Work:
    crowd = Crowd(yaml.safe_load((settings.PROFILE / "names.yaml").read_text("utf-8")), seed=1)
    plan = array("h", [form, 0, 0] * TURN + [form, 1, 0] * (NUMBER - TURN))
    venues = ((Venue("H12", (), (), ()),),)
    return Work(crowd, crowd_from, 100, 1, people, (FORM,), venues, plan, 0, Series({}, {}))


def kept(told: Part | Series) -> Part | Series:
    """As it stays when the next is asked for; its pieces stand in one room, one after the other."""
    return told._replace(octets=[b"".join(map(bytes, told.octets))]) if isinstance(told, Part) else told


def octets(told: list[Part | Series]) -> bytes:
    return b"".join(bytes(one) for part in told if isinstance(part, Part) for one in part.octets)


@pytest.mark.parametrize("crowd_from", [0, 125])
def test_ids_grow_over_weeks_and_who_applies_is_of_the_patterns_sex(crowd_from: int) -> None:
    told = list(parts(work(crowd_from=crowd_from)))
    whole = octets(told)
    rows = [whole[place : place + ROW] for place in range(0, len(whole), ROW)]
    assert len(rows) == NUMBER
    assert all(first[4:20] < second[4:20] for first, second in pairwise(rows))
    assert {row[20:26] for row in rows} == {b"FEMALE"}


def test_each_day_has_its_own_numbers() -> None:
    *_parts, series = parts(work())
    assert isinstance(series, Series)
    assert [(day.isoformat(), last) for (_agency, day), last in series.given_codes.items()] == [
        ("2025-07-07", TURN),
        ("2025-07-14", NUMBER - TURN),
    ]


def test_rows_are_the_same_in_one_part_and_in_many() -> None:
    whole, one_by_one = list(parts(work())), list(parts(work(), at_once=1))
    assert octets(one_by_one) == octets(whole)
    assert [part.made for part in one_by_one if isinstance(part, Part)] == [1_000, 2_000, NUMBER]


def test_a_process_of_its_own_makes_the_same() -> None:
    here = list(parts(work(people=PEOPLE)))
    with stamped(work(people=PEOPLE)) as made:
        there = [kept(one) for one in made]
    assert there == here


@pytest.mark.parametrize(("people", "heard"), [(None, []), (PEOPLE, ["p"])])
def test_work_that_cannot_be_done_ends_with_an_error_and_does_not_wait(people: People | None, heard: list[str]) -> None:
    tables = list[str]()
    with stamped(work(people=people, form=7)) as made, pytest.raises(EOFError):
        tables.extend(part.table for part in made if isinstance(part, Part) and list(part.octets))
    assert tables == heard
