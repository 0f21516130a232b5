from datetime import datetime, timedelta
from functools import partial

from camaug.kernel.actors import Actor
from camaug.kernel.outgoing.sending import BATCH, Answer, Fate, NotTaken, Sending
from camaug.postal.carriers.choice import carrier
from camaug.postal.carriers.contract import Carrier
from camaug.postal.events import CancellationRefused, OrderCancelled
from camaug.postal.lifecycle import OrderState
from camaug.postal.models import Order

PAUSES = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def cancel_due(*, by: Actor, at: datetime, batch: int = BATCH, to: Carrier | None = None) -> int:
    """Tell the carrier what was taken back; returns how many orders were claimed. What it refuses to cancel travels."""
    to = to or carrier()
    if to is None:
        return 0
    sending = Sending(
        due=lambda at: Order.objects.to_cancel(at=at),
        attempt=partial(_cancel, to),
        arrived=_cancelled,
        given_up=_refused,
        pauses=PAUSES,
        taken=OrderState.CANCELLED,
        failed=OrderState.CANCELLING,
        lost=OrderState.REGISTERED,
    )
    return sending.send_due(by=by, at=at, batch=batch)


def _cancel(to: Carrier, order: Order, at: datetime) -> Answer:
    try:
        to.cancel(order.number)
    except NotTaken as no:
        return Answer(Fate.NEVER if no.final else Fate.SILENT, why={"problem": no.reason[:300]})
    return Answer(Fate.TAKEN, why={"problem": ""}, columns={"ended_at": at, "track_at": None})


def _cancelled(order: Order, _answer: Answer) -> OrderCancelled:
    return OrderCancelled(subject=order.id, about=order.subject_id, kind=order.kind)


def _refused(order: Order, answer: Answer) -> CancellationRefused:
    return CancellationRefused(subject=order.id, about=order.subject_id, kind=order.kind, problem=answer.why["problem"])
