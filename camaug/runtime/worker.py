"""The worker: hands events to their subscribers and runs jobs, until it is told to stop."""

import logging
import threading

from django.db import close_old_connections, connections
from procrastinate.contrib.django import app

from camaug.kernel.dispatch import dispatch_all

_IDLE = 0.5  # seconds between looks for new events
_AFTER_FAILURE = 5.0

logger = logging.getLogger(__name__)


def work() -> None:
    """Events in a thread, jobs (periodic ones too) in the main one, which takes the signals."""
    stopping = threading.Event()
    reader = threading.Thread(target=_hand_out_events, args=[stopping], name="events")
    reader.start()
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as jobs:  # type: ignore[attr-defined]
            jobs.run_worker(wait=True, install_signal_handlers=True, concurrency=2, delete_jobs="successful")
    finally:
        stopping.set()
        reader.join()


def _hand_out_events(stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            close_old_connections()
            pause = 0.0 if dispatch_all() else _IDLE
        except Exception:
            logger.exception("handing out events failed; trying again")
            pause = _AFTER_FAILURE
        stopping.wait(pause)
    connections.close_all()
