"""What a verification finds."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from camaug.audit.entries import instant
from camaug.audit.queries.erasures import Erasure

SHOWN = 10


class Kind(StrEnum):
    """CHANGED: an event is not as sealed, or a value is gone that nobody may erase. DELETED: it is gone, or what lay
    beside it. INSERTED: it was never sealed, though it is older than what was. BACKDATED: sealed later than it claims
    to have been written, or dated before it was written. MOVED: its place names another event. TREE: a file of the
    tree is damaged. HEAD: a signed head does not fit. WITNESS: a witness knows another history. ERASED: a value was
    erased without an event that says so, or an event says it of what must be kept still.
    """

    CHANGED = "CHANGED"
    DELETED = "DELETED"
    INSERTED = "INSERTED"
    BACKDATED = "BACKDATED"
    MOVED = "MOVED"
    TREE = "TREE"
    HEAD = "HEAD"
    WITNESS = "WITNESS"
    ERASED = "ERASED"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: of which event, by id, name, subject and instant; `what` names the fields."""

    kind: Kind
    event: str = ""
    name: str = ""
    subject: str = ""
    at: str = ""
    index: int | None = None
    what: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """As JSON, without what is empty."""
        said = {
            "kind": self.kind.value,
            "event": self.event,
            "name": self.name,
            "subject": self.subject,
            "at": self.at,
            "index": self.index,
            "what": list(self.what),
        }
        return {key: value for key, value in said.items() if value not in ("", None, [])}


def told_of(erasure: Erasure) -> dict[str, str]:
    """An erasure as JSON: which value of which event, on which ground, by whom and when."""
    return {
        "event": str(erasure.event),
        "key": erasure.key,
        "ground": erasure.ground,
        "by": erasure.by,
        "at": instant(erasure.at),
    }


@dataclass(slots=True)
class Dated:
    """Events by the system itself, dated like what they follow, long before they were written: how many, the first."""

    events: int = 0
    first: list[Finding] = field(default_factory=list)

    def add(self, one: Finding) -> None:
        """Count it, and name it while there are few."""
        self.events += 1
        if len(self.first) < SHOWN:
            self.first.append(one)

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "events": self.events,
            "first": [{"event": one.event, "name": one.name, "at": one.at} for one in self.first],
        }


@dataclass(slots=True)
class Rows:
    """Rows bound by the hour: how many were compared, how many wait to be bound, the oldest of them since when; by
    kind, before which instant they were erased, as events say.
    """

    compared: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    erased_before: dict[str, datetime] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "compared": self.compared,
            "waiting": self.waiting,
            "waiting_since": self.waiting_since.isoformat() if self.waiting_since else None,
            "erased_before": {kind: before.isoformat() for kind, before in self.erased_before.items()},
        }


@dataclass(slots=True)
class Verdict:
    """`size` leaves were compared, `witnessed` of them stand under a witness's word; `tail` events wait for a seal, the
    oldest since `tail_seconds`. `rows` are those bound by the hour. `erasures`: what sealed events say was erased of
    what may be erased, in their order.
    """

    size: int = 0
    witnessed: int = 0
    tail: int = 0
    tail_seconds: int = 0
    erasures: list[Erasure] = field(default_factory=list)
    dated_before: Dated = field(default_factory=Dated)
    rows: Rows = field(default_factory=Rows)
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
