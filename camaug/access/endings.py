"""What other parts do when a session is about to end: those that stand above cannot be called by name.

endings.register(end_what_hangs_on_it)
"""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from camaug.kernel.actors import Actor


class Ending(Protocol):
    """Ends what hangs on a session, which still holds what it held; `by` may sit at another browser."""

    def __call__(self, session: SessionBase, *, by: Actor, at: datetime) -> None: ...


class Leaving(Protocol):
    """Ends all that an account has entered, also what would outlast its sessions."""

    def __call__(self, account_id: UUID, *, by: Actor, at: datetime) -> None: ...


_ENDINGS: list[Ending] = []
_LEAVINGS: list[Leaving] = []


def register(ending: Ending) -> None:
    """Have it called with every session that ends."""
    _ENDINGS.append(ending)


def register_leaving(leaving: Leaving) -> None:
    """Have it called with every account that is to be left everywhere."""
    _LEAVINGS.append(leaving)


def leave_everywhere(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let every part end what the account has entered."""
    for leaving in _LEAVINGS:
        leaving(account_id, by=by, at=at)


def before_the_end(session: SessionBase, *, by: Actor, at: datetime) -> None:
    """Let every part end what hangs on the session."""
    for ending in _ENDINGS:
        ending(session, by=by, at=at)
