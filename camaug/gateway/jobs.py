"""What the worker does by itself for the API."""

from procrastinate.contrib.django import app

from camaug.gateway.actions.answer_once import forget_expired
from camaug.kernel import clock


@app.periodic(cron="17 * * * *", queueing_lock="gateway.forget_answers")
@app.task(name="gateway.forget_answers", queueing_lock="gateway.forget_answers")
def forget_answers(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every hour: throw away the answers that nobody will ask for again."""
    while forget_expired(at=clock.now()):
        pass
