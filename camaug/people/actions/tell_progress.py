import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections

from camaug.kernel import clock
from camaug.people.models import ImportProgress

PAUSE = 0.4  # seconds between two looks


@contextmanager
def telling(run_id: UUID) -> Iterator[Callable[[int, int], None]]:
    """A progress callback whose numbers others see at once: a thread writes them outside the import's transaction."""
    said = {"done": 0, "total": 0}
    over = threading.Event()
    teller = threading.Thread(target=_tell, args=[run_id, said, over], name="import progress", daemon=True)
    teller.start()
    try:
        yield lambda done, total: said.update(done=done, total=total)
    finally:
        over.set()
        teller.join(5)


def _tell(run_id: UUID, said: dict[str, int], over: threading.Event) -> None:
    told: dict[str, int] = {}
    try:
        while not over.wait(PAUSE):
            now = dict(said)
            if now != told:
                ImportProgress.objects.filter(run=run_id).update(**now, told_at=clock.now())
                told = now
    finally:
        connections.close_all()
