"""A database as it was at an earlier day, brought up to date: nothing of its content is lost, and its cases open.

The dumps in `tests/dumps/` are named by their day; `make.py` there makes one of the schema as it is.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from camaug.kernel.encryption import add_key
from camaug.runtime.postgres.software import client
from tests.database import address_of
from tests.dumps.make import KEYS

DUMPS = Path(__file__).resolve().parents[2] / "dumps"
DAYS = sorted(path.name.partition(".")[0] for path in DUMPS.glob("*.sql.gz"))
NAME = "camaug_test_older"
ROWS = sql.SQL("SELECT to_jsonb(t) FROM {} t")
BOOKKEEPING = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}
MEANT_TO_CHANGE: dict[str, set[str]] = {
    "access_account": {"kind"},
    "people_officer": {"own_numbers"},
    "people_rolegrant": {"valid_until"},
}
"""Columns, by table, whose values a migration changes on purpose."""

HEADED = """INSERT INTO people_business
    (id, name, folded, accented, phone, email, address, synthetic, representative_id)
    SELECT gen_random_uuid(), 'Công ty Cũ', '', '', '', '', '', true, id FROM people_person ORDER BY id LIMIT 1"""
"""A business at which somebody stood by word, as there was none in the oldest dump."""
WITHOUT_BUSINESS = "2026-11-25"

type Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Migrated:
    """A database made from the dump of that day and brought up to date, by name; what it held before."""

    day: str
    name: str
    before: Rows


@pytest.fixture(scope="module", params=DAYS)
def migrated(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Migrated]:
    """Migrated once for all tests of that day, which change but a copy."""
    name = f"{NAME}_{worker_id}"
    with _database(name):
        _fill(name, DUMPS / f"{request.param}.sql.gz")
        if request.param == WITHOUT_BUSINESS:
            with psycopg.connect(address_of(name)) as connection:
                connection.execute(HEADED)
        before = content(address_of(name))
        manage(address_of(name), "migrate", "--verbosity=0")
        yield Migrated(request.param, name, before)


@pytest.fixture
def older(migrated: Migrated) -> Iterator[str]:
    """The address of a copy of it."""
    with _database(f"{migrated.name}_copy", template=migrated.name) as address:
        yield address


@contextmanager
def _database(name: str, *, template: str = "template1") -> Iterator[str]:
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        yield address_of(name)
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(name: str, dump: Path) -> None:
    statements = gzip.decompress(dump.read_bytes()).replace(b"\nSET transaction_timeout = 0;", b"")  # new in 17
    command = [client("psql"), "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", address_of(name)]
    subprocess.run(command, input=statements, check=True, capture_output=True)


def manage(address: str, *words: str, keys: Path = KEYS) -> str:
    environment = {**os.environ, "DATABASE_URL": address, "DATA_KEYS_FILE": str(keys)}
    command = [sys.executable, "-m", "camaug.runtime", "manage", *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def content(address: str) -> Rows:
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: [row for (row,) in connection.execute(ROWS.format(sql.Identifier(name)))]
            for (name,) in tables
            if name not in BOOKKEEPING
        }


def kept(row: dict[str, Any], columns: set[str]) -> str:
    return json.dumps({name: row[name] for name in sorted(columns)}, sort_keys=True)


def test_nothing_is_lost_and_every_case_opens(migrated: Migrated, older: str) -> None:
    before, after = migrated.before, content(older)
    assert before["cases_case"], "the dump has no case"
    for table, rows in before.items():
        assert table in after, f"the table {table} is gone"
        if rows:
            columns = (set(rows[0]) & set(after[table][0])) - MEANT_TO_CHANGE.get(table, set())
            lost = {kept(row, columns) for row in rows} - {kept(row, columns) for row in after[table]}
            assert not lost, f"{table}: {len(lost)} of {len(rows)} rows changed, for example {min(lost)[:300]}"
    numbers = {row["id"]: row["own_numbers"] for row in after["people_officer"]}
    known = {row["id"]: row["own_numbers"] for row in before["people_officer"] if row.get("own_numbers")}
    assert known.items() <= numbers.items(), "whose number was known keeps it"
    assert all(numbers[row["id"]] for row in after["people_officer"] if row["synthetic"] and not row["person_id"])
    if migrated.day == WITHOUT_BUSINESS:
        assert [(row["person_id"], row["capacity"], row["proof"]) for row in after["people_representation"]] == [
            (row["representative_id"], "LEGAL", "") for row in before["people_business"]
        ], "who stood there was only said to represent it"
    kinds = {(row["id"], row["kind"]) for row in after["people_officer"]}
    already = {row["kind"] for row in before["people_officer"] if "kind" in row}
    assert {kind for _officer, kind in kinds} == {"OFFICER", "ADMINISTRATOR"} | already
    administering = {row["officer_id"] for row in after["people_position"] if "ADMINISTRATOR" in row["roles"]}
    assert {officer for officer, kind in kinds if kind == "ADMINISTRATOR"} == administering
    assert {(row["officer_id"], row["kind"]) for row in after["access_account"] if row["officer_id"]} <= kinds
    assert int(manage(older, "shell", "--no-imports", "--verbosity=0", "--command", OPENED)) == len(
        before["cases_case"]
    )


def test_what_lay_open_is_closed_by_rotation_and_says_the_same(migrated: Migrated, older: str) -> None:
    said = manage(older, "shell", "--no-imports", "--verbosity=0", "--command", SAID)
    manage(older, "shell", "--no-imports", "--verbosity=0", "--command", ROTATED)
    assert manage(older, "shell", "--no-imports", "--verbosity=0", "--command", SAID) == said
    with psycopg.connect(older) as connection:
        texts = connection.execute(LYING).fetchall()
    assert any(map(any, json.loads(said).values())) == bool(texts)
    assert texts or migrated.day == WITHOUT_BUSINESS, "the dump has nothing to close"
    assert all(text.strip('"').startswith("e1:") for (text,) in texts)


CLOSED_LATER = (
    "cases.Extension.reason",
    "cases.Result.ended_note",
    "cases.Supplement.answer",
    "cases.Supplement.items",
    "cases.Supplement.reason",
    "notify.Message.body",
    "notify.Message.sms",
    "notify.Message.title",
)
"""Columns that lay open when the dumps were made."""
LYING = """SELECT body FROM notify_message WHERE body <> '' UNION ALL SELECT title FROM notify_message
    UNION ALL SELECT reason FROM cases_supplement WHERE reason <> '' UNION ALL SELECT items::text FROM cases_supplement"""
SAID = f"""
import json
from django.apps import apps

print(json.dumps({{
    name: [
        getattr(row, name.rpartition(".")[2])
        for row in apps.get_model(name.rpartition(".")[0])._default_manager.order_by("pk")
    ]
    for name in {CLOSED_LATER}
}}))
"""
ROTATED = f"""
from camaug.kernel.rotation import every_column, rotate

for one in (one for one in every_column() if one.model + "." + one.column in {CLOSED_LATER}):
    assert rotate(one, progress=lambda _done, _total: None).unreadable == [], one
"""
OPENED = """
from camaug.cases.models import Case
from camaug.cases.queries.timeline import timeline
from camaug.catalogue.queries import definition
from camaug.kernel.clock import now

print(sum(bool(timeline(case, definition(case.version_id), at=now())) for case in Case.objects.all()))
"""


UNDER_LOST_KEYS = {"2026-11-25", "2026-11-26"}
"""Dumps from before their keys were kept beside them."""
IN_THE_NEWEST = {
    "access.Factor.concealed",
    "cases.Case.answers",
    "cases.Consultation.answer",
    "cases.Consultation.question",
    "cases.ListReading.asked",
    "cases.ListReading.number_print",
    "cases.Note.text",
    "cases.Result.facts",
    "cases.Slip.facts",
    "cases.Supplement.corrections",
    "gateway.KeptAnswer.body",
    "kernel.UploadPiece.octets",
}
"""Columns that lie encrypted, of which `tests/dumps/closed.py` has put something into the newest dump."""
RENEWED = """
import json
from camaug.kernel.rotation import every_column, rotate

told = [(f"{one.model}.{one.column}", rotate(one, progress=lambda _done, _total: None)) for one in every_column()]
print(json.dumps([(name, one.renewed, one.unreadable) for name, one in told]))
"""


@pytest.mark.parametrize("migrated", [day for day in DAYS if day not in UNDER_LOST_KEYS], indirect=True)
def test_what_lay_encrypted_opens_and_is_closed_under_another_key(
    migrated: Migrated, older: str, tmp_path: Path
) -> None:
    """Rotation opens every value that the newest schema keeps encrypted, whichever migration moved it."""
    keys = Path(shutil.copy(KEYS, tmp_path))
    add_key(keys)
    words = ("shell", "--no-imports", "--verbosity=0", "--command", RENEWED)
    told = json.loads(manage(older, *words, keys=keys))
    assert [unreadable for _name, _renewed, unreadable in told if unreadable] == []
    if migrated.day == DAYS[-1]:
        assert {name for name, renewed, _unreadable in told if renewed} >= IN_THE_NEWEST
