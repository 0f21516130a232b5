"""Eleven thousand officers and their positions: by few statements, with progress told on the way."""

from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.kernel.tables.reading import read_table
from camaug.kernel.tables.writing import Page, xlsx_file
from camaug.people.actions.import_table import import_table
from camaug.people.models import Officer, Position, SheetKind
from camaug.people.sheets.lines import Outcome, sheet_of
from tests.integration.people.conftest import NOW, Tree

MANY = 11_000
FEW = MANY // 20
"""Statements for one table."""


def take(kind: SheetKind, head: list[str], rows: list[list[str]]) -> tuple[Outcome, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    with xlsx_file(Page("Bảng", head, rows, [20] * len(head))) as file:
        sheet = sheet_of(kind, read_table(file.read(), "bang.xlsx"))
    with CaptureQueriesContext(connection) as asked:
        outcome = import_table(sheet, progress=lambda done, total: told.append((done, total)), by=SYSTEM, at=NOW)
    assert len(asked) < FEW
    return outcome, told


def test_eleven_thousand_officers_and_positions_take_few_statements(tree: Tree) -> None:
    letters = [a + b + c for a in "abcdefghijklmnopqrstuvwxyz" for b in "aeiouy" for c in "bcdghklmnpqrstvx"]
    names = [f"Trần {letters[n % 2000].title()} {letters[n // 2000].title()}" for n in range(MANY)]
    outcome, told = take(
        SheetKind.OFFICERS,
        ["official_email", "full_name", "phone"],
        [[f"cb{n}@camau.gov.vn", name, f"0918{n:06}"] for n, name in enumerate(names)],
    )
    assert (outcome.new, outcome.problems) == (MANY, [])
    assert told[-1] == (MANY, MANY)
    assert len(told) > 20
    assert sum(after[0] < before[0] for before, after in pairwise(told)) == 1  # once read, then written
    outcome, _told = take(
        SheetKind.POSITIONS,
        ["official_email", "agency", "title", "roles"],
        [[f"cb{n}@camau.gov.vn", "H12.39.1", "Chuyên viên", "SPECIALIST"] for n in range(MANY)],
    )
    assert (outcome.new, outcome.problems) == (MANY, [])
    assert (Officer.objects.count(), Position.objects.count()) == (MANY, MANY)
    assert EventRecord.objects.filter(name="people.OfficerAppointed").count() == MANY
