"""Figures of many times."""

from collections.abc import Sequence
from statistics import median as median
from typing import Any

type Figures = dict[str, Any]


def percentile(times: Sequence[float], share: float) -> float:
    """The time below which that share of the times lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(seconds: float) -> float:
    """As they are printed."""
    return round(seconds * 1000, 2)
