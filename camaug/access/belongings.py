"""What other parts do when what belonged to one account or person belongs to another from now on.

belongings.register(move_what_is_kept)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from camaug.behalf.actions.end_all_of import end_all_of
from camaug.kernel.actors import Actor
from camaug.people.actions.end_representation import end_said_by


@dataclass(frozen=True, slots=True)
class Change:
    """From whom to whom. The two accounts may be one: then what it did itself is another person's from now on.

    `whole`: everything of the former person goes, not only what the account did itself.
    """

    account_id: UUID
    into_account_id: UUID
    person_id: UUID | None
    into_person_id: UUID | None
    whole: bool


class Mover(Protocol):
    """Moves what its part keeps, inside the caller's transaction."""

    def __call__(self, change: Change, *, by: Actor, at: datetime) -> None: ...


_MOVERS: list[Mover] = []


def register(mover: Mover) -> None:
    """Have it called with every change."""
    _MOVERS.append(mover)


def move(change: Change, *, by: Actor, at: datetime) -> None:
    """Let every part move what it keeps; mandates were given and got as somebody else, and end, and so
    does what the account only said to represent.
    """
    if change.person_id and change.person_id != change.into_person_id:
        end_all_of(change.person_id, by=by, at=at)
        end_said_by(change.account_id, of=change.person_id, by=by, at=at)
    for mover in _MOVERS:
        mover(change, by=by, at=at)
