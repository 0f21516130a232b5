"""What the worker does by itself for other systems."""

from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from camaug.gateway.actions.answer_once import forget_expired
from camaug.gateway.actions.replay import JOB, go_on
from camaug.gateway.actions.send_due import send_due
from camaug.gateway.queries import replays_to_do
from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.outgoing.sending import work_off
from camaug.kernel.patience import patiently


@app.periodic(cron="17 * * * *", queueing_lock="gateway.forget_answers")
@app.task(name="gateway.forget_answers", queueing_lock="gateway.forget_answers")
def forget_answers(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every hour: throw away the answers that nobody will ask for again."""
    while forget_expired(at=clock.now()):
        pass


@app.periodic(cron="* * * * * */5", queueing_lock="gateway.send_due")
@app.task(name="gateway.send_due", queueing_lock="gateway.send_due", lock="gateway.send_due")
def tell_national_portal(timestamp: int) -> None:  # noqa: ARG001
    """Every five seconds: tell the national portal what is due."""
    work_off(lambda: send_due(by=SYSTEM, at=clock.now()))


@app.task(name=JOB)
def replay(replay: str) -> None:
    """Have cases told again, some at a time."""
    _replay(UUID(replay))


@app.periodic(cron="* * * * *", queueing_lock="gateway.resume_replays")
@app.task(name="gateway.resume_replays", queueing_lock="gateway.resume_replays")
def resume_replays(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: take up what a worker that died has left."""
    for replay_id in replays_to_do():
        patiently(JOB, partial(_replay, replay_id), about=str(replay_id))


def _replay(replay_id: UUID) -> None:
    while go_on(replay_id, by=SYSTEM, at=clock.now()):
        pass
