"""What the worker does by itself."""

from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.outgoing.sending import work_off
from camaug.notify.actions.clear_tray import clear_tray
from camaug.notify.actions.deliver_due import deliver_due as deliver


@app.periodic(cron="* * * * * */5", queueing_lock="notify.deliver_due")
@app.task(name="notify.deliver_due", queueing_lock="notify.deliver_due", pass_context=False)
def deliver_due(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every five seconds: send what is due."""
    work_off(lambda: deliver(by=SYSTEM, at=clock.now()))


@app.periodic(cron="17 3 * * *")
@app.task(name="notify.clear_tray", queueing_lock="notify.clear_tray")
def forget_tray(timestamp: int) -> None:  # noqa: ARG001
    """Every night: clear the demonstration's tray."""
    clear_tray(by=SYSTEM, at=clock.now())
