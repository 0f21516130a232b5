"""Who is called next, as a table: the first line that a waiting ticket fits is its turn.

Whoever was passed on to the counter comes first there; then appointments whose time has come, by their time; then
priority groups by the law's rank; then everybody by the order of coming; last those who are early for an appointment.
"""

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from django.db.models import Q

ORDINARY = 100  # the precedence of one who belongs to no priority group; theirs are smaller, the smallest first


class Turn(IntEnum):
    """The classes, in the order in which they are called."""

    PASSED_ON = 0
    APPOINTMENT = 1
    PRIORITY = 2
    ORDINARY = 3
    EARLY = 4


TURNS: tuple[tuple[Turn, Callable[[datetime, UUID | None], Q]], ...] = (
    (Turn.PASSED_ON, lambda _at, counter: Q(wanted=counter, wanted__isnull=False)),
    (Turn.APPOINTMENT, lambda at, _counter: Q(promised_at__lte=at)),
    (Turn.PRIORITY, lambda _at, _counter: Q(precedence__lt=ORDINARY)),
    (Turn.EARLY, lambda at, _counter: Q(promised_at__gt=at)),
)
BY_TIME, BY_RANK = (Turn.APPOINTMENT, Turn.EARLY), (Turn.PRIORITY,)
