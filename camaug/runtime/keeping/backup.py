"""A backup of a running installation: the database of one instant, then every file that it names.

The files come after the dump. What nobody names is swept out of the store only days after it was last named: so all
that the dump's rows name are there. A backup appears under its name when it is whole; one that was killed stays behind
as `.unfinished` and is swept by the next.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from camaug.kernel.clock import LOCAL
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.files.store import name_of
from camaug.kernel.models import Blob
from camaug.runtime.health import readiness
from camaug.runtime.keeping.manifest import DUMP, FILES, HISTORY, Manifest, digest_of
from camaug.runtime.postgres.software import client

_PREFIX, _UNFINISHED = "camaug-", ".unfinished"
_CHUNK = 1 << 20


class NotMade(Exception):
    """The backup could not be made; the message says why."""


def back_up(shelf: Path, *, at: datetime, progress: Callable[[int, int], None]) -> Path:
    """Make a backup in the folder `shelf`; its folder. Files of the last backup are linked, not copied again."""
    if missing := readiness.missing():
        raise NotMade(f"There is nothing whole to back up yet: {', '.join(missing)}.")
    shelf.mkdir(parents=True, exist_ok=True)
    before = max(finished(shelf), default=None)
    target = shelf / f"{_PREFIX}{at.astimezone(LOCAL):%Y%m%d-%H%M%S}"
    for leftover in shelf.glob(f"{_PREFIX}*{_UNFINISHED}"):
        shutil.rmtree(leftover)
    if target.exists():
        raise NotMade(f"{target} is there already.")
    unfinished = target.with_name(target.name + _UNFINISHED)
    (unfinished / FILES).mkdir(parents=True, mode=0o700)
    server = _dump(unfinished / DUMP)
    files, size, lost = _copy_files(unfinished / FILES, before and before / FILES, progress)
    _copy_history(unfinished / HISTORY)
    told = Manifest(
        made_at=at, server=server, dump_sha256=digest_of(unfinished / DUMP), files=files, bytes=size, lost=tuple(lost)
    )
    told.write(unfinished)
    os.sync()
    unfinished.rename(target)
    return target


def finished(shelf: Path) -> list[Path]:
    """The whole backups of a shelf, the oldest first."""
    return sorted(path for path in shelf.glob(f"{_PREFIX}*") if path.is_dir() and not path.name.endswith(_UNFINISHED))


def _dump(target: Path) -> str:
    command: list[str | Path] = [
        client("pg_dump"),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
    ]
    made = subprocess.run([*command, os.environ["DATABASE_URL"]], capture_output=True, text=True, check=False)
    if made.returncode:
        raise NotMade(f"The database could not be dumped: {made.stderr.strip().splitlines()[-1]}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _copy_files(target: Path, before: Path | None, progress: Callable[[int, int], None]) -> tuple[int, int, list[str]]:
    blobs = Blob.objects.order_by("sha256").values_list("sha256", flat=True)
    lost: list[str] = []
    total, size = blobs.count(), 0
    for done, digest in enumerate(blobs.iterator(), start=1):
        path = target / name_of(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (_linked(before / name_of(digest), path) if before else False) and not _copied(digest, path):
            lost.extend(Blob.objects.filter(pk=digest).values_list("pk", flat=True))  # none: swept away meanwhile
        else:
            size += path.stat().st_size
        progress(done, total)
    return total, size, lost


def _copy_history(target: Path) -> None:
    """The sealed tree, as it is now: it begins with the one that the dump knows."""
    if (source := settings.HISTORY_ROOT).is_dir():
        shutil.copytree(source, target, ignore=_passing, ignore_dangling_symlinks=True)


def _passing(folder: str, names: list[str]) -> set[str]:
    """What is being written, and narrow tiles, which may be swept away while they are copied: the widest stays."""
    narrow = sorted((name for name in names if folder.endswith(".p") and name.isdigit()), key=int)[:-1]
    return {*narrow, *(name for name in names if name.startswith(".part-"))}


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:  # not there, or another disk
        return False
    return True


def _copied(sha256: str, path: Path) -> bool:
    """Whether the store still had the file, byte for byte."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(name_of(sha256), "rb") as source, path.open("wb") as out:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
    except FileNotFoundError:
        return False
    except NotDecrypted:
        path.unlink()
        return False
    if digest.hexdigest() == sha256:
        return True
    path.unlink()
    return False
