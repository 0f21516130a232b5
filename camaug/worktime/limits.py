"""A time limit as the law words it, and the rule for files that come late in the day."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

WORKING_DAY = timedelta(hours=8)
"""One working day in working hours, as internal processes count it (30 days = 240 hours)."""


class Unit(StrEnum):
    """What a limit counts. A limit of plain "ngày" is in calendar days, "ngày làm việc" in working days."""

    WORKING_HOURS = "WORKING_HOURS"
    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    MONTHS = "MONTHS"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a unit; 0 working days is "the same working day". ValueError where the amount is negative."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"a limit of {self.amount} {self.unit} ends before it begins")


class CutoffEffect(StrEnum):
    """What it means that a file comes after the cutoff.

    HAND_OVER_ONLY  it may go to the next office on the next working day; the limit counts as ever
    NEXT_DAY        it counts as received when the next working day opens
    """

    HAND_OVER_ONLY = "HAND_OVER_ONLY"
    NEXT_DAY = "NEXT_DAY"


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The 15:00 rule as one procedure sets it. A file received exactly at `at` is still in time."""

    at: time
    effect: CutoffEffect
