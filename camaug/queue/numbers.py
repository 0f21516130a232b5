"""Numbers of the day, without gaps (decision 9): taken inside the transaction that uses them."""

from datetime import date
from uuid import UUID

from django.db import connection

_TAKE = """INSERT INTO queue_ticketseries AS series (hall_id, day, letter, last) VALUES (%s, %s, %s, 1)
           ON CONFLICT (hall_id, day, letter) DO UPDATE SET last = series.last + 1 RETURNING last"""
ARRIVALS = ""


def next_numbers(hall_id: UUID, day: date, letter: str) -> tuple[int, int]:
    """(arrival in the hall, number under the letter); the arrival first, so that takers wait for one another once."""
    return _take(hall_id, day, ARRIVALS), _take(hall_id, day, letter)


def _take(hall_id: UUID, day: date, letter: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [hall_id, day, letter])
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError("a series gave no number")
    return int(row[0])
