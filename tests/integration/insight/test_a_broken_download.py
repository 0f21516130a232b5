"""Whoever goes away in the middle of a download leaves no transaction open and no cursor behind."""

import psycopg
import pytest
from django.db import connection

from camaug.cases.queries.reports.listed import BATCH
from tests.cases_at_random import lives
from tests.database import address_of
from tests.desks import desk_of
from tests.world import World, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small province in a database that commits."""
    return build()


def state(pid: int) -> str:
    """What the server says of a connection, asked over another one."""
    with psycopg.connect(address_of(str(connection.settings_dict["NAME"]))) as other:
        row = other.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
    return str(row[0]) if row else "gone"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_broken_download_leaves_nothing_behind(committed: World, ending: str) -> None:
    lives(committed, 2 * BATCH)
    answer = desk_of(committed, "district_chairman").get(
        f"/desk/reports/files/cases.{ending}?period=2026&column=received"
    )
    stream = iter(answer.streaming_content)  # type: ignore[arg-type]
    for _part in range(3):
        next(stream)
    pid = connection.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone() == (0,)
    assert state(pid) == "idle"  # between two batches: in no transaction
    answer.close()
    assert state(pid) in ("idle", "gone")
