"""Beyond so many hits the page says so and ranks only the newest; the number of queries stays the same."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from camaug.access.models import Account
from camaug.cases.models import Case
from camaug.cases.queries import search as cases_found
from camaug.desk.web.search import WORDS, search
from camaug.kernel.text import accented
from tests.applications import carry, send_birth
from tests.desks import desk_of, found
from tests.world import AT, World


def test_only_the_newest_hits_are_ranked_and_the_page_says_so(world: World) -> None:
    cases = [send_birth(world) for _ in range(4)]
    asked = RequestFactory().get("/desk/search/", WORDS.words("nguyen lan", by=world.officer("clerk")).query)
    asked.actor, asked.at, asked.user = world.officer("clerk"), AT, Account.objects.get(pk=world.officers["clerk"])
    shown = search(asked, ranked=3).content.decode()
    assert "Có hơn 3 hồ sơ chứa các từ này." in shown
    assert [case.code in shown for case in cases] == [False, True, True, True]
    assert "Có hơn 3" not in found(world, "clerk", str(cases[0].code))


def test_the_field_keeps_what_was_typed(world: World) -> None:
    shown = found(world, "clerk", "nguyen lan")
    assert 'type="search" value="nguyen lan"' in shown


def test_what_was_sent_long_ago_is_found_behind_what_is_new_and_behind_what_is_spelled_so(world: World) -> None:
    sent = [send_birth(world) for _ in range(4)]
    for case, days in zip(sent, (400, 5, 120, 40), strict=True):
        Case.objects.filter(pk=case.pk).update(submitted_at=AT - timedelta(days=days))
    Case.objects.filter(pk=sent[2].pk).update(accented=accented("Tuấn_100% khai sinh"), folded="tuan_100% khai sinh")
    clerk = world.officer("clerk")

    def ids(asked: str) -> list[UUID]:
        return [row.id for row in cases_found(clerk, asked, at=AT).rows]

    assert ids("khai sinh") == [sent[1].id, sent[3].id, sent[2].id, sent[0].id]
    assert ids("Tuấn_100%") == ids("tuan_100%") == [sent[2].id]
    Case.objects.filter(pk=sent[0].pk).update(accented=accented("Khái Sinh"))
    assert ids("khái sinh")[0] == sent[0].id


@pytest.mark.parametrize(("path", "asked"), [("/desk/receive/", {}), ("/desk/search/", {"q": "nguyen thi lan"})])
def test_the_number_of_queries_does_not_grow_with_the_cases(world: World, path: str, asked: dict[str, str]) -> None:
    numbers = []
    if asked:
        path = desk_of(world, "clerk").post(path, asked)["Location"]
    for more in (1, 6):
        for _ in range(more):
            send_birth(world)
        desk = desk_of(world, "clerk")
        desk.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_the_number_of_queries_of_a_case_does_not_grow_with_the_others(world: World) -> None:
    numbers = []
    for _ in range(2):
        case = carry(world, send_birth(world), to="EXAMINE")
        desk = desk_of(world, "specialist")
        desk.get(f"/desk/cases/{case.code}/")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(f"/desk/cases/{case.code}/").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
