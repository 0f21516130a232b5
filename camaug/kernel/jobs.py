"""What the worker does by itself for all parts."""

import logging

from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.files.resumable import forget_expired
from camaug.kernel.files.sweeping import erase_file, erase_leftover, leftovers, mark_unused, ripe

logger = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *", queueing_lock="kernel.forget_uploads")
@app.task(name="kernel.forget_uploads", queueing_lock="kernel.forget_uploads")
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every ten minutes: throw away what was sent half and not gone on with for a day."""
    while forget_expired(at=clock.now()):
        pass


@app.periodic(cron="50 2 * * *", queueing_lock="kernel.sweep_files")
@app.task(name="kernel.sweep_files", queueing_lock="kernel.sweep_files", lock="kernel.sweep_files")
def sweep_files(timestamp: int) -> None:  # noqa: ARG001
    """Every night: mark files that no row names, take those out that have been so for the whole grace."""
    at = clock.now()
    marks = mark_unused(at=at)
    erased = [size for one in ripe(at=at) if (size := erase_file(one, by=SYSTEM, at=at)) is not None]
    left = [size for one in leftovers(at=at) if (size := erase_leftover(one, by=SYSTEM, at=at)) is not None]
    logger.info(
        "files swept: %d unused since today, %d used again, %d erased (%d bytes), %d leftovers erased (%d bytes)",
        *(marks.unused, marks.used, len(erased), sum(erased), len(left), sum(left)),
    )
