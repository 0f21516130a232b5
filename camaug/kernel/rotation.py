"""What lies encrypted in the database, so that all of it can be brought under a new key.

A part says its columns in `encrypted.py`:

    ENCRYPTED = (text("access.Factor", "concealed", about=lambda row: f"access.factor.totp:{row['pk']}"),)
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Model, QuerySet

from camaug.kernel.closed import Closed, field_of
from camaug.kernel.encryption import NotDecrypted, is_current, renewed
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.files.store import name_of
from camaug.kernel.models import Blob
from camaug.kernel.parts import modules

BATCH = 500
type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Encrypted:
    """A column of a model, `app.Model`. `renew` gives the value under the writing key, None where it is already.

    `needs` are further columns that `renew` reads; `rows` narrows to those that may hold something encrypted, `batch`
    of which are held in memory at a time.
    """

    model: str
    column: str
    renew: Callable[[Row], Any | None]
    needs: tuple[str, ...] = ()
    rows: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    batch: int = BATCH


@dataclass(slots=True)
class Told:
    """How many values were looked at and renewed, and which could not be read.

    `left`: so many files are not under the writing key when all is done, those among them that were written meanwhile.
    """

    seen: int = 0
    renewed: int = 0
    left: int = 0
    unreadable: list[str] = field(default_factory=list)


def text(model: str, column: str, *, about: Callable[[Row], str], needs: tuple[str, ...] = ()) -> Encrypted:
    """A column that holds what `encrypt` gave, or nothing."""

    def renew(row: Row) -> str | None:
        value = row[column]
        return None if not value or is_current(value) else renewed(value, about=about(row))

    return Encrypted(model, column, renew, needs)


def whole(model: type[Model], column: str, *, batch: int = BATCH) -> Encrypted:
    """A column that is closed as a whole (`kernel.closed`): what still lies open there is closed too."""
    field = field_of(model, column)
    bound = tuple(name for name in (field.of, field.by) if name != "pk")

    def renew(row: Row) -> Closed | None:
        return field.renewed(row[column], SimpleNamespace(**row))

    return Encrypted(model._meta.label, column, renew, bound, batch=batch)


def every_column() -> Iterator[Encrypted]:
    """Those that the parts have said."""
    for part in modules("encrypted"):
        yield from part.ENCRYPTED


def every_trace() -> Iterator[Encrypted]:
    """Columns that lie open and may still tell what has become sensitive since, where a part has such (`TRACES`)."""
    for part in modules("encrypted"):
        yield from getattr(part, "TRACES", ())


def rotate(one: Encrypted, *, progress: Callable[[int, int], None], batch: int | None = None) -> Told:
    """Bring a column under the writing key, a transaction a batch: killed on the way, run again it goes on."""
    rows = one.rows(apps.get_model(one.model)._default_manager.all())
    told, total, last = Told(), rows.count(), None
    while found := _batch(one, rows, last, batch or one.batch, told):
        last = found
        progress(told.seen, total)
    return told


def _batch(one: Encrypted, rows: QuerySet[Any], after: Any, batch: int, told: Told) -> Any:
    """Renew the next rows; the last one's key, None where there are none left."""
    with transaction.atomic():
        behind = rows.filter(pk__gt=after) if after is not None else rows
        locked = behind.order_by("pk").select_for_update(of=("self",)).values("pk", one.column, *one.needs)[:batch]
        last = None
        for row in locked:
            last, told.seen = row["pk"], told.seen + 1
            try:
                value = one.renew(row)
            except NotDecrypted as no:
                told.unreadable.append(f"{one.model}.{one.column} {last}: {no}")
                continue
            if value is not None:
                rows.model._default_manager.filter(pk=last).update(**{one.column: value})
                told.renewed += 1
        return last


def rotate_files(*, progress: Callable[[int, int], None]) -> Told:
    """The same for the stored files: each one's own key comes under the writing key, one that lies open is closed.

    All that lies in the folder, whether or not a row names it: what an undone transaction left may be taken up again.
    """
    told, store, blobs = Told(), storages["default"], Blob.objects.order_by("sha256")
    if not isinstance(store, SealedFolder):
        return told
    total = blobs.count()
    for name in store.names():
        told.seen += 1
        with suppress(FileNotFoundError):  # erased meanwhile
            try:
                told.renewed += store.renew(name)
            except NotDecrypted as no:
                told.unreadable.append(f"{name}: {no}")
        progress(told.seen, max(told.seen, total))
    lost = (sha256 for sha256 in blobs.values_list("sha256", flat=True).iterator() if not store.exists(name_of(sha256)))
    told.unreadable += [f"{sha256}: the file is not there" for sha256 in lost]
    told.left = sum(not _is_current(store, name) for name in store.names())
    return told


def _is_current(store: SealedFolder, name: str) -> bool:
    try:
        return store.is_current(name)
    except FileNotFoundError:
        return True
