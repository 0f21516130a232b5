"""How long one waits: from those before, the counters that serve, and how long serving has taken today. Pure."""

from collections.abc import Sequence
from datetime import timedelta

ENOUGH = 3  # so many services of the day say more than the usual time
LOOKED_AT = 10


def mean_minutes(served: Sequence[timedelta], usual: float) -> float:
    """Minutes that one service takes: the mean of the last ones of the day, else the usual time."""
    last = served[-LOOKED_AT:]
    if len(last) < ENOUGH:
        return usual
    return sum(last, timedelta()).total_seconds() / 60 / len(last)


def waiting_minutes(before: int, counters: int, mean: float) -> int | None:
    """About how many minutes until the call, in steps of five above ten; None where no counter is open."""
    if counters == 0:
        return None
    minutes = before * mean / counters
    if minutes <= 10:
        return round(minutes)
    return 5 * round(minutes / 5)
