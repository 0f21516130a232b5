"""Ratings by agency and officer: every number is as long as its list, and nobody learns who rated."""

import re
from datetime import timedelta
from random import Random

import pytest
from django.test import Client

from camaug.cases.models import Case, Rating, Satisfaction
from camaug.kernel.models import EventRecord
from tests.cases_at_random import CLOSED, lives
from tests.desks import desk_of
from tests.world import COMMUNE, DISTRICT, World

PERIOD = "?period=2026"


@pytest.fixture
def district(world: World) -> Client:
    chance = Random(3)
    ended = [case for case in lives(world, 120) if case.finished_at]
    clerks = [world.officer(key) for key in ("clerk", "specialist", "chairman", "district_clerk", "other_clerk")]
    Rating.objects.bulk_create(
        Rating(
            case=case,
            satisfaction=chance.choice(list(Satisfaction)),
            words="Chờ lâu." if chance.random() < 0.5 else "",
            rated_at=CLOSED - timedelta(days=n % 60),
            changed_at=CLOSED,
        )
        for n, case in enumerate(ended)
    )
    EventRecord.objects.bulk_create(
        EventRecord(
            name="cases.CaseHandedOver", subject_id=case.id, actor_kind="STAFF", actor_id=who.account_id,
            post_id=who.posts[0].id, unit_id=who.posts[0].unit_id, at=CLOSED,
        )
        for case in ended
        for who in chance.sample(clerks, 3)
        for _twice in range(2)
    )  # fmt: skip
    return desk_of(world, "district_chairman")


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_number_is_as_long_as_its_list(district: Client) -> None:
    shown = page(district, f"/desk/reports/ratings/{PERIOD}")
    links = re.findall(r'<td><a href="([^"]*)"[^>]*>(\d+)<', shown)
    assert len(links) > 8
    for href, number in links:
        address = href.replace("&amp;", "&")
        count = 0
        while address:
            found = page(district, address)
            count += found.split("<tbody>")[1].split("</tbody>")[0].count("<tr>")
            older = re.search(r'rel="next" href="([^"]*)"', found)
            address = older[1].replace("&amp;", "&") if older else ""
        assert count == int(number), href


def test_officers_of_other_agencies_and_applicants_are_not_named(district: Client) -> None:
    shown = page(district, f"/desk/reports/ratings/{PERIOD}")
    assert "Trần Thị Minh" in shown
    assert "Danh Thị Sà Rinh" not in shown
    listed = page(district, f"/desk/reports/ratings/list/{PERIOD}&said=total")
    assert "Người" not in listed.split("<tbody>")[1].split("</tbody>")[0]


def test_words_are_read_where_one_takes_part_and_never_when_hidden(world: World, district: Client) -> None:
    own = f"/desk/reports/ratings/list/{PERIOD}&said=total&scope=own&agency="
    assert "Chờ lâu." in page(district, own + DISTRICT)
    assert "Chờ lâu." not in page(district, own + COMMUNE)
    Rating.objects.exclude(words="").update(hidden_at=CLOSED, hidden_note="Lăng mạ.")
    assert "Chờ lâu." not in page(district, own + DISTRICT)


def test_the_files_hold_both_tables(district: Client) -> None:
    answer = district.get(f"/desk/reports/files/ratings.csv{PERIOD}")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert {line.split(";")[0] for line in lines[1:-1]} == {"Cơ quan", "Cán bộ"}
    assert district.get(f"/desk/reports/files/ratings.xlsx{PERIOD}").status_code == 200


def test_a_list_that_does_not_exist_is_not_found(district: Client) -> None:
    for wrong in ("said=people", "said=total&post=x"):
        assert district.get(f"/desk/reports/ratings/list/{PERIOD}&{wrong}").status_code == 404
    assert Case.objects.exists()
