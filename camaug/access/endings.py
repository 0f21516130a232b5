"""What other parts do when a session is about to end: those that stand above cannot be called by name.

endings.register(end_what_hangs_on_it)
"""

from datetime import datetime
from typing import Protocol

from django.contrib.sessions.backends.base import SessionBase

from camaug.kernel.actors import Actor


class Ending(Protocol):
    """Ends what hangs on a session, which still holds what it held; `by` may sit at another browser."""

    def __call__(self, session: SessionBase, *, by: Actor, at: datetime) -> None: ...


_ENDINGS: list[Ending] = []


def register(ending: Ending) -> None:
    """Have it called with every session that ends."""
    _ENDINGS.append(ending)


def before_the_end(session: SessionBase, *, by: Actor, at: datetime) -> None:
    """Let every part end what hangs on the session."""
    for ending in _ENDINGS:
        ending(session, by=by, at=at)
