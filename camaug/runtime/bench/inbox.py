"""The inbox of officers with more than a page of work, fifty rows on it."""

from collections.abc import Sequence
from typing import Any

from camaug.runtime.bench import clients, desk

SIZES = (desk.LARGE,)
ROWS = 50
_ROW = b'href="/desk/cases/'


def run(size: int) -> dict[str, Any]:
    """`ratio` is the 95th percentile at `size` to that at ten thousand cases."""
    return {**desk.compared(size, _asking, _is_full), "rows": ROWS}


def _asking(officers: Sequence[desk.Officer]) -> list[clients.Request]:
    return [clients.Request(f"/desk/{one.tab}/", one.cookies) for one in officers]


def _is_full(answer: clients.Answer) -> bool:
    return len(set(answer.body.split(_ROW)[1:])) >= ROWS
