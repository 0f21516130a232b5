from datetime import datetime, timedelta
from functools import partial

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.outgoing.sending import BATCH, Answer, Fate, NotTaken, Sending
from camaug.people.queries import directory
from camaug.postal.actions.track_due import first_look
from camaug.postal.carriers.choice import carrier
from camaug.postal.carriers.contract import Carrier, Consignment
from camaug.postal.events import OrderGivenUp, OrderPlaced
from camaug.postal.lifecycle import OrderState
from camaug.postal.models import Order, Party

PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)


def place_due(*, by: Actor, at: datetime, batch: int = BATCH, to: Carrier | None = None) -> int:
    """Give the carrier what is due; returns how many orders were claimed. Given twice, the carrier keeps one."""
    to = to or carrier()
    if to is None:
        return 0
    sending = Sending(
        due=lambda at: Order.objects.to_place(at=at),
        attempt=partial(_place, to),
        arrived=_placed,
        given_up=_given_up,
        pauses=PAUSES,
        taken=OrderState.REGISTERED,
    )
    return sending.send_due(by=by, at=at, batch=batch)


def _place(to: Carrier, order: Order, at: datetime) -> Answer:
    try:
        number = to.place(_consignment(order, at))
    except NotTaken as no:
        fate = Fate.NEVER if no.final else Fate.SILENT
        ended = at if no.final or order.attempts > len(PAUSES) else None
        return Answer(fate, why={"problem": no.reason[:300]}, columns={"ended_at": ended})
    columns = {"carrier_number": number, "placed_at": at, "heard_at": at, "track_at": first_look(at)}
    return Answer(Fate.TAKEN, why={"problem": ""}, columns=columns)


def _consignment(order: Order, at: datetime) -> Consignment:
    agency = directory(at.astimezone(LOCAL).date()).get(order.agency_id)
    return Consignment(
        number=order.number,
        sender=Party(**order.sender),
        receiver=Party(**order.receiver),
        agency_code=agency.code,
        agency_name=agency.name,
        reference=order.reference,
        cod_amount=order.cod_amount,
    )


def _placed(order: Order, answer: Answer) -> OrderPlaced:
    number = answer.columns["carrier_number"]
    return OrderPlaced(subject=order.id, about=order.subject_id, kind=order.kind, carrier_number=number)


def _given_up(order: Order, answer: Answer) -> OrderGivenUp:
    return OrderGivenUp(subject=order.id, about=order.subject_id, kind=order.kind, problem=answer.why["problem"])
