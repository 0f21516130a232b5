"""Hands committed events to subscribers: in batches, in order, at least once, never past an open transaction.

A reader that trusted a sequence, or the event's own time-ordered id, would skip a row whose transaction commits late.
So the reader orders by (transaction, id) and stops below the oldest transaction still running (`pg_snapshot_xmin`).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from camaug.kernel.models import EventRecord, Subscription

BATCH = 500
ALL = frozenset({"*"})

# Rows brought to another server carry numbers of transactions that this one has yet to reach: its own new events would
# be taken for old ones. They become older than any of its own, and each reader stands before the first it has not read.
AMONG_OTHER_TRANSACTIONS = """
UPDATE public.kernel_subscription s SET transaction = '3', event_id = coalesce((
    SELECT e.id FROM public.kernel_eventrecord e WHERE e.transaction > '2' AND e.id < coalesce((
        SELECT u.id FROM (SELECT id FROM public.kernel_eventrecord
                          WHERE (transaction, id) > (s.transaction, s.event_id) OFFSET 0) u ORDER BY u.id LIMIT 1
    ), 'ffffffff-ffff-ffff-ffff-ffffffffffff') ORDER BY e.id DESC LIMIT 1
), '00000000-0000-0000-0000-000000000000');
ALTER TABLE public.kernel_eventrecord DISABLE TRIGGER event_append_only;
UPDATE public.kernel_eventrecord SET transaction = '3' WHERE transaction > '3';
ALTER TABLE public.kernel_eventrecord ENABLE TRIGGER event_append_only;
"""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Reacts to the events named in `to` (ALL: to every one); called with batches, must be idempotent by event id."""

    name: str
    to: frozenset[str]
    react: Callable[[Sequence[EventRecord]], None]


_SUBSCRIBERS: dict[str, Subscriber] = {}


def subscribe(
    name: str, *, to: Collection[str]
) -> Callable[[Callable[[Sequence[EventRecord]], None]], Callable[[Sequence[EventRecord]], None]]:
    """Function decorator for `subscribers.py`: the function gets batches of the named events after commit."""

    def register(react: Callable[[Sequence[EventRecord]], None]) -> Callable[[Sequence[EventRecord]], None]:
        _SUBSCRIBERS[name] = Subscriber(name=name, to=frozenset(to), react=react)
        return react

    return register


def subscribers() -> tuple[Subscriber, ...]:
    """All subscribers, by name."""
    return tuple(_SUBSCRIBERS[name] for name in sorted(_SUBSCRIBERS))


def dispatch(subscriber: Subscriber, *, batch: int = BATCH) -> int:
    """Give one batch to the subscriber and move its position, in one transaction; returns events read (0: nothing new).

    A second worker that runs at the same time finds the position locked and returns 0.
    """
    with transaction.atomic():
        Subscription.objects.get_or_create(name=subscriber.name)
        place = Subscription.objects.select_for_update(skip_locked=True).filter(name=subscriber.name).first()
        if place is None:
            return 0
        rows = _next_rows(place, batch)
        if not rows:
            return 0
        wanted = rows if subscriber.to == ALL else [row for row in rows if row.name in subscriber.to]
        if wanted:
            subscriber.react(wanted)
        place.transaction, place.event_id = rows[-1].transaction, rows[-1].id
        place.save(update_fields=["transaction", "event_id"])
        return len(rows)


def dispatch_all() -> int:
    """One round over every subscriber; returns the number of events read."""
    return sum(dispatch(subscriber) for subscriber in subscribers())


def drain() -> None:
    """Dispatch until nothing new is left; for commands and tests."""
    while dispatch_all():
        pass


def _next_rows(place: Subscription, batch: int) -> list[EventRecord]:
    table = connection.ops.quote_name(EventRecord._meta.db_table)
    return list(
        EventRecord.objects.raw(
            f"""SELECT * FROM {table}
                WHERE (transaction, id) > (%s::text::xid8, %s::uuid)
                  AND transaction < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY transaction, id LIMIT %s""",  # noqa: S608 (the table's name is our own)
            [str(place.transaction), str(place.event_id), batch],
        )
    )
