"""What the worker does for systems that let people in by us."""

from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.outgoing.sending import work_off
from camaug.signon.actions.end_idle import end_idle
from camaug.signon.actions.end_lost import end_lost
from camaug.signon.actions.forget_expired import forget_expired
from camaug.signon.actions.send_logouts import send_logouts


@app.periodic(cron="* * * * * */5", queueing_lock="signon.send_logouts")
@app.task(name="signon.send_logouts", queueing_lock="signon.send_logouts", lock="signon.send_logouts")
def tell_of_logouts(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every five seconds: tell systems whose sign-ons have ended."""
    work_off(lambda: send_logouts(by=SYSTEM, at=clock.now()))


@app.periodic(cron="*/5 * * * *", queueing_lock="signon.end_lost")
@app.task(name="signon.end_lost", queueing_lock="signon.end_lost")
def leave_with_the_post(timestamp: int) -> None:  # noqa: ARG001
    """Every five minutes: whoever may not enter a system any more leaves it; tokens open nothing at once."""
    end_lost(by=SYSTEM, at=clock.now())


@app.periodic(cron="*/5 * * * *", queueing_lock="signon.end_idle")
@app.task(name="signon.end_idle", queueing_lock="signon.end_idle")
def leave_what_was_left_alone(timestamp: int) -> None:  # noqa: ARG001
    """Every five minutes: whoever has done nothing for long, here or there, leaves the systems that he entered."""
    end_idle(by=SYSTEM, at=clock.now())


@app.periodic(cron="41 * * * *", queueing_lock="signon.forget_expired")
@app.task(name="signon.forget_expired", queueing_lock="signon.forget_expired")
def forget_tokens(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: throw away tokens that ended long ago."""
    while forget_expired(at=clock.now()):
        pass
