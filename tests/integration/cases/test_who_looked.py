"""Who looked at whose case, in which post and why; what of it the citizen reads."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.access.models import Account
from camaug.cases.actions.note_reading import (
    note_case_read,
    note_cases_read,
    note_list_read,
    note_persons_read,
    show_as_json,
)
from camaug.cases.models import Case, How, ListReading, Reading, Why
from camaug.cases.queries import readings_of
from camaug.cases.queries.as_json import case_json
from camaug.cases.queries.readings import searches_of
from camaug.kernel.encryption import add_key, decrypt, make_keys, ring
from camaug.kernel.errors import NotFound
from camaug.kernel.rotation import every_column, rotate
from tests.applications import carry, send_birth
from tests.sessions import enter
from tests.world import AT, World


def signed_in(account_id: UUID) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=account_id))
    return client


@pytest.fixture
def case(world: World) -> Case:
    return send_birth(world)


@pytest.mark.parametrize(
    ("key", "why"), [("clerk", Why.TURN), ("chairman", Why.HEAD), ("specialist", Why.PART), ("registrar", Why.PART)]
)
def test_the_reason_follows_from_the_work(world: World, case: Case, key: str, why: Why) -> None:
    note_case_read(case.code or "", How.PAGE, by=world.officer(key), at=AT)
    (seen,) = readings_of(world.citizen("mother")).rows
    assert (seen.why, seen.case_id, seen.at) == (why, case.id, AT)
    assert seen.agency
    assert seen.post


def test_after_his_turn_the_clerk_serves_the_counter(world: World, case: Case) -> None:
    carry(world, case, to="APPROVE")
    note_case_read(case.code or "", How.PAGE, by=world.officer("clerk"), at=AT)
    assert [seen.why for seen in readings_of(world.citizen("mother")).rows] == [Why.COUNTER]


@pytest.mark.parametrize("to", ["SUBMITTED", "EXAMINE", "APPROVE", "RETURN"])
def test_the_statement_says_what_the_rules_say(world: World, case: Case, to: str) -> None:
    if to != "SUBMITTED":
        carry(world, case, to=to)
    seen = 0
    for key in world.officers:
        by = world.officer(key)
        note_case_read(case.code or "", How.PAGE, by=by, at=AT)
        written = told()
        Reading.objects.all().delete()
        note_cases_read(Case.objects.visible_to(by).filter(pk=case.pk), How.PAGE, by=by, at=AT)
        assert written == told(), key
        seen += len(written)
        Reading.objects.all().delete()
    assert seen > 3


def told() -> list[tuple[object, ...]]:
    """What is written down, but for its id."""
    return list(
        Reading.objects.values_list("subject_id", "account_id", "post_id", "unit_id", "why", "how", "day", "at")
    )


def test_one_row_a_day_however_often_he_looks(world: World, case: Case) -> None:
    for minutes in (0, 5, 60):
        note_case_read(case.code or "", How.PAGE, by=world.officer("clerk"), at=AT + timedelta(minutes=minutes))
    assert Reading.objects.get().at == AT
    note_case_read(case.code or "", How.PAGE, by=world.officer("clerk"), at=AT + timedelta(days=1))
    assert Reading.objects.count() == 2


def test_whom_the_case_is_hidden_from_leaves_no_trace(world: World, case: Case) -> None:
    for key in ("other_clerk", "administrator"):
        note_case_read(case.code or "", How.PAGE, by=world.officer(key), at=AT)
    note_case_read(case.code or "", How.PAGE, by=world.citizen("mother"), at=AT)
    assert not Reading.objects.exists()


def test_pages_and_papers_are_told_apart_and_own_looks_are_not_listed(world: World, case: Case) -> None:
    clerk, mother = signed_in(world.officers["clerk"]), signed_in(world.citizens["mother"])
    clerk.get(f"/desk/cases/{case.code}/")
    clerk.get(f"/desk/cases/{case.code}/declaration/")
    mother.get(f"/my-cases/{case.id}/")
    assert {seen.how for seen in readings_of(world.citizen("mother")).rows} == {How.PAGE, How.FILE}


def test_a_page_that_was_not_shown_is_not_written_down(world: World, case: Case) -> None:
    signed_in(world.officers["other_clerk"]).get(f"/desk/cases/{case.code}/")
    assert not Reading.objects.exists()


def test_who_is_looked_for_at_the_counter_reads_that_he_was(world: World) -> None:
    clerk, mother = signed_in(world.officers["clerk"]), world.citizen("mother")
    clerk.post("/desk/intake/", {"q": mother.name})
    assert {seen.why for seen in readings_of(mother).rows} == {Why.SEARCHED}
    clerk.get(f"/desk/intake/?person={mother.person_id}")
    assert {seen.why for seen in readings_of(mother).rows} == {Why.SEARCHED, Why.COUNTER}


def test_a_search_and_a_list_taken_away_are_one_entry_each(world: World) -> None:
    clerk = signed_in(world.officers["clerk"])
    clerk.post("/desk/search/", {"q": "Lan"}, follow=True)
    clerk.post("/desk/receive/", {"words": "Lan"}, follow=True)
    clerk.get("/api/v1/cases", headers={"Search-Words": "Lan"})
    b"".join(clerk.get("/desk/register/plain/"))
    rows = list(ListReading.objects.order_by("id"))
    assert [row.of for row in rows] == ["search", "search.inbox", "search.api", "register.csv"]
    assert "Lan" not in rows[0].asked
    assert decrypt(rows[0].asked, about=f"cases.listreading.asked:{rows[0].id}") == '{"words": "Lan"}'


def test_the_citizen_reads_agency_post_and_reason_but_no_name(world: World, case: Case) -> None:
    note_case_read(case.code or "", How.PAGE, by=world.officer("clerk"), at=AT)
    page = signed_in(world.citizens["mother"]).get("/my-cases/readers/").content.decode()
    assert "Ủy ban nhân dân xã Tân Ân" in page
    assert case.code
    assert case.code in page
    assert world.officer("clerk").name not in page
    assert "Trong danh sách công việc" in page
    assert case.code not in signed_in(world.citizens["shopkeeper"]).get("/my-cases/readers/").content.decode()


def test_the_pages_of_a_long_list_follow_one_another(world: World, case: Case) -> None:
    by, mother = world.officer("clerk"), world.citizen("mother")
    for day in range(5):
        note_case_read(case.code or "", How.PAGE, by=by, at=AT + timedelta(days=day))
        note_persons_read([mother.person_id or case.id], Why.SEARCHED, by=by, at=AT + timedelta(days=day))
    first = readings_of(mother, size=6)
    second = readings_of(mother, size=6, token=first.older)
    assert (len(first.rows), len(second.rows), second.older) == (6, 4, "")


def test_who_searched_for_ones_number_is_found_by_its_hash_also_after_the_keys_were_rotated(
    world: World, tmp_path: Path, settings: Any
) -> None:
    keys = tmp_path / "keys"
    make_keys(keys)
    settings.DATA_KEYS_FILE = str(keys)
    mother, clerk = world.citizen("mother"), world.officer("clerk")
    for hour, words in enumerate(("096194000123", "0918 000 123", "Nguyễn Thị Lan", "096194000124", "09619400012")):
        note_list_read("search", {"words": words}, by=clerk, at=AT + timedelta(hours=hour))
    assert [one.at for one in searches_of(mother)] == [AT + timedelta(hours=1), AT]
    assert searches_of(world.citizen("student")) == ()
    assert "096194000123" not in str(list(ListReading.objects.values("asked", "number_print")))
    add_key(keys)
    assert len(searches_of(mother)) == 2  # under the old key still
    (column,) = (one for one in every_column() if one.column == "number_print")
    assert rotate(column, progress=lambda _done, _total: None).renewed == 3
    written = set(ListReading.objects.exclude(number_print="").values_list("number_print", flat=True))
    assert {one.partition(":")[0] for one in written} == {ring().writing}
    assert [bool(one.post and one.agency) for one in searches_of(mother)] == [True, True]
    page = signed_in(world.citizens["mother"]).get("/my-cases/readers/").content.decode()
    assert "Ai đã tìm theo số của bạn" in page


def test_a_program_that_is_shown_a_case_is_written_down_as_a_page_is(world: World, case: Case) -> None:
    for key in ("clerk", "chairman", "specialist", "registrar"):
        by, code = world.officer(key), case.code or ""
        shown = show_as_json(code, by=by, at=AT)
        assert shown == case_json(code, by)
        written = told()
        Reading.objects.all().delete()
        note_case_read(code, How.PROGRAM, by=by, at=AT)
        assert len(written) == 1
        assert written == told(), key
        Reading.objects.all().delete()


def test_a_program_from_which_the_case_is_hidden_is_shown_nothing(world: World, case: Case) -> None:
    for key in ("other_clerk", "administrator"):
        with pytest.raises(NotFound):
            show_as_json(case.code or "", by=world.officer(key), at=AT)
    assert not Reading.objects.exists()


def test_a_program_is_written_down_by_the_statement_that_shows_the_case(world: World, case: Case) -> None:
    clerk = signed_in(world.officers["clerk"])
    with CaptureQueriesContext(connection) as asked:
        assert clerk.get(f"/api/v1/cases/{case.code}").status_code == 200
    assert len([one for one in asked if "INTO cases_reading" in one["sql"]]) == 1
    assert Reading.objects.get().how == How.PROGRAM
