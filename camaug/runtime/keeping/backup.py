"""A backup of a running installation: the database of one instant, then every file that it names.

The files come after the dump. What nobody names is swept out of the store only days after it was last named: so all
that the dump's rows name are there. A backup appears under its name when it is whole; one that was killed stays behind
as `.unfinished` and is swept by the next.

All that can be read in it lies encrypted: the dump is closed while it is written, a file goes along as it lies in the
store. Without the data keys a backup tells how many files there are, how great, and what their contents' hashes are.
"""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from camaug.kernel import encryption
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import Blob
from camaug.runtime.health import readiness
from camaug.runtime.keeping.copying import Copying
from camaug.runtime.keeping.dump import NotMade, write_dump
from camaug.runtime.keeping.listing import Add, listing
from camaug.runtime.keeping.manifest import DUMP, FILES, HISTORY, LIST, Manifest, digest_of

_PREFIX, _UNFINISHED = "camaug-", ".unfinished"


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
    _fill(unfinished, before, at, progress)
    os.sync()
    unfinished.rename(target)
    return target


def finished(shelf: Path) -> list[Path]:
    """The whole backups of a shelf, the oldest first."""
    return sorted(path for path in shelf.glob(f"{_PREFIX}*") if path.is_dir() and not path.name.endswith(_UNFINISHED))


def _fill(folder: Path, before: Path | None, at: datetime, progress: Callable[[int, int], None]) -> None:
    keys = {*encryption.ring().keys}  # before the dump and after all: keys may be rotated meanwhile
    server = write_dump(folder / DUMP)
    dump_sha256 = digest_of(folder / DUMP)
    with listing(folder) as add:
        add(DUMP, dump_sha256)
        files = _copy_files(Copying(folder, before, add), progress)
        _copy_history(folder, add)
    told = Manifest(
        made_at=at,
        server=server,
        dump_sha256=dump_sha256,
        files=files.seen,
        bytes=files.size,
        lost=tuple(files.lost),
        list_sha256=digest_of(folder / LIST),
        keys=tuple(sorted(keys | files.keys | encryption.ring().keys.keys())),
    )
    told.write(folder)


def _copy_files(files: Copying, progress: Callable[[int, int], None]) -> Copying:
    blobs = Blob.objects.order_by("sha256").values_list("sha256", flat=True)
    total = blobs.count()
    for digest in blobs.iterator():
        if not files.take(digest):
            files.lost.extend(Blob.objects.filter(pk=digest).values_list("pk", flat=True))  # none: swept meanwhile
        progress(files.seen, total)
    return files


def _copy_history(folder: Path, add: Add) -> None:
    """The sealed tree, as it is now: it begins with the one that the dump knows."""
    if (source := settings.HISTORY_ROOT).is_dir():
        shutil.copytree(source, folder / HISTORY, ignore=_passing, ignore_dangling_symlinks=True)
    for path in sorted(path for path in (folder / HISTORY).rglob("*") if path.is_file()):
        add(path.relative_to(folder).as_posix(), digest_of(path))


def _passing(folder: str, names: list[str]) -> set[str]:
    """What is being written, and narrow tiles, which may be swept away while they are copied: the widest stays."""
    narrow = sorted((name for name in names if folder.endswith(".p") and name.isdigit()), key=int)[:-1]
    return {*narrow, *(name for name in names if name.startswith(".part-"))}
