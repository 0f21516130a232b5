"""What the national portal was told word by word is kept for a time; that it was told stays, since it is asked for."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from camaug.gateway.lifecycle import ShipmentState
from camaug.gateway.models import Shipment
from camaug.kernel.keeping import Kept

_ENDED = (ShipmentState.SENT, ShipmentState.GIVEN_UP)


def _without_words(rows: QuerySet[Any], _at: datetime) -> None:
    rows.update(data=None)


OUTLIVED = {
    "SHIPMENTS": Kept(
        "gateway.Shipment",
        since="arisen_at",
        rows=lambda ends: Shipment.objects.filter(arisen_at__lt=ends, state__in=_ENDED, data__isnull=False),
        erase=_without_words,
    )
}
