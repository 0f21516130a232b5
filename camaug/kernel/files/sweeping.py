"""Taking stored files out that nobody needs: no row has named them for a while, and nobody is just keeping them.

A file that no row names is marked one night and taken out when it has been so for `GRACE`, longer than any upload or
backup takes: what a backup's dump names is still there when it comes to the files. One file a transaction, under the
lock that `store.keep` takes for the same bytes; killed in between, the next night goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched, islice

from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import Event, event, record
from camaug.kernel.files.store import hold_alone, name_of
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob

GRACE = timedelta(days=7)
BATCH = 5000
_NAMES = 1000


@event
class StoredFileErased(Event):
    """The bytes of a file that no row named any more were taken out of the store; `known`: it had a row of its own."""

    sha256: str
    size: int
    known: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """How many files nobody names since now, and how many are named again."""

    unused: int
    used: int


def mark_unused(*, at: datetime) -> Marks:
    """Write down of each stored file since when no row names it."""
    named = models.Q(*(_named_by(one) for one in _references()), _connector=models.Q.OR)
    with transaction.atomic():
        used = Blob.objects.filter(named, unused_since__isnull=False).update(unused_since=None)
        unused = Blob.objects.filter(~named, unused_since=None).update(unused_since=at)
    return Marks(unused, used)


def ripe(*, at: datetime, batch: int = BATCH) -> list[str]:
    """Hashes of the next files that have been unused for the whole grace."""
    rows = Blob.objects.filter(unused_since__lte=at - GRACE).order_by("unused_since", "sha256")
    return list(rows.values_list("sha256", flat=True)[:batch])


def erase_file(sha256: str, *, by: Actor, at: datetime) -> int | None:
    """Take the row and the bytes out; how many bytes. None where somebody names or is keeping them just now.

    The database itself refuses while any row names the file; the bytes go last, before the commit.
    """
    with transaction.atomic():
        if not hold_alone(sha256):
            return None
        blob = Blob.objects.select_for_update().filter(pk=sha256, unused_since__lte=at - GRACE).first()
        if blob is None or any(Blob.objects.filter(_named_by(one), pk=sha256).exists() for one in _references()):
            return None
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        blob.delete()
        record(StoredFileErased(subject=uuid7(), sha256=sha256, size=blob.size, known=True), by=by, at=at)
        default_storage.delete(name_of(sha256))
        return blob.size


def leftovers(*, at: datetime, batch: int = BATCH) -> list[str]:
    """Hashes of the next files without a row, older than the grace: what a transaction that was undone left behind."""
    return list(islice(_leftovers(at - GRACE), batch))


def erase_leftover(sha256: str, *, by: Actor, at: datetime) -> int | None:
    """Take the bytes out; how many. None where they have a row by now, or somebody is keeping them just now."""
    name = name_of(sha256)
    with transaction.atomic():
        if not hold_alone(sha256) or Blob.objects.filter(pk=sha256).exists() or not default_storage.exists(name):
            return None
        size = default_storage.size(name)
        record(StoredFileErased(subject=uuid7(), sha256=sha256, size=size, known=False), by=by, at=at)
        default_storage.delete(name)
        return size


def _leftovers(before: datetime) -> Iterator[str]:
    names = getattr(default_storage, "names", None)  # a storage that cannot be read through keeps its leftovers
    for some in batched(names() if names else (), _NAMES):
        hashes = [name.rpartition("/")[2] for name in some]
        known = set(Blob.objects.filter(pk__in=hashes).values_list("pk", flat=True))
        yield from (one for one in hashes if one not in known and _lies_since(one) < before)


def _lies_since(sha256: str) -> datetime:
    try:
        return default_storage.get_modified_time(name_of(sha256)).astimezone(UTC)
    except FileNotFoundError:  # taken out since it was listed
        return datetime.max.replace(tzinfo=UTC)


def _references() -> list[models.ForeignKey[models.Model, models.Model]]:
    """Every column that names a stored file, of whatever part."""
    relations = (one for one in Blob._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete)
    return [one.field for one in relations if isinstance(one, models.ManyToOneRel)]


def _named_by(column: "models.ForeignKey[models.Model, models.Model]") -> models.Exists:
    rows = column.model._base_manager.filter(**{column.name: models.OuterRef("pk")})
    return models.Exists(rows)
