"""Every page, file and operation that shows an officer somebody's details writes down that he looked."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase

from camaug.cases.models import ListReading, Reading
from camaug.kernel.pages import Audience, door_of
from camaug.people.models import Person
from tests.belongings import Belonging, belongings, names_a_case, of_the_office
from tests.integration.test_every_url_against_the_cast import seen_by
from tests.urls import Url, every_url, is_operation
from tests.urls_samples import SAMPLES
from tests.visitors import Visitor, visitors
from tests.world import World

KEYS = ("clerk", "chairman", "specialist", "administrator", "district_head")
"""Between them they open every page of officers."""
MADE_UP = {"catalogue:version_file", "catalogue:draft_scenarios", "catalogue:draft_file"}
"""Rehearsals of a procedure are about nobody, though they borrow the cast's names."""


@pytest.fixture
def officers(world: World) -> list[Visitor]:
    found = {one.key: one for one in visitors(world)}
    return [found[key] for key in KEYS]


def details() -> re.Pattern[str]:
    """The numbers, telephones and mailboxes of all citizens, as pages write them: without blanks."""
    people = Person.objects.exclude(phone="")
    told = {text for one in people for text in (one.personal_number, one.phone, one.phone[3:], one.email) if text}
    return re.compile("|".join(map(re.escape, sorted(told))))


def looks(visitor: Visitor, path: str) -> tuple[int, HttpResponseBase, bytes]:
    """How often it was written down, in a transaction that is undone; with what was shown."""
    with transaction.atomic():
        Reading.objects.all().delete()
        response = visitor.client.get(path)
        shown = b"".join(response) if response.streaming else response.content
        by = {"account_id": visitor.actor.account_id}
        noted = Reading.objects.filter(**by).count() + ListReading.objects.filter(**by).count()
        transaction.set_rollback(True)
    return noted, response, shown


def is_personal(response: HttpResponseBase, shown: bytes, pattern: re.Pattern[str]) -> bool:
    plain = re.sub(r"[\s.\xa0]", "", shown.decode(errors="replace"))
    return response.status_code in (200, 403, 422) and bool(pattern.search(plain))


def pages(url: Url, cases: list[Belonging]) -> Iterator[str]:
    """The page about each case."""
    for one in cases:
        yield url.path(one.fill(SAMPLES[url.name]))


def test_every_page_about_a_case_writes_down_who_looked(officers: list[Visitor], world: World) -> None:
    silent, seen = [], 0
    cases = belongings(world)
    known = {visitor.key: seen_by(visitor.actor, cases) for visitor in officers}
    for url in (one for one in every_url() if names_a_case(SAMPLES.get(one.name, {})) and one.name != "cases:batch"):
        ways = ((visitor, path) for visitor in officers for path in pages(url, known[visitor.key]))
        for visitor, path in ways:
            noted, response, _shown = looks(visitor, path)
            if response.status_code == 200:
                seen += 1
                silent += [] if noted else [f"{visitor.key} at {path}"]
                break
    assert not silent, "\n".join(silent)
    assert seen >= 35


def test_no_other_page_shows_details_in_silence(officers: list[Visitor], world: World) -> None:
    belongings(world)
    values, pattern = of_the_office(world), details()
    silent = []
    for url in every_url():
        sample = SAMPLES.get(url.name, {})
        door = door_of(url.view)
        closed = door is not None and door.audience == Audience.STAFF
        if names_a_case(sample) or url.name in MADE_UP or not (closed or is_operation(url)):
            continue
        path = url.path({name: values.get(name, value) for name, value in sample.items()})
        for visitor in (one for one in officers if door and door.admits(one.actor)):
            noted, response, shown = looks(visitor, path)
            if not noted and is_personal(response, shown, pattern):
                silent.append(f"{visitor.key} at {path}")
    assert not silent, "\n".join(silent)
