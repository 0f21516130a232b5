"""Waiting for what another process does."""

import time
from collections.abc import Callable

PATIENCE = 120


def until[T](found: Callable[[], T | None], *, what: str) -> T:
    """The first answer that is one; TimeoutError after two minutes without."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (one := found()) is not None:
            return one
        time.sleep(0.2)
    raise TimeoutError(what)
