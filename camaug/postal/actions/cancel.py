from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.kernel.outgoing.sending import LEASE
from camaug.postal.events import OrderCancelled
from camaug.postal.lifecycle import LIFECYCLE, OrderState
from camaug.postal.models import Order
from camaug.postal.policy import CANCEL

_TAKEN_BACK = (OrderState.CANCELLING, OrderState.CANCELLED)


@transaction.atomic
def cancel(order_id: UUID, *, by: Actor, at: datetime) -> Order:
    """Take an order back before the parcel was fetched: at once where the carrier was never told, else by telling it.

    NotFound, NotAllowed, WrongState. Cancelled twice, it is cancelled once.
    """
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise NotFound
    CANCEL.check(by, order)
    state = OrderState(order.state)
    if state in _TAKEN_BACK:
        return order
    if state == OrderState.WAITING and order.attempts == 0:
        order.state, order.ended_at, order.next_attempt_at = LIFECYCLE.after("drop", state), at, None
        record(OrderCancelled(subject=order.id, about=order.subject_id, kind=order.kind), by=by, at=at)
    else:
        order.state = LIFECYCLE.after("cancel", state)
        # Who may just be placing it must have ended before the carrier hears that it is cancelled.
        order.next_attempt_at = at if order.placed_at else at + LEASE
        order.attempts = 0
    order.save(update_fields=["state", "ended_at", "next_attempt_at", "attempts"])
    return order
