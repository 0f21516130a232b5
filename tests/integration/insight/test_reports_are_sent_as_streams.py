"""A large list is sent in constant memory and begins at once."""

import tracemalloc
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

from camaug.cases.models import Case
from camaug.cases.queries.reports.listed import BATCH
from tests.cases_at_random import lives
from tests.desks import desk_of
from tests.world import DISTRICT, World

MANY, BOUND = 8_000, 11 * 1024 * 1024
"""Two batches, the last and the next, take eight megabytes; all the rows at once fourteen and more."""
REPORT = "/desk/reports/files/cases.{}?period=2026&column=received"
REGISTER = "/desk/register/{}/?from=01/01/2026&to=31/12/2026"
FILES = {
    "report-csv": REPORT.format("csv"),
    "report-xlsx": REPORT.format("xlsx"),
    "register-csv": REGISTER.format("plain"),
    "register-xlsx": REGISTER.format("workbook"),
}


def many(world: World, number: int) -> None:
    """So many cases that one agency took in, copied in the database from two hundred with lives of their own."""
    made = lives(world, 200)
    Case.objects.update(receiving_agency_id=world.agencies[DISTRICT])
    columns = [field.column for field in made[0]._meta.concrete_fields if field.column not in ("id", "code")]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case (id, code, {names}) SELECT gen_random_uuid(), code || '-' || n, {names} "
            "FROM cases_case CROSS JOIN generate_series(1, %s) n WHERE code LIKE 'H12.99%%'",
            [number // 200],
        )


def parts(world: World, file: str) -> Iterator[bytes]:
    answer = desk_of(world, "district_chairman").get(FILES[file])
    assert isinstance(answer, StreamingHttpResponse)
    return iter(answer.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize("file", FILES)
def test_memory_stays_where_it_is_however_long_the_list(world: World, file: str) -> None:
    many(world, MANY)
    stream = parts(world, file)
    sent = len(next(stream))
    tracemalloc.start()
    try:
        sent += sum(len(part) for part in stream)
        _now, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > MANY * (8 if file.endswith("xlsx") else 100)
    assert highest < BOUND, highest


def test_the_first_bytes_cost_no_query_and_the_next_one_batch(world: World) -> None:
    many(world, 3 * BATCH)
    with CaptureQueriesContext(connection) as asked:
        stream = parts(world, "report-xlsx")
        next(stream)
        head = len(asked)
        next(stream)
    assert not [one for one in asked[:head] if "cases_case" in one["sql"] and "LIMIT" in one["sql"]]
    batches = [one for one in asked[head:] if f"LIMIT {BATCH}" in one["sql"]]
    assert len(batches) == 1
    assert not [one for one in asked if "DECLARE" in one["sql"]]
