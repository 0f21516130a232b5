from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import Event, record
from camaug.kernel.outgoing.sending import BATCH, LEASE, NotTaken
from camaug.postal.carriers.choice import carrier
from camaug.postal.carriers.contract import Carrier, Told
from camaug.postal.events import OrderCancelled, OrderDelivered, OrderGivenUp, OrderMoved, OrderReturned
from camaug.postal.lifecycle import LIFECYCLE, MOVED_BY, OPEN, OrderState, ScanStatus
from camaug.postal.models import Order, ParcelScan

PAUSES = (
    timedelta(minutes=3),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
)
"""After how long the carrier is asked again: the longer there was nothing new, the later."""
LOST = timedelta(days=30)
_NO_NEWS = "the carrier has told nothing for a month"


def first_look(at: datetime) -> datetime:
    """When an order that was just placed is first asked about."""
    return at + PAUSES[0]


def track_due(*, by: Actor, at: datetime, batch: int = BATCH, to: Carrier | None = None) -> int:
    """Ask the carrier about the orders whose time has come, and keep what is new; returns how many were claimed.

    No transaction is open while the carrier is waited for. What it tells again is kept once and moves nothing again.
    """
    to = to or carrier()
    if to is None:
        return 0
    claimed = _claim(at, batch)
    for place, order in enumerate(claimed):
        try:
            told = to.track(order.number)
        except NotTaken as no:
            if not no.final:
                _put_back(claimed[place:], at)
                break
            told = ()
        _take_in(order, told, by=by, at=at)
    return len(claimed)


def _claim(at: datetime, batch: int) -> list[Order]:
    with transaction.atomic():
        claimed = list(Order.objects.to_track(at=at).select_for_update(skip_locked=True)[:batch])
        for order in claimed:
            order.track_at = at + LEASE
        Order.objects.bulk_update(claimed, ["track_at"])
    return claimed


def _put_back(unasked: Sequence[Order], at: datetime) -> None:
    for order in unasked:
        Order.objects.filter(pk=order.pk, track_at=order.track_at).update(track_at=at + PAUSES[1])


@transaction.atomic
def _take_in(claimed: Order, told: Sequence[Told], *, by: Actor, at: datetime) -> None:
    """Keep what is new, unless somebody else has taken the order over meanwhile."""
    order = Order.objects.select_for_update().filter(pk=claimed.pk, track_at=claimed.track_at).first()
    if order is None:
        return
    known = set(order.scans.values_list("at", "status", "place"))
    new = [one for one in told if (one.at, one.status, one.place) not in known]
    scans = [ParcelScan(order=order, at=one.at, status=one.status, place=one.place, note=one.note) for one in new]
    for scan in ParcelScan.objects.bulk_create(scans, ignore_conflicts=True):
        _move(order, scan, by=by, at=at)
    order.quiet, order.heard_at = (0, at) if new else (order.quiet + 1, order.heard_at)
    if order.state in OPEN and order.heard_at and at - order.heard_at > LOST:
        _end(order, "give_up", at)
        order.problem = _NO_NEWS
        record(OrderGivenUp(subject=order.id, about=order.subject_id, kind=order.kind, problem=_NO_NEWS), by=by, at=at)
    order.track_at = at + PAUSES[min(order.quiet, len(PAUSES) - 1)] if order.state in OPEN else None
    order.save()


def _move(order: Order, scan: ParcelScan, *, by: Actor, at: datetime) -> None:
    """Bring the order where the scan says, if it does not stand there or further already."""
    name = MOVED_BY.get(ScanStatus(scan.status))
    if name is None or order.state not in LIFECYCLE.move(name).sources:
        return
    _end(order, name, scan.at)
    record(_fact(order, scan), by=by, at=at)


def _end(order: Order, name: str, at: datetime) -> None:
    order.state = LIFECYCLE.after(name, OrderState(order.state))
    order.next_attempt_at = None
    order.ended_at = None if order.state in OPEN else at


def _fact(order: Order, scan: ParcelScan) -> Event:
    match OrderState(order.state):
        case OrderState.DELIVERED:
            return OrderDelivered(
                subject=order.id, about=order.subject_id, kind=order.kind, scan=scan.id, scanned_at=scan.at
            )
        case OrderState.RETURNED:
            return OrderReturned(subject=order.id, about=order.subject_id, kind=order.kind, scanned_at=scan.at)
        case OrderState.CANCELLED:
            return OrderCancelled(subject=order.id, about=order.subject_id, kind=order.kind)
    return OrderMoved(subject=order.id, about=order.subject_id, kind=order.kind, state=order.state, scanned_at=scan.at)
