from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.gateway.events import ShipmentResent
from camaug.gateway.lifecycle import ShipmentState
from camaug.gateway.models import Shipment
from camaug.gateway.policy import RESEND
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


@transaction.atomic
def resend(shipment_id: UUID, *, by: Actor, at: datetime) -> Shipment:
    """Have a message sent once more, with the case as it stands now; what waits already is left as it is. NotFound."""
    RESEND.check(by, None)
    shipment = Shipment.objects.select_for_update().filter(pk=shipment_id).first()
    if shipment is None:
        raise NotFound
    if shipment.state == ShipmentState.WAITING and shipment.attempts == 0:
        return shipment
    shipment.state, shipment.attempts, shipment.next_attempt_at, shipment.problem = ShipmentState.WAITING, 0, at, ""
    shipment.save(update_fields=["state", "attempts", "next_attempt_at", "problem"])
    record(ShipmentResent(subject=shipment.id, service=shipment.service), by=by, at=at)
    return shipment
