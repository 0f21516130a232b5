"""Keeping the tallies. They follow from the cases and state no fact of their own: counting records no event."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from camaug.cases.models import Counted, Tally
from camaug.cases.queries.counting import COLUMNS, Counts, Key, all_counts, counts_of
from camaug.kernel.models import Subscription

KEEPER = "cases.keep_tallies"
BATCH = 2000

type Cells = Counter[tuple[Key, str]]

_KEYS = "unnest(%s::date[], %s::uuid[], %s::text[], %s::text[])"
_MISSING = f"""INSERT INTO cases_tally (month, agency_id, procedure, field, {", ".join(COLUMNS)})
    SELECT *, {", ".join("0" for _column in COLUMNS)} FROM {_KEYS} ON CONFLICT DO NOTHING"""  # noqa: S608 (our own names)
_ADDED = f"""UPDATE cases_tally SET {", ".join(f"{one} = cases_tally.{one} + added.{one}" for one in COLUMNS)}
    FROM unnest(%s::date[], %s::uuid[], %s::text[], %s::text[], {", ".join("%s::int[]" for _column in COLUMNS)})
        AS added (month, agency_id, procedure, field, {", ".join(COLUMNS)})
    WHERE (cases_tally.month, cases_tally.agency_id, cases_tally.procedure, cases_tally.field)
        = (added.month, added.agency_id, added.procedure, added.field)"""  # noqa: S608


def count(case_ids: Iterable[UUID]) -> None:
    """Bring the tallies in line with these cases as they stand now; once or ten times gives the same."""
    with transaction.atomic():
        now = counts_of(case_ids)
        change: Cells = Counter(cell for counts in now.values() for cell in counts.cells())
        for before in Counted.objects.filter(pk__in=now).select_for_update():
            change.subtract(cell for cell in _counts(before).cells())
        add(change)
        _note(now.values())


def count_anew() -> int:
    """Count all cases from the beginning; the number of tallies that were not right before."""
    with transaction.atomic():
        Subscription.objects.get_or_create(name=KEEPER)
        Subscription.objects.select_for_update().get(name=KEEPER)  # the dispatcher's turn waits
        before = {tally.pk: _values(tally) for tally in Tally.objects.all()}
        Counted.objects.all().delete()
        Tally.objects.all().delete()
        cells: Cells = Counter()
        waiting: list[Counts] = []
        for counts in all_counts():
            cells.update(counts.cells())
            waiting.append(counts)
            if len(waiting) == BATCH:
                _note(waiting)
                waiting.clear()
        _note(waiting)
        add(cells)
        after = {tally.pk: _values(tally) for tally in Tally.objects.all()}
    nothing = (0,) * len(COLUMNS)
    return sum(before.get(key, nothing) != after.get(key, nothing) for key in before.keys() | after.keys())


def add(change: Cells) -> None:
    """Only the dispatcher that holds the subscription's place adds, so that no two add at once."""
    cells = {cell: number for cell, number in change.items() if number}
    if not cells:
        return
    keys = sorted({key for key, _column in cells})
    named = [[key[place] for key in keys] for place in range(4)]
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, named)
        cursor.execute(_ADDED, [*named, *([cells.get((key, column), 0) for key in keys] for column in COLUMNS)])


def _note(found: Iterable[Counts]) -> None:
    rows = [
        Counted(
            case_id=counts.case_id,
            agency_id=counts.agency_id,
            procedure=counts.procedure,
            field=counts.field,
            entries=sorted([month.isoformat(), column] for month, column in counts.entries),
        )
        for counts in found
    ]
    changing = ("agency_id", "procedure", "field", "entries")
    Counted.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=changing)


def _counts(row: Counted) -> Counts:
    entries = frozenset((date.fromisoformat(month), column) for month, column in row.entries)
    return Counts(row.case_id, row.agency_id, row.procedure, row.field, entries)


def _values(tally: Tally) -> tuple[Any, ...]:
    return tuple(getattr(tally, column) for column in COLUMNS)
