"""Content-addressed store over Django's default storage: a folder (`storage.WriteOnceFolder`), or any other storage."""

import hashlib
import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from camaug.kernel.files.refusals import NotScannedYet, StoredFileInfected
from camaug.kernel.models import Blob, Scan

_CHUNK = 1 << 20
_IN_MEMORY = 4 << 20


def keep(content: bytes | IO[bytes], *, media_type: str, pages: int | None = None, foreign: bool = False) -> Blob:
    """Store the bytes (once, however often they are given) and return their Blob.

    What is `foreign`, sent by somebody, waits for the virus scanner where there is one.

    The file is on disk before the row is written. If the transaction is rolled back the file stays behind without a
    row and is taken up when the same bytes come again.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        digest, size = _copy(content, spool)
        name = name_of(digest)
        spool.seek(0)
        if not default_storage.exists(name):
            default_storage.save(name, File(spool, name=name))
    state = Scan.PENDING if foreign and settings.VIRUS_SCAN else Scan.UNSCANNED
    blob, new = Blob.objects.get_or_create(
        sha256=digest, defaults={"size": size, "media_type": media_type, "pages": pages, "scan": state}
    )
    if not new and state == Scan.PENDING and blob.scan == Scan.UNSCANNED:
        blob.scan = state
        blob.save(update_fields=["scan"])
    return blob


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


def _copy(content: bytes | IO[bytes], spool: IO[bytes]) -> tuple[str, int]:
    source = ContentFile(content) if isinstance(content, bytes) else content
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        spool.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
