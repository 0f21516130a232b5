"""What the worker does by itself for the history."""

import logging

from procrastinate.contrib.django import app

from camaug.audit.actions.ask_witnesses import ask_witnesses
from camaug.audit.actions.bind_rows import bind_rows
from camaug.audit.actions.seal import BATCH, seal
from camaug.audit.keys import NoKey, signer
from camaug.kernel import clock

logger = logging.getLogger(__name__)
_BATCHES = 20  # a job ends after that many, so that others get their turn


@app.periodic(cron="* * * * * */5", queueing_lock="audit.seal")
@app.task(name="audit.seal", queueing_lock="audit.seal", lock="audit.seal")
def seal_history(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every five seconds: seal what happened, and show the head to the witnesses."""
    try:
        key = signer()
    except NoKey as missing:
        logger.warning("history is not sealed: %s", missing)
        return
    for _batch in range(_BATCHES):
        if seal(key=key, at=clock.now()).new < BATCH:
            break
    ask_witnesses(at=clock.now())


@app.periodic(cron="20 * * * *", queueing_lock="audit.bind")
@app.task(name="audit.bind", queueing_lock="audit.bind", lock="audit.bind")
def bind_what_came(timestamp: int) -> None:  # noqa: ARG001 (as above)
    """Every hour: bind who looked at whose data in the hour before the last."""
    bind_rows(at=clock.now())
