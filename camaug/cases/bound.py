"""Who looked at whom is bound by the hour: a look that is changed, taken out or put in afterwards is found.

Of a list that was read its words are not bound: they lie encrypted under the row's own id, anew with each key. Where
they were a number its hash, by which the number's owner finds the search, is held against them.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from camaug.cases.models import ListReading, Reading
from camaug.cases.retention.terms import LEAST_LOG, Kind
from camaug.cases.sought import every_print_of
from camaug.kernel.binding import Bound, Erased, Span
from camaug.kernel.clock import LOCAL
from camaug.kernel.encryption import NotDecrypted, decrypt
from camaug.kernel.models import EventRecord

_LOOK = ("subject", "account_id", "post_id", "unit_id", "mandate_id", "why", "how", "day", "at")
_LIST = ("of", "account_id", "post_id", "unit_id", "numbered", "at")
_AT_ONCE = 2000


def _readings(span: Span) -> Iterator[tuple[datetime, UUID, str]]:
    since, until = span
    days = (since.astimezone(LOCAL).date(), until.astimezone(LOCAL).date())
    rows = Reading.objects.filter(day__range=days, at__gte=since, at__lt=until)
    return _told(rows.annotate(subject=Coalesce("first_subject_id", "subject_id")), _LOOK)


def _list_readings(span: Span) -> Iterator[tuple[datetime, UUID, str]]:
    since, until = span
    numbered = Case(When(number_print="", then=Value(False)), default=Value(True), output_field=BooleanField())
    return _told(ListReading.objects.filter(at__gte=since, at__lt=until).annotate(numbered=numbered), _LIST)


def _told(
    rows: QuerySet[Reading] | QuerySet[ListReading], names: tuple[str, ...]
) -> Iterator[tuple[datetime, UUID, str]]:
    for row_id, *said in rows.order_by("pk").values_list("pk", *names).iterator(chunk_size=_AT_ONCE):
        line = " ".join(value.isoformat() if hasattr(value, "isoformat") else str(value) for value in said)
        yield said[-1], row_id, line


def _strange_looks() -> Iterator[UUID]:
    """Looks of another day than they say, which no span would hold; those that moved in silence."""
    days = Reading.objects.exclude(day=TruncDate("at", tzinfo=LOCAL))
    yield from days.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_AT_ONCE)
    yield from _moved_in_silence()


def _moved_in_silence() -> Iterator[UUID]:
    """Looks that lie with another person than they were made at, though nobody joined the two."""
    joined = _joined()
    moved = Reading.objects.exclude(first_subject_id=None).exclude(first_subject_id=F("subject_id")).order_by("pk")
    for row in moved:
        met, ahead = set[UUID](), {one for one in (row.first_subject_id,) if one}
        while ahead:
            met |= ahead
            ahead = {into for one in ahead for into in joined[one]} - met
        if row.subject_id not in met:
            yield row.pk


def _joined() -> defaultdict[UUID, set[UUID]]:
    """Into whom each person went."""
    found = defaultdict[UUID, set[UUID]](set)
    for into, facts in EventRecord.objects.filter(name="people.PersonsJoined").values_list("subject_id", "facts"):
        try:
            found[UUID(facts["other_id"])].add(into)
        except (KeyError, TypeError, ValueError, AttributeError):  # put in past the program: it joins nobody
            continue
    return found


def _strange_searches() -> Iterator[UUID]:
    """Searches for a number that lie under another one's hash, or whose words nobody can read any more."""
    rows = ListReading.objects.exclude(number_print="").order_by("pk")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        try:
            asked = decrypt(row.asked, about=f"cases.listreading.asked:{row.pk}")
            known = row.number_print in every_print_of(asked)
        except (NotDecrypted, ValueError):
            known = False
        if not known:
            yield row.pk


def _erasures(kind: Kind) -> Iterator[Erased]:
    said = EventRecord.objects.filter(name="cases.ReadingsErased", facts__what=kind.value).order_by("id")
    for event, at, facts in said.values_list("id", "at", "facts"):
        try:
            before = datetime.fromisoformat(facts["before"])
        except (KeyError, TypeError, ValueError):
            before = None
        yield Erased(event, at, before if before and before.tzinfo else None)


BOUND = {
    "READINGS": Bound(
        rows=_readings,
        first=lambda: Reading.objects.order_by("day", "id").values_list("at", flat=True).first(),
        erasures=lambda: _erasures(Kind.READINGS),
        least=LEAST_LOG,
        strangers=_strange_looks,
    ),
    "LIST_READINGS": Bound(
        rows=_list_readings,
        first=lambda: ListReading.objects.order_by("at", "id").values_list("at", flat=True).first(),
        erasures=lambda: _erasures(Kind.LIST_READINGS),
        least=LEAST_LOG,
        strangers=_strange_searches,
    ),
}
