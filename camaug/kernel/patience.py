"""Work that fails is tried again after growing pauses; what one thing causes rests in the end, until somebody looks.

What the worker does for everybody never rests for good: its pauses grow to an hour. Both are shown to administrators.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from camaug.kernel import clock
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import Event, event, record
from camaug.kernel.models import Trouble
from camaug.kernel.policy import TRY_AGAIN

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
_log = logging.getLogger(__name__)


@event
class WorkTriedAgain(Event):
    """Somebody has work tried again that failed; subject: the trouble."""

    job: str
    about: str


@dataclass(frozen=True, slots=True)
class TroubleView:
    """Work that failed `tries` times; `next_at` None: it rests. `about`: the id of the thing it is about, or ""."""

    id: UUID
    job: str
    about: str
    problem: str
    tries: int
    since: datetime
    failed_at: datetime
    next_at: datetime | None


def patiently(job: str, deed: Callable[[], object], *, about: str = "") -> None:
    """Do it, unless it has failed lately and its time has not come; a failure is written down and raised no further.

    Trouble of the database itself is raised: it is not the work's, and could not be written down.
    """
    trouble = Trouble.objects.filter(job=job, about=about).first()
    if trouble and (trouble.next_at is None or trouble.next_at > clock.now()):
        return
    try:
        deed()
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        _log.exception("%s failed (%s)", job, about)
        _write_down(job, about, problem, at=clock.now())
    else:
        if trouble:
            trouble.delete()


def troubles() -> tuple[TroubleView, ...]:
    """All that fails now, what rests first, then the latest."""
    rows = Trouble.objects.order_by("next_at", "-failed_at")
    found = [
        TroubleView(row.id, row.job, row.about, row.problem, row.tries, row.since, row.failed_at, row.next_at)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.next_at is not None))


def try_again(trouble_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let the worker try it with its next turn, with as much patience as at the first time. Raises NotFound."""
    TRY_AGAIN.check(by, None)
    with transaction.atomic():
        trouble = Trouble.objects.select_for_update().filter(pk=trouble_id).first()
        if trouble is None:
            raise NotFound
        trouble.tries, trouble.next_at = 0, at
        trouble.save(update_fields=["tries", "next_at"])
        record(WorkTriedAgain(subject=trouble.id, job=trouble.job, about=trouble.about), by=by, at=at)


def _write_down(job: str, about: str, problem: Exception, *, at: datetime) -> None:
    """The sort of failure alone: what it says may hold what a person told."""
    with transaction.atomic():
        trouble, _new = Trouble.objects.select_for_update().get_or_create(
            job=job, about=about, defaults={"since": at, "failed_at": at, "next_at": at}
        )
        trouble.tries += 1
        trouble.problem, trouble.failed_at = type(problem).__name__[:100], at
        trouble.next_at = _next(trouble.tries, at, may_rest=bool(about))
        trouble.save()


def _next(tries: int, at: datetime, *, may_rest: bool) -> datetime | None:
    if tries <= len(PAUSES):
        return at + PAUSES[tries - 1]
    return None if may_rest else at + PAUSES[-1]
