"""Rows that come too often for an event each, and must not change unseen all the same: they are bound by the hour.

An event holds how many rows of a kind came within a span and a hash over them, and is sealed like every other
(`audit`). A part says its kinds in `bound.py`:

    BOUND = {"READINGS": Bound(rows=..., first=..., erasures=..., least=...)}
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from camaug.kernel.parts import modules

type Span = tuple[datetime, datetime]
"""From its first instant to before its last."""


@dataclass(frozen=True, slots=True)
class Erased:
    """An event of that instant which says that what came before `before` was erased; None: it does not say when."""

    event: UUID
    at: datetime
    before: datetime | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A kind of rows. `rows` gives those that came within a span, in the order of their ids: when each came, its id,
    and what is bound of it, which never changes afterwards.

    `first` is when the oldest came. `strangers` are rows of which something that is not bound changed, and no event
    says so. `erasures`: the events that say what was erased, which nobody may before it was kept for `least`.
    """

    rows: Callable[[Span], Iterator[tuple[datetime, UUID, str]]]
    first: Callable[[], datetime | None]
    erasures: Callable[[], Iterator[Erased]]
    least: timedelta
    strangers: Callable[[], Iterator[UUID]] = lambda: iter(())

    def digest(self, span: Span) -> tuple[int, str]:
        """How many rows came within the span, and SHA-256 over a line for each."""
        return self.digests([span])[0]

    def digests(self, spans: Sequence[Span]) -> list[tuple[int, str]]:
        """The same for spans in the order of time, of which none begins before the last ended: read at once."""
        begins = [since for since, _until in spans]
        numbers, told = [0] * len(spans), [hashlib.sha256() for _ in spans]
        for at, row_id, said in self.rows((begins[0], spans[-1][1])):
            place = bisect_right(begins, at) - 1
            if at < spans[place][1]:
                numbers[place] += 1
                told[place].update(f"{row_id} {said}\n".encode())
        return [(number, one.hexdigest()) for number, one in zip(numbers, told, strict=True)]


def every_bound_kind() -> Mapping[str, Bound]:
    """Those that the parts have said, by their names."""
    return {name: bound for part in modules("bound") for name, bound in part.BOUND.items()}
