"""What was bound of rows that are too many for an event each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from camaug.audit.events import RowsBound
from camaug.kernel.binding import Span
from camaug.kernel.models import EventRecord

_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""What lies outside is no instant at which anybody looked, and no calendar can take it everywhere."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An event that binds: which one, of which kind and span, how many rows, and the hash over them."""

    event: UUID
    kind: str
    span: Span
    rows: int
    digest: str


def subject_of(kind: str) -> UUID:
    """What the events of a kind are about: one subject each, by which they are found."""
    return uuid5(NAMESPACE_OID, f"camaug.bound.{kind}")


def bindings(kind: str) -> tuple[list[Binding], list[UUID]]:
    """Of that kind, in the order of their spans; then events put in past the program, which say no span."""
    said = EventRecord.objects.filter(subject_id=subject_of(kind), name=RowsBound.name).order_by("id")
    found, broken = list[Binding](), list[UUID]()
    for event, facts in said.values_list("id", "facts"):
        try:
            since, until = (datetime.fromisoformat(facts[name]) for name in ("since", "until"))
            one = Binding(event, kind, (since, until), int(facts["rows"]), str(facts["digest"]))
        except (KeyError, OverflowError, TypeError, ValueError):
            broken.append(event)
            continue
        if since.tzinfo and until.tzinfo and _EARLIEST <= since < until <= _LATEST:
            found.append(one)
        else:
            broken.append(event)
    return sorted(found, key=lambda one: one.span), broken


def bound_until(kind: str, *, at: datetime) -> datetime | None:
    """Up to which instant rows of that kind are bound; None: nothing is. What names a future one does not count."""
    return max((one.span[1] for one in bindings(kind)[0] if one.span[1] <= at), default=None)
