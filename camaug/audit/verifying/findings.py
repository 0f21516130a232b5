"""What a verification finds."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """CHANGED: an event is not as sealed. DELETED: it is gone. INSERTED: it was never sealed, though it is older than
    what was. BACKDATED: sealed later than it claims to have been written. MOVED: its place names another event.
    TREE: a file of the tree is damaged. HEAD: a signed head does not fit. WITNESS: a witness knows another history.
    ERASED: a value was erased without an event that says so.
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


@dataclass(slots=True)
class Verdict:
    """`size` leaves were compared, `witnessed` of them stand under a witness's word; `tail` events wait for a seal, the
    oldest since `tail_seconds`. `erased` values were erased rightly, `gone` lay beside events and is no longer there.
    """

    size: int = 0
    witnessed: int = 0
    tail: int = 0
    tail_seconds: int = 0
    erased: int = 0
    gone: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
