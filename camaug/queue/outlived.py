"""Who had an appointment is kept for a time; that there was one is counted on."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from camaug.kernel.clock import LOCAL
from camaug.kernel.keeping import Kept
from camaug.queue.models import Appointment

_NAMED = ~Q(name="", phone="") | Q(account__isnull=False) | Q(person_id__isnull=False)


def _forgotten(rows: QuerySet[Any], _at: datetime) -> None:
    rows.update(name="", phone="", account=None, person_id=None)


OUTLIVED = {
    "APPOINTMENTS": Kept(
        "queue.Appointment",
        since="day",
        rows=lambda ends: Appointment.objects.filter(_NAMED, day__lt=ends.astimezone(LOCAL).date()),
        erase=_forgotten,
    )
}
