"""What the worker does by itself."""

from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.queue import demo
from camaug.queue.actions import end_day, remind


@app.periodic(cron="*/10 * * * *")
@app.task(name="queue.remind", queueing_lock="queue.remind")
def remind_of_appointments(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every ten minutes: remind those whose appointment is within a day."""
    while remind.remind(by=SYSTEM, at=clock.now()) == remind.BATCH:
        pass


@app.periodic(cron="12 1 * * *")
@app.task(name="queue.end_day", queueing_lock="queue.end_day")
def end_yesterday(timestamp: int) -> None:  # noqa: ARG001
    """Every night: close what the day before left open."""
    at = clock.now()
    end_day.end_day((at - timedelta(days=1)).date(), by=SYSTEM, at=at)


@app.periodic(cron="* * * * *")
@app.task(name="queue.play", queueing_lock="queue.play")
def play(timestamp: int) -> None:  # noqa: ARG001
    """Every minute of a demonstration: the cast's halls live."""
    if settings.DEMO:
        demo.play(settings.PROFILE, at=clock.now())
