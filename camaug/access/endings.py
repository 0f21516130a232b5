"""What other parts do when a session is about to end: those that stand above cannot be called by name.

endings.register(end_what_hangs_on_it)
"""

from collections.abc import Callable

from camaug.kernel.pages import Request

type Ending = Callable[[Request], None]

_ENDINGS: list[Ending] = []


def register(ending: Ending) -> None:
    """Have `ending` called with the request that ends a session, while the session still holds what it held."""
    _ENDINGS.append(ending)


def before_the_end(request: Request) -> None:
    """Let every part end what hangs on the session."""
    for ending in _ENDINGS:
        ending(request)
