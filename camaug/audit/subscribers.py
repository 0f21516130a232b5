"""Every event gets its place in the tree, whatever it is."""

from collections.abc import Sequence

from camaug.audit.actions.number_events import number_events
from camaug.kernel.dispatch import ALL, subscribe
from camaug.kernel.models import EventRecord


@subscribe("audit.number", to=ALL)
def number(rows: Sequence[EventRecord]) -> None:
    """In the order of reading, each once."""
    number_events(rows)
