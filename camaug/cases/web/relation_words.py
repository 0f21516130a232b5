"""Relations to organisations with everything in words, as representatives and officers read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from camaug.people.queries import Capacity, RelationEnd, RelationProof, RelationState, RelationView
from camaug.people.queries.relation_words import CAPACITIES, ENDS, PROOFS, STATES


@dataclass(frozen=True, slots=True)
class Shown:
    """A relation in words; `until` is its last day."""

    one: RelationView
    tag: Any
    tone: str
    capacity: Any
    proof: Any
    until: datetime | None
    ending: Any

    @property
    def waits(self) -> bool:
        """Whether it was only said so far."""
        return self.one.state == RelationState.DECLARED

    @property
    def holds(self) -> bool:
        """Whether the person may act for the organisation now."""
        return self.one.state == RelationState.IN_FORCE


def shown(one: RelationView) -> Shown:
    """The relation in words."""
    tag, tone = STATES[one.state]
    return Shown(
        one=one,
        tag=tag,
        tone=tone,
        capacity=CAPACITIES[Capacity(one.capacity)],
        proof=PROOFS[RelationProof(one.proof)] if one.proof else "",
        until=one.until_at - timedelta(seconds=1) if one.until_at else None,
        ending=ENDS[RelationEnd(one.ending)] if one.ending else "",
    )
