"""A backup brought back into an empty installation: first the files, then the whole database in one transaction.

Files go back as they lie in the backup, under the keys that they have; those of a backup from before are closed on the
way. `look_through` reads the same and brings nothing back.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import File
from django.core.files.storage import default_storage, storages
from django.db import connection

from camaug.kernel import encryption
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.files.store import name_of
from camaug.kernel.ownership import belong, make_folder
from camaug.runtime.keeping.copying import is_whole
from camaug.runtime.keeping.dump import NotRestored, bring_rows, is_readable, opened_dump
from camaug.runtime.keeping.listing import listed
from camaug.runtime.keeping.manifest import CHUNK, DUMP, FILES, HISTORY, Manifest, NoBackup, digest_of


def restore(backup: Path, *, progress: Callable[[int, int], None]) -> Manifest:
    """Fill this installation, whose database must be empty. Killed half-way, it leaves no table; run again, it goes on.

    NoBackup where the folder is no whole backup, NotRestored where a key is missing, the database is not empty or
    refuses.
    """
    told = Manifest.read(backup)
    _refuse_without_keys(backup, told)
    _refuse_if_used()
    _bring_files(backup, told, progress)
    if (backup / HISTORY).is_dir():
        _bring_history(backup / HISTORY, Path(settings.HISTORY_ROOT))
    bring_rows(backup / DUMP)
    return told


def look_through(backup: Path, *, progress: Callable[[int, int], None]) -> tuple[Manifest, list[str]]:
    """Read all of a backup and open all with the keys; its manifest, and the paths of what is not as it was written.

    NoBackup and NotRestored as `restore`.
    """
    told = Manifest.read(backup)
    _refuse_without_keys(backup, told)
    damaged, there = [], SealedFolder(location=backup / FILES)
    for done, (path, digest) in enumerate(_contents(backup, told), start=1):
        stands = _is_as_written(backup / path, digest)
        if stands and path.startswith(f"{FILES}/"):
            stands = is_whole(there, path.removeprefix(f"{FILES}/"))
        if not stands:
            damaged.append(path)
        progress(done, max(done, told.files))
    if not is_readable(backup / DUMP):
        damaged.append(DUMP)
    return told, damaged


def _refuse_without_keys(backup: Path, told: Manifest) -> None:
    try:
        held = encryption.ring().keys
    except ImproperlyConfigured:
        held = {}
    if missing := [key for key in told.keys if key not in held]:
        raise NotRestored(
            f"{settings.DATA_KEYS_FILE} lacks the key {', '.join(missing)}, without which the backup cannot be read:"
            " put the file of data keys there that was kept apart from it."
        )
    try:
        with opened_dump(backup / DUMP) as content:
            content.read(1)
    except NotDecrypted as slip:
        raise NotRestored(f"{settings.DATA_KEYS_FILE} holds other keys than those of the backup: {slip}") from slip


def _refuse_if_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables = cursor.fetchone()[0]
    if tables:
        raise NotRestored(
            f"The database holds {tables} tables: restore into an empty one (another DATA, or a new database)."
        )


def _contents(backup: Path, told: Manifest) -> Iterator[tuple[str, str]]:
    """Path and digest of all but the dump, which the manifest has answered for; a file from before is its name's."""
    if told.sealed:
        yield from ((path, digest) for path, digest in listed(backup) if path != DUMP)
    else:
        for path in sorted(path for path in (backup / FILES).rglob("*") if path.is_file()):
            yield path.relative_to(backup).as_posix(), path.name


def _is_as_written(path: Path, digest: str) -> bool:
    try:
        return digest_of(path) == digest
    except OSError:  # not there, or the disk does not give it
        return False


def _bring_history(source: Path, target: Path) -> None:
    make_folder(target)
    shutil.copytree(source, target, dirs_exist_ok=True)
    for path in target.rglob("*"):
        belong(path, target)


def _bring_files(backup: Path, told: Manifest, progress: Callable[[int, int], None]) -> None:
    there = SealedFolder(location=backup / FILES)
    for done, (path, digest) in enumerate(_contents(backup, told), start=1):
        if not _is_as_written(backup / path, digest):
            raise NoBackup(f"{backup / path} is not what was written: the backup is damaged.")
        if path.startswith(f"{FILES}/") and not default_storage.exists(name := name_of(Path(path).name)):
            _bring_file(there, name)
        progress(done, max(done, told.files))


def _bring_file(there: SealedFolder, name: str) -> None:
    store = storages["default"]
    if isinstance(store, SealedFolder) and there.is_closed(name):
        with there.lying(name) as raw:
            store.put_back(name, iter(lambda: raw.read(CHUNK), b""))
    else:
        with there.open(name) as content:
            store.save(name, File(content, name=name))
