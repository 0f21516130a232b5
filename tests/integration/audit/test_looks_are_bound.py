"""Who looked at whom is bound by the hour: whoever changes it afterwards by SQL is found."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from camaug.access.belongings import Change
from camaug.audit.actions.bind_rows import bind_rows
from camaug.audit.queries.bindings import subject_of
from camaug.audit.verifying.findings import Verdict
from camaug.cases.actions.change_owner import change_owner
from camaug.cases.actions.erase_old import erase_old
from camaug.cases.actions.note_reading import note_case_read, note_list_read, note_persons_read
from camaug.cases.models import How, ListReading, Reading, Why
from camaug.cases.retention.terms import Kind
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.events import record
from camaug.kernel.models import EventRecord
from camaug.people.events import PersonsJoined
from tests.applications import send_birth
from tests.integration.audit.conftest import History

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
NUMBER = "096085000123"
SOMEBODY, ANOTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def begun(history: History) -> datetime:
    """Looks of five hours, an hour apart and bound as they came; the first."""
    clerk = history.world.officer("clerk")
    code = str(send_birth(history.world).code)
    begun = now().replace(minute=30) - 12 * HOUR
    for number in range(5):
        at = begun + number * HOUR
        note_case_read(code, How.PAGE, by=clerk, at=at)
        note_case_read(code, How.FILE, by=clerk, at=at)
        note_persons_read([SOMEBODY], Why.COUNTER, by=clerk, at=at)
        note_list_read("cases", {"words": "Lan"}, by=clerk, at=at)
        note_list_read("cases", {"words": NUMBER}, by=clerk, at=at)
        bind_rows(at=at + 2 * HOUR)
    history.seal()
    return begun


def found(verdict: Verdict) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.name, " ".join(one.what)) for one in verdict.findings]


def test_what_nobody_touched_holds_and_says_how_much_waits(history: History, begun: datetime) -> None:
    verdict = history.verify()
    assert verdict.findings == []
    assert verdict.rows.compared == Reading.objects.count() + ListReading.objects.count()
    assert verdict.rows.compared >= 8
    assert (verdict.rows.waiting, verdict.rows.waiting_since) == (0, None)
    came = [now() - HOUR / 3, now() - HOUR / 2]
    for at in came:
        note_list_read("cases", {}, by=history.world.officer("clerk"), at=at)
    again = history.verify().rows
    assert (again.waiting, again.waiting_since) == (2, came[1])


def test_binding_again_binds_nothing_twice(history: History, begun: datetime) -> None:
    before = EventRecord.objects.filter(name="audit.RowsBound").count()
    assert before > 1
    bind_rows(at=begun + 6 * HOUR)
    assert EventRecord.objects.filter(name="audit.RowsBound").count() == before
    assert history.verify().findings == []


@pytest.mark.parametrize(
    ("done", "kind", "named"),
    [
        ("UPDATE cases_reading SET why = 'PART' WHERE how = 'FILE'", "CHANGED", "READINGS"),
        ("UPDATE cases_reading SET account_id = gen_random_uuid() WHERE how = 'FILE'", "CHANGED", "READINGS"),
        ("UPDATE cases_reading SET subject_id = gen_random_uuid() WHERE how = 'FILE'", "CHANGED", "READINGS"),
        ("UPDATE cases_reading SET at = at - interval '1 minute' WHERE how = 'FILE'", "CHANGED", "READINGS"),
        ("DELETE FROM cases_reading WHERE how = 'FILE'", "DELETED", "READINGS"),
        (
            "DELETE FROM cases_listreading WHERE id = (SELECT min(id::text)::uuid FROM cases_listreading)",
            "DELETED",
            "LIST_READINGS",
        ),
        ("UPDATE cases_listreading SET number_print = '' WHERE number_print <> ''", "CHANGED", "LIST_READINGS"),
        ("UPDATE cases_listreading SET number_print = 'other' WHERE number_print <> ''", "CHANGED", "LIST_READINGS"),
        ("UPDATE cases_listreading SET asked = 'other' WHERE number_print <> ''", "CHANGED", "LIST_READINGS"),
        (
            "INSERT INTO cases_reading SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'at', r.at - interval '3 days', 'day', r.day - 3))).* FROM cases_reading r WHERE how = 'FILE'",
            "INSERTED",
            "READINGS",
        ),
        (
            "INSERT INTO cases_reading SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'day', r.day - 9))).* FROM cases_reading r WHERE how = 'FILE'",
            "CHANGED",
            "READINGS",
        ),
        (
            "INSERT INTO cases_reading SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'subject_id', gen_random_uuid()))).* FROM cases_reading r WHERE how = 'FILE'",
            "INSERTED",
            "READINGS",
        ),
    ],
)
def test_what_is_changed_by_sql_is_found(history: History, begun: datetime, done: str, kind: str, named: str) -> None:
    history.sql(done)
    told = found(history.verify())
    assert told
    assert {(one, name) for one, name, _what in told} == {(kind, named)}


def test_a_look_at_somebody_who_turns_out_to_be_another_goes_with_him(history: History, begun: datetime) -> None:
    with transaction.atomic():
        record(PersonsJoined(subject=ANOTHER, other_id=SOMEBODY), by=SYSTEM, at=now())
        change_owner(Change(UUID(int=8), UUID(int=9), SOMEBODY, ANOTHER, whole=True), by=SYSTEM, at=now())
    assert Reading.objects.filter(subject_id=ANOTHER, first_subject_id=SOMEBODY).exists()
    history.seal()
    assert history.verify().findings == []


def test_but_not_where_nobody_joined_the_two(history: History, begun: datetime) -> None:
    history.sql(
        "UPDATE cases_reading SET first_subject_id = subject_id, subject_id = gen_random_uuid() WHERE how = 'FILE'"
    )
    assert {one[:2] for one in found(history.verify())} == {("CHANGED", "READINGS")}


def test_what_outlived_its_term_is_erased_and_the_rest_still_holds(history: History, begun: datetime) -> None:
    later = now() + timedelta(days=5000)
    assert erase_old(Kind.READINGS, by=SYSTEM, at=later)
    history.seal()
    assert not Reading.objects.exists()
    verdict = history.verify(at=later)
    assert verdict.findings == []
    assert verdict.rows.erased_before["READINGS"] > now()
    assert verdict.rows.compared == ListReading.objects.count()


FORGED = """INSERT INTO kernel_eventrecord (id, name, subject_id, actor_kind, actor_name, origin, at, facts, transaction)
SELECT gen_random_uuid(), '{name}', {subject}, 'SYSTEM', '', '', now(), '{facts}', pg_current_xact_id()"""


@pytest.mark.parametrize("before", ["2099-01-01T00:00:00+00:00", "2020-01-01T00:00:00", "gestern", ""])
def test_a_forged_erasure_of_what_must_be_kept_hides_nothing(history: History, begun: datetime, before: str) -> None:
    history.sql("DELETE FROM cases_reading WHERE how = 'FILE'")
    facts = json.dumps({"what": "READINGS", "rows": 1, "before": before} if before else {"what": "READINGS"})
    history.sql(FORGED.format(name="cases.ReadingsErased", subject="gen_random_uuid()", facts=facts))
    history.seal()
    told = {one[:2] for one in found(history.verify())}
    assert told == {("DELETED", "READINGS"), ("ERASED", "cases.ReadingsErased")}


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"kind": "READINGS"},
        {"since": "2026-01-01", "until": "2026-01-02", "rows": 0, "digest": ""},
        {"since": 1, "until": None, "rows": "x", "digest": ""},
        {"since": "0001-01-01T00:00:00+14:00", "until": "9999-12-31T23:59:59-12:00", "rows": 0, "digest": ""},
        {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z", "rows": [1], "digest": ""},
        {"since": "2027-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z", "rows": 0, "digest": ""},
    ],
)
def test_a_forged_binding_that_says_no_span_is_named_and_stops_nothing(
    history: History, begun: datetime, facts: dict[str, object]
) -> None:
    subject = f"'{subject_of('READINGS')}'"
    history.sql(FORGED.format(name="audit.RowsBound", subject=subject, facts=json.dumps(facts)))
    history.sql(FORGED.format(name="people.PersonsJoined", subject=subject, facts="{}"))
    note_persons_read([ANOTHER], Why.COUNTER, by=history.world.officer("clerk"), at=now() - 3 * HOUR)
    assert bind_rows(at=now()) == 1
    history.seal()
    assert found(history.verify()) == [("CHANGED", "audit.RowsBound", "facts")]


def test_a_forged_binding_of_years_ahead_is_found_and_stops_nothing(history: History, begun: datetime) -> None:
    facts = {"since": "2020-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z", "rows": 0, "digest": "", "kind": ""}
    subject = f"'{subject_of('READINGS')}'"
    history.sql(FORGED.format(name="audit.RowsBound", subject=subject, facts=json.dumps(facts)))
    note_persons_read([ANOTHER], Why.COUNTER, by=history.world.officer("clerk"), at=now() - 3 * HOUR)
    assert bind_rows(at=now()) == 1
    history.seal()
    assert {one[:2] for one in found(history.verify())} == {("INSERTED", "READINGS")}
