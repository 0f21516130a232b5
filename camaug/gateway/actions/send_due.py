from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import translation

from camaug.cases.queries.exchange import exchange_of, step_of
from camaug.gateway.events import ShipmentGivenUp
from camaug.gateway.models import Shipment
from camaug.gateway.national.choice import portal
from camaug.gateway.national.contract import NationalPortal
from camaug.gateway.national.shape import CASE, STEP, case_data, step_data
from camaug.kernel.actors import Actor
from camaug.kernel.closed import field_of
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.outgoing.sending import BATCH, Answer, Fate, NotTaken, Sending

PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)


def send_due(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Tell the national portal what is due; returns how many messages were claimed.

    Told twice, the portal keeps one. Where it takes nothing now, the rest of the batch waits.
    """
    to = portal()
    if to is None:
        return 0
    sending = Sending(
        due=lambda at: Shipment.objects.due(at=at),
        attempt=partial(_tell, to),
        given_up=_given_up,
        pauses=PAUSES,
    )
    return sending.send_due(by=by, at=at, batch=batch)


def _tell(to: NationalPortal, shipment: Shipment, at: datetime) -> Answer:
    try:
        with translation.override("vi"):
            shipment.data = _DATA[shipment.service](shipment, at)
        to.call(shipment.service, shipment.data, updating=_is_known(shipment))
    except NotFound:
        return _refusal(shipment, Fate.NEVER, "the case is gone")
    except NotTaken as no:
        return _refusal(shipment, Fate.NEVER if no.final else Fate.SILENT, no.reason)
    return Answer(Fate.TAKEN, why={"problem": ""}, columns={"data": _closed(shipment), "sent_at": at})


def _refusal(shipment: Shipment, fate: Fate, reason: str) -> Answer:
    return Answer(fate, why={"problem": reason[:300]}, columns={"data": _closed(shipment)})


def _closed(shipment: Shipment) -> Any:
    """What was sent, as its row keeps it."""
    return field_of(Shipment, "data").closed(shipment.data, shipment)


def _case(shipment: Shipment, at: datetime) -> dict[str, Any]:
    told = exchange_of(shipment.case_id, at=at)
    return case_data(told, kinds=settings.NATIONAL_PORTAL_KINDS, site=settings.SITE_URL)


def _step(shipment: Shipment, _at: datetime) -> dict[str, Any]:
    row = EventRecord.objects.filter(pk=shipment.event_id).first()
    if row is None:
        raise NotFound
    return step_data(step_of(row))


_DATA: dict[str, Callable[[Shipment, datetime], dict[str, Any]]] = {CASE: _case, STEP: _step}


def _is_known(shipment: Shipment) -> bool:
    """Whether the portal has taken the case before."""
    return Shipment.objects.filter(case_id=shipment.case_id, service=CASE, sent_at__isnull=False).exists()


def _given_up(shipment: Shipment, answer: Answer) -> ShipmentGivenUp:
    return ShipmentGivenUp(
        subject=shipment.id, service=shipment.service, problem=answer.why["problem"], attempts=shipment.attempts
    )
