"""What the worker does with the post."""

from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.outgoing.sending import work_off
from camaug.postal.actions.cancel_due import cancel_due
from camaug.postal.actions.place_due import place_due
from camaug.postal.actions.track_due import track_due


@app.periodic(cron="* * * * * */5", queueing_lock="postal.tell_carrier")
@app.task(name="postal.tell_carrier", queueing_lock="postal.tell_carrier", lock="postal.tell_carrier")
def tell_carrier(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every five seconds: give the carrier what is due, and take back what was cancelled."""
    work_off(lambda: place_due(by=SYSTEM, at=clock.now()))
    work_off(lambda: cancel_due(by=SYSTEM, at=clock.now()))


@app.periodic(cron="* * * * * */20", queueing_lock="postal.track_due")
@app.task(name="postal.track_due", queueing_lock="postal.track_due", lock="postal.track_due")
def track(timestamp: int) -> None:  # noqa: ARG001
    """Every twenty seconds: ask how far the parcels are whose time has come."""
    work_off(lambda: track_due(by=SYSTEM, at=clock.now()))
