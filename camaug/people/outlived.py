"""Why somebody was away, and the tables that were sent in, are kept for a time."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from camaug.kernel.keeping import Kept
from camaug.people.models import Absence, Import, ImportState


def _no_reason(rows: QuerySet[Any], _at: datetime) -> None:
    rows.update(reason="")


OUTLIVED = {
    "ABSENCES": Kept(
        "people.Absence",
        since="until_at",
        rows=lambda ends: Absence.objects.filter(until_at__lt=ends).exclude(reason=""),
        erase=_no_reason,
    ),
    "IMPORTS": Kept(
        "people.Import",
        since="sent_at",
        rows=lambda ends: Import.objects.filter(sent_at__lt=ends).exclude(state=ImportState.CONFIRMED),
    ),
}
