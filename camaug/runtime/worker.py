"""The worker: hands events to their subscribers and runs jobs, until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence

from django.db import close_old_connections, connections
from procrastinate import App, JobContext
from procrastinate.contrib.django import app

from camaug.kernel.dispatch import Subscriber, dispatch, subscribers
from camaug.kernel.patience import patiently
from camaug.runtime import lost_jobs

_IDLE = 0.5  # seconds between looks for new events
_AFTER_FAILURE, _LONGEST = 5.0, 300.0
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
    turns = Turns()
    while not stopping.is_set():
        close_old_connections()
        stopping.wait(0.0 if turns.take() else _IDLE)
    connections.close_all()


class Turns:
    """Rounds over the subscribers; one that fails holds up no other, and waits twice as long after each failure."""

    def __init__(self, whose: Callable[[], Sequence[Subscriber]] = subscribers) -> None:
        self._whose = whose
        self._failing: dict[str, tuple[float, float]] = {}  # pause, and when it is over, by subscriber

    def take(self) -> int:
        """One round; returns the number of events read."""
        return sum(self._one(subscriber) for subscriber in self._whose())

    def _one(self, subscriber: Subscriber) -> int:
        pause, until = self._failing.get(subscriber.name, (_AFTER_FAILURE / 2, 0.0))
        if time.monotonic() < until:
            return 0
        try:
            read = dispatch(subscriber)
        except Exception:
            pause = min(pause * 2, _LONGEST)
            logger.exception("handing events to %s failed; trying again in %s s", subscriber.name, pause)
            self._failing[subscriber.name] = pause, time.monotonic() + pause
            return 0
        self._failing.pop(subscriber.name, None)
        return read


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
                task_middleware=[_patiently],
            )
        )
        beside = asyncio.create_task(lost_jobs.take_up(jobs))
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, _stop, running.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await running
        beside.cancel()


def _patiently(run: Callable[[], object], context: JobContext, _worker: object) -> None:
    """What is done every minute anyway is about nothing; any other job is about what it was told."""
    told = context.job.task_kwargs
    about = "" if "timestamp" in told else ",".join(str(one) for one in told.values())
    patiently(context.job.task_name, run, about=about[:80])


def _stop(cancel: Callable[[], bool]) -> None:
    cancel()
    last = threading.Timer(_LAST, os._exit, [1])
    last.daemon = True
    last.start()
