"""Facts of the past. `record` writes one row in the action's transaction: audit trail, timeline and outbox at once.

An event holds ids, codes and short official texts; what a person tells about himself lies in rows that can be erased.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, cast, dataclass_transform
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor, Post
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.kernel.rows import new

_KINDS: dict[str, type["Event"]] = {}
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events; `subject` is the id of the thing that it happened to. Names are in the past tense."""

    subject: UUID
    name: ClassVar[str] = ""

    def facts(self) -> dict[str, Any]:
        """The event's own fields as JSON values."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self) if one.name != "subject"}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event[E: type[Event]](kind: E) -> E:
    """Class decorator: makes the dataclass frozen and known by its name, `app.ClassName`."""
    made = dataclass(frozen=True, kw_only=True)(kind)
    made.name = f"{kind.__module__.split('.')[1]}.{kind.__name__}"
    _KINDS[made.name] = made
    return cast(E, made)


def kinds() -> dict[str, type[Event]]:
    """Every known event by name."""
    return dict(_KINDS)


def from_record(row: EventRecord) -> Event:
    """The event that a row stands for; fields that no longer exist are left out."""
    kind = _KINDS[row.name]
    known = {f.name for f in fields(kind)}
    return kind(subject=row.subject_id, **{k: v for k, v in row.facts.items() if k in known})


def record(event: Event, *, by: Actor, at: datetime, post: Post | None = None) -> EventRecord:
    """Write the event down, inside the action's transaction; `post` is the post in which `by` acted."""
    row = _row(event, by=by, at=at, post=post)
    row.save(force_insert=True)
    return row


def record_all(events: Sequence[Event], *, by: Actor, at: datetime, post: Post | None = None) -> None:
    """Write many events down at once, in their order, as `record` does with one."""
    EventRecord.objects.bulk_create([_row(one, by=by, at=at, post=post) for one in events], batch_size=_AT_ONCE)


def _row(event: Event, *, by: Actor, at: datetime, post: Post | None) -> EventRecord:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.name} recorded outside a transaction")
    return row_of(event, by=by, at=at, post=post)


def row_of(event: Event, *, by: Actor, at: datetime, post: Post | None) -> EventRecord:
    """The row that `record` would write, for a statement that writes it together with what happened."""
    return new(EventRecord)(**columns_of(event, by=by, at=at, post=post))


def columns_of(event: Event, *, by: Actor, at: datetime, post: Post | None) -> dict[str, Any]:
    """The columns of that row that the database does not fill in itself."""
    acting = post or by.post
    return {
        "id": uuid7(),
        "name": event.name,
        "subject_id": event.subject,
        "actor_kind": by.kind,
        "actor_id": by.account_id,
        "actor_name": by.name if by.kind != "PUBLIC" else "",
        "post_id": acting.id if acting else None,
        "unit_id": acting.unit_id if acting else None,
        "origin": by.origin,
        "at": at,
        "facts": event.facts(),
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value
