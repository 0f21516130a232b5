"""The worker: hands events to their subscribers and runs jobs, until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections
from procrastinate import App
from procrastinate.contrib.django import app

from camaug.kernel.dispatch import dispatch_all
from camaug.runtime import lost_jobs

_IDLE = 0.5  # seconds between looks for new events
_AFTER_FAILURE = 5.0
_PATIENCE = 5.0  # seconds that running jobs may take to end
_LAST = 7.0  # seconds after which the process ends whatever it waits for, for example a database that is gone

logger = logging.getLogger(__name__)


def work() -> None:
    """Events in a thread, jobs (periodic ones too) in the main one, which takes the signals."""
    stopping = threading.Event()
    reader = threading.Thread(target=_hand_out_events, args=[stopping], name="events")
    reader.start()
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as jobs:  # type: ignore[attr-defined]
            asyncio.run(_run_jobs(jobs))
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


async def _run_jobs(jobs: App) -> None:
    loop = asyncio.get_running_loop()
    async with jobs.open_async():
        running = asyncio.create_task(
            jobs.run_worker_async(
                concurrency=2,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=_PATIENCE,
                update_heartbeat_interval=lost_jobs.HEARTBEAT,
                stalled_worker_timeout=lost_jobs.SILENCE,
            )
        )
        beside = asyncio.create_task(lost_jobs.take_up(jobs))
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, _stop, running.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await running
        beside.cancel()


def _stop(cancel: Callable[[], bool]) -> None:
    cancel()
    last = threading.Timer(_LAST, os._exit, [1])
    last.daemon = True
    last.start()
