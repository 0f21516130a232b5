"""What the worker does by itself for all parts."""

from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.files.resumable import forget_expired


@app.periodic(cron="*/10 * * * *", queueing_lock="kernel.forget_uploads")
@app.task(name="kernel.forget_uploads", queueing_lock="kernel.forget_uploads")
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every ten minutes: throw away what was sent half and not gone on with for a day."""
    while forget_expired(at=clock.now()):
        pass
