"""Rows that come too often for an event each, and must not change unseen all the same: they are bound by the hour.

An event holds how many rows of a kind came within a span and a hash over them, and is sealed like every other
(`audit`). A part says its kinds in `bound.py`:

    BOUND = {"READINGS": Bound(rows=..., first=..., erased_before=...)}
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.kernel.parts import modules


@dataclass(frozen=True, slots=True)
class Bound:
    """A kind of rows. `rows` gives those that came within a span, from its first instant to before its last, in the
    order of their ids: each with what is bound of it, which never changes afterwards.

    `first` is when the oldest came. `strangers` are rows of which something that is not bound changed, and no event
    says so. `erased_before`: what came before that instant may have been erased, as events say; None: nothing was.
    """

    rows: Callable[[datetime, datetime], Iterator[tuple[UUID, str]]]
    first: Callable[[], datetime | None]
    erased_before: Callable[[], datetime | None]
    strangers: Callable[[], Iterator[UUID]] = lambda: iter(())

    def digest(self, since: datetime, until: datetime) -> tuple[int, str]:
        """How many rows came within the span, and SHA-256 over a line for each."""
        number, told = 0, hashlib.sha256()
        for row_id, said in self.rows(since, until):
            number += 1
            told.update(f"{row_id} {said}\n".encode())
        return number, told.hexdigest()


def every_bound_kind() -> Mapping[str, Bound]:
    """Those that the parts have said, by their names."""
    return {name: bound for part in modules("bound") for name, bound in part.BOUND.items()}
