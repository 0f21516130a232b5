"""What a process remembers of the calendars, and when it forgets."""

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.worktime import queries
from camaug.worktime.actions.declare_day_off import declare_day_off
from camaug.worktime.loading import load_profile
from tests.database import address_of

AT = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
DAY = date(2026, 12, 7)
IN_ANOTHER_PROCESS = """
import django
django.setup()
from datetime import date, datetime
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.worktime.actions.declare_day_off import declare_day_off
at = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
declare_day_off(date(2026, 12, 7), name="Mưa bão", source="Công điện", by=SYSTEM, at=at)
"""


def load() -> None:
    load_profile(Path(settings.BASE_DIR) / "profiles" / "ca-mau", at=AT, progress=lambda _done, _total: None)


def declare_in_another_process() -> None:
    address = address_of(str(connection.settings_dict["NAME"]))
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS], env=environment, cwd=settings.BASE_DIR, check=True, timeout=60
    )


@pytest.mark.django_db(transaction=True)
def test_a_day_declared_by_another_process_is_known_at_the_next_question():
    load()
    assert queries.calendar_of(None, at=AT).is_working_day(DAY)
    declare_in_another_process()
    assert not queries.calendar_of(None, at=AT).is_working_day(DAY)


@pytest.mark.django_db
def test_a_change_that_failed_is_forgotten():
    load()
    with transaction.atomic():
        declare_day_off(DAY, name="Mưa bão", source="Công điện", by=SYSTEM, at=AT)
        assert not queries.calendar_of(None, at=AT).is_working_day(DAY)
        transaction.set_rollback(True)
    assert queries.calendar_of(None, at=AT).is_working_day(DAY)


@pytest.mark.django_db
def test_without_a_change_the_same_calendar_is_given_again():
    load()
    assert queries.calendar_of(None, at=AT) is queries.calendar_of(None, at=AT)
