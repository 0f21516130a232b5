from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from camaug.cases.queries.exchange import exchange_of, step_of
from camaug.gateway.events import ShipmentGivenUp
from camaug.gateway.lifecycle import ShipmentState
from camaug.gateway.models import Shipment
from camaug.gateway.national.choice import portal
from camaug.gateway.national.contract import NationalPortal, NotTaken
from camaug.gateway.national.shape import CASE, STEP, case_data, step_data
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.kernel.models import EventRecord

BATCH = 20
LEASE = timedelta(minutes=5)  # longer than a batch can take; after a crash the row is tried again then
PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)


def send_due(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Tell the national portal what is due; returns how many messages were tried.

    No transaction is open while the portal is waited for: rows are claimed for a while first. Who dies in between
    leaves them to the next; told twice, the portal keeps one. Where it takes nothing now, the rest of the batch waits.
    """
    to = portal()
    if to is None:
        return 0
    claimed = _claim(at, batch)
    for place, shipment in enumerate(claimed):
        if silent := _tell(to, shipment, by=by, at=at):
            _settle(shipment, silent, by=by, at=at)
            _put_back(claimed[place + 1 :], at)
            break
    return len(claimed)


def _claim(at: datetime, batch: int) -> list[Shipment]:
    with transaction.atomic():
        claimed = list(Shipment.objects.due(at=at).select_for_update(skip_locked=True, of=("self",))[:batch])
        for shipment in claimed:
            shipment.attempts += 1
            shipment.next_attempt_at = at + LEASE
        Shipment.objects.bulk_update(claimed, ["attempts", "next_attempt_at"])
    return claimed


def _tell(to: NationalPortal, shipment: Shipment, *, by: Actor, at: datetime) -> NotTaken | None:
    """None where the matter is settled, one way or the other; else why the portal takes nothing now."""
    try:
        with translation.override("vi"):
            shipment.data = _DATA[shipment.service](shipment, at)
        to.call(shipment.service, shipment.data, updating=_is_known(shipment))
    except NotFound:
        _settle(shipment, NotTaken("the case is gone", final=True), by=by, at=at)
    except NotTaken as no:
        if not no.final:
            return no
        _settle(shipment, no, by=by, at=at)
    else:
        _settle(shipment, None, by=by, at=at)
    return None


def _put_back(untried: list[Shipment], at: datetime) -> None:
    for shipment in untried:
        mine = Shipment.objects.filter(pk=shipment.pk, attempts=shipment.attempts)
        mine.update(attempts=shipment.attempts - 1, next_attempt_at=at + PAUSES[0])


def _case(shipment: Shipment, at: datetime) -> dict[str, Any]:
    return case_data(exchange_of(shipment.case_id, at=at), kinds=settings.NATIONAL_PORTAL_KINDS)


def _step(shipment: Shipment, _at: datetime) -> dict[str, Any]:
    row = EventRecord.objects.filter(pk=shipment.event_id).first()
    if row is None:
        raise NotFound
    return step_data(step_of(row))


_DATA: dict[str, Callable[[Shipment, datetime], dict[str, Any]]] = {CASE: _case, STEP: _step}


def _is_known(shipment: Shipment) -> bool:
    """Whether the portal has taken the case before."""
    return Shipment.objects.filter(case_id=shipment.case_id, service=CASE, sent_at__isnull=False).exists()


def _settle(shipment: Shipment, no: NotTaken | None, *, by: Actor, at: datetime) -> None:
    """Write down what became of it, unless somebody else has taken the row over meanwhile."""
    state = _state_after(shipment.attempts, no)
    changes = {
        "state": state,
        "problem": no.reason[:300] if no else "",
        "data": shipment.data,
        "next_attempt_at": at + PAUSES[shipment.attempts - 1] if state == ShipmentState.FAILED else None,
    }
    if state == ShipmentState.SENT:
        changes["sent_at"] = at
    with transaction.atomic():
        mine = Shipment.objects.filter(pk=shipment.pk, attempts=shipment.attempts)
        if mine.update(**changes) and state == ShipmentState.GIVEN_UP and no:
            given_up = ShipmentGivenUp(
                subject=shipment.id, service=shipment.service, problem=no.reason[:300], attempts=shipment.attempts
            )
            record(given_up, by=by, at=at)


def _state_after(attempts: int, no: NotTaken | None) -> ShipmentState:
    if no is None:
        return ShipmentState.SENT
    return ShipmentState.GIVEN_UP if no.final or attempts > len(PAUSES) else ShipmentState.FAILED
