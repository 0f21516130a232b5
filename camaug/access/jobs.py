"""What the worker does about accounts."""

from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from camaug.access.actions.carry_round import carry_round
from camaug.access.actions.close_idle import close_idle
from camaug.access.actions.end_expired import end_expired
from camaug.access.actions.foretell_idleness import foretell_idleness
from camaug.access.actions.open_reviews import open_reviews
from camaug.access.actions.remind_of_reviews import remind_of_reviews
from camaug.access.queries.standings import rounds_to_do
from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.patience import patiently


@app.task(name="access.carry_round")
def carry(round_id: str) -> None:
    """Invite the officers of one round, batch by batch."""
    while carry_round(UUID(round_id), at=clock.now()):
        pass


@app.periodic(cron="* * * * *", queueing_lock="access.resume_rounds")
@app.task(name="access.resume_rounds", queueing_lock="access.resume_rounds", pass_context=False)
def resume(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every minute: take up what a worker that died has left."""
    for round_id in map(str, rounds_to_do()):
        patiently("access.carry_round", partial(carry, round_id), about=round_id)


@app.periodic(cron="37 4 * * *", queueing_lock="access.close_idle")
@app.task(name="access.close_idle", queueing_lock="access.close_idle", pass_context=False)
def close_what_is_idle(timestamp: int) -> None:  # noqa: ARG001
    """Every night: tell officers whose accounts will close for want of use, and close those whose time has come."""
    patiently("access.close_idle", _close_idle)


def _close_idle() -> None:
    at = clock.now()
    while foretell_idleness(by=SYSTEM, at=at):
        pass
    while close_idle(by=SYSTEM, at=at):
        pass


@app.periodic(cron="*/5 * * * *", queueing_lock="access.end_expired")
@app.task(name="access.end_expired", queueing_lock="access.end_expired", lock="access.end_expired")
def end_expired_sessions(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every five minutes: end what hangs on sessions that ran out, so that other systems learn of it."""
    while end_expired(by=SYSTEM, at=clock.now()):
        pass


@app.periodic(cron="7 5 * * *", queueing_lock="access.review")
@app.task(name="access.review", queueing_lock="access.review", pass_context=False)
def review(timestamp: int) -> None:  # noqa: ARG001
    """Every night: open the reviews of access whose time has come, and remind of those that wait."""
    patiently("access.review", _review)


def _review() -> None:
    at = clock.now()
    open_reviews(by=SYSTEM, at=at)
    remind_of_reviews(by=SYSTEM, at=at)
