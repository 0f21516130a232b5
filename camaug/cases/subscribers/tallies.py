"""Keeps the figures' tallies."""

from collections.abc import Sequence

from camaug.cases.actions.count import KEEPER, count
from camaug.kernel.dispatch import subscribe
from camaug.kernel.events import kinds
from camaug.kernel.models import EventRecord


@subscribe(KEEPER, to=sorted(name for name in kinds() if name.startswith("cases.")))
def keep_tallies(rows: Sequence[EventRecord]) -> None:
    """Whatever happened to a case may change how it counts: it is counted as it stands now."""
    count({row.subject_id for row in rows})
