"""To whom a parcel went is kept for a time after it arrived, came back or was given up."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from camaug.kernel.keeping import Kept
from camaug.postal.models import Order, ParcelScan, Party

_NOBODY = Party("", "", "").as_json()


def _without_parties(rows: QuerySet[Any], at: datetime) -> None:
    ParcelScan.objects.filter(order__in=rows).update(note="")
    rows.update(sender=_NOBODY, receiver=_NOBODY, erased_at=at)


OUTLIVED = {
    "PARCELS": Kept(
        "postal.Order",
        since="ended_at",
        rows=lambda ends: Order.objects.filter(ended_at__lt=ends, erased_at__isnull=True),
        erase=_without_parties,
    )
}
