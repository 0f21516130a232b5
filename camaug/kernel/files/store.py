"""Content-addressed store over Django's default storage: a folder (`storage.WriteOnceFolder`), or any other storage."""

import hashlib
import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from camaug.kernel.files.refusals import NotScannedYet, StoredFileInfected
from camaug.kernel.models import Blob, Scan

_CHUNK = 1 << 20
_IN_MEMORY = 4 << 20


def keep(content: bytes | IO[bytes], *, media_type: str, pages: int | None = None, foreign: bool = False) -> Blob:
    """Store the bytes (once, however often they are given) and return their Blob.

    What is `foreign`, sent by somebody, waits for the virus scanner where there is one.

    The file is on disk before the row is written. If the transaction is rolled back the file stays behind without a
    row, until the same bytes come again or it is swept away.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        digest, size = _copy(content, spool)
        name = name_of(digest)
        spool.seek(0)
        with transaction.atomic():
            _hold("SELECT pg_advisory_xact_lock_shared(%s)", digest)
            if not default_storage.exists(name):
                default_storage.save(name, File(spool, name=name))
            state = Scan.PENDING if foreign and settings.VIRUS_SCAN else Scan.UNSCANNED
            blob, new = Blob.objects.get_or_create(
                sha256=digest, defaults={"size": size, "media_type": media_type, "pages": pages, "scan": state}
            )
            if not new:
                _take_up(blob, state)
    return blob


def hold_alone(sha256: str) -> bool:
    """Whether nobody is keeping these bytes just now, nor will until this transaction ends."""
    return _hold("SELECT pg_try_advisory_xact_lock(%s)", sha256) is True


def open_blob(blob: Blob, *, unscanned: bool = False) -> "File[Any]":
    """The stored bytes, open for reading; FileNotFoundError where the store has lost them.

    What waits for the scanner is opened only with `unscanned` (for whoever sent it), what is infected never.
    """
    if blob.scan == Scan.INFECTED:
        raise StoredFileInfected
    if blob.scan == Scan.PENDING and not unscanned:
        raise NotScannedYet
    return default_storage.open(name_of(blob.sha256), "rb")


def name_of(sha256: str) -> str:
    """Where the bytes of that hash lie: `ab/cd/abcd…`."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _hold(statement: str, sha256: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, [int(sha256[:15], 16)])
        return cursor.fetchone()[0]


def _take_up(blob: Blob, state: str) -> None:
    """Bytes that were there already: needed again, and looked at by the scanner where they had not been."""
    changed = []
    if state == Scan.PENDING and blob.scan == Scan.UNSCANNED:
        blob.scan = state
        changed.append("scan")
    if blob.unused_since is not None:
        blob.unused_since = None
        changed.append("unused_since")
    if changed:
        blob.save(update_fields=changed)


def _copy(content: bytes | IO[bytes], spool: IO[bytes]) -> tuple[str, int]:
    source = ContentFile(content) if isinstance(content, bytes) else content
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        spool.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
