"""A large list is sent in constant memory and begins at once."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

from camaug.cases.queries.reports.listed import BATCH
from tests.cases_at_random import lives
from tests.desks import desk_of
from tests.world import World

MANY, BOUND = 20_000, 24 * 1024 * 1024
ADDRESS = "/desk/reports/files/cases.{}?period=2026&column=received"


def resident() -> int:
    """What this process holds in memory now, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def many(world: World, number: int) -> None:
    """So many cases, copied in the database from two hundred with lives of their own."""
    made = lives(world, 200)
    columns = [field.column for field in made[0]._meta.concrete_fields if field.column not in ("id", "code")]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case (id, code, {names}) SELECT gen_random_uuid(), code || '-' || n, {names} "
            "FROM cases_case CROSS JOIN generate_series(1, %s) n WHERE code LIKE 'H12.99%%'",
            [number // 200],
        )


def parts(world: World, ending: str) -> Iterator[bytes]:
    answer = desk_of(world, "district_chairman").get(ADDRESS.format(ending))
    assert isinstance(answer, StreamingHttpResponse)
    return iter(answer.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_memory_stays_where_it_is_however_long_the_list(world: World, ending: str) -> None:
    many(world, MANY)
    stream = parts(world, ending)
    sent = sum(len(next(stream)) for _part in range(3))
    before, highest = resident(), 0
    for part in stream:
        sent += len(part)
        highest = max(highest, resident())
    assert sent > MANY * (8 if ending == "xlsx" else 100)
    assert highest - before < BOUND


def test_the_first_bytes_cost_no_query_and_the_next_one_batch(world: World) -> None:
    many(world, 3 * BATCH)
    with CaptureQueriesContext(connection) as asked:
        stream = parts(world, "xlsx")
        next(stream)
        head = len(asked)
        next(stream)
    assert not [one for one in asked[:head] if "cases_case" in one["sql"] and "LIMIT" in one["sql"]]
    batches = [one for one in asked[head:] if f"LIMIT {BATCH}" in one["sql"]]
    assert len(batches) == 1
    assert not [one for one in asked if "DECLARE" in one["sql"]]
