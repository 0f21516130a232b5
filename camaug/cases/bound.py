"""Who looked at whom is bound by the hour: a look that is changed, taken out or put in afterwards is found.

Of a list that was read its words are not bound: they lie encrypted, under the row's own id.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from camaug.cases.models import ListReading, Reading
from camaug.kernel.binding import Bound
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import EventRecord

_LOOK = ("subject", "account_id", "post_id", "unit_id", "mandate_id", "why", "how", "day", "at")
_LIST = ("of", "account_id", "post_id", "unit_id", "at")
_AT_ONCE = 2000


def _readings(since: datetime, until: datetime) -> Iterator[tuple[UUID, str]]:
    days = (since.astimezone(LOCAL).date(), until.astimezone(LOCAL).date())
    rows = Reading.objects.filter(day__range=days, at__gte=since, at__lt=until)
    return _told(rows.annotate(subject=Coalesce("first_subject_id", "subject_id")), _LOOK)


def _list_readings(since: datetime, until: datetime) -> Iterator[tuple[UUID, str]]:
    return _told(ListReading.objects.filter(at__gte=since, at__lt=until), _LIST)


def _told(rows: QuerySet[Reading] | QuerySet[ListReading], names: tuple[str, ...]) -> Iterator[tuple[UUID, str]]:
    for row_id, *said in rows.order_by("pk").values_list("pk", *names).iterator(chunk_size=_AT_ONCE):
        yield row_id, " ".join(value.isoformat() if hasattr(value, "isoformat") else str(value) for value in said)


def _moved_in_silence() -> Iterator[UUID]:
    """Looks that lie with another person than they were made at, though nobody joined the two."""
    joined = _joined()
    for row in Reading.objects.exclude(first_subject_id=None).exclude(first_subject_id=F("subject_id")).order_by("pk"):
        met, here = set[UUID](), row.first_subject_id
        while here is not None and here != row.subject_id and here not in met:
            met.add(here)
            here = joined.get(here)
        if here != row.subject_id:
            yield row.pk


def _joined() -> dict[UUID, UUID]:
    """Into whom each person went."""
    rows = EventRecord.objects.filter(name="people.PersonsJoined").values_list("subject_id", "facts")
    return {UUID(facts["other_id"]): into for into, facts in rows}


def _erased_before(kind: str) -> datetime | None:
    said = EventRecord.objects.filter(name="cases.ReadingsErased", facts__what=kind)
    instants = [datetime.fromisoformat(facts["before"]) for facts in said.values_list("facts", flat=True)]
    return max(instants, default=None)


BOUND = {
    "READINGS": Bound(
        rows=_readings,
        first=lambda: Reading.objects.order_by("day", "id").values_list("at", flat=True).first(),
        erased_before=lambda: _erased_before("READINGS"),
        strangers=_moved_in_silence,
    ),
    "LIST_READINGS": Bound(
        rows=_list_readings,
        first=lambda: ListReading.objects.order_by("at", "id").values_list("at", flat=True).first(),
        erased_before=lambda: _erased_before("LIST_READINGS"),
    ),
}
