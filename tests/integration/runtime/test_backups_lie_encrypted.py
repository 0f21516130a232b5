"""What somebody finds who finds a backup: octets. Whoever has the data keys as well finds everything again."""

import gzip
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from camaug.audit.actions.seal import seal
from camaug.audit.keys import make_key, signer
from camaug.kernel.clock import now
from camaug.kernel.dispatch import drain
from camaug.kernel.encryption import add_key, make_keys, ring
from camaug.kernel.files.sealed import CHUNK, HEAD
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.files.store import keep, name_of
from camaug.kernel.models import Blob
from camaug.kernel.rotation import rotate_files
from camaug.runtime.keeping.backup import back_up
from camaug.runtime.keeping.manifest import Manifest, NoBackup
from camaug.runtime.keeping.restore import look_through
from camaug.runtime.loading import STEPS
from camaug.runtime.models import LoadedStep
from camaug.runtime.postgres.software import client
from tests.applications import BIRTH, carry, photo, send_birth
from tests.backups import camaug, one, rows
from tests.database import address_of
from tests.world import build

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True)
class Site:
    """An installation with store, history and keys of its own, in which a mother's application came to its end."""

    data: Path
    keys: Path
    shelf: Path

    def back_up(self) -> Path:
        """A new backup, a second after the last one."""
        made = len([*self.shelf.glob("camaug-*")]) if self.shelf.exists() else 0
        return back_up(self.shelf, at=now() + timedelta(seconds=made), progress=silent)

    def marks(self) -> dict[str, bytes]:
        """Octets that tell something of the mother or of her papers: text as it lies in rows, the middle of a paper."""
        texts = {name: str(BIRTH[name]) for name in ("requester_name", "requester_number", "child_name")}
        papers = {f"paper {one[:8]}": content(one)[-200:-140] for one in Blob.objects.values_list("sha256", flat=True)}
        return {name: text.encode() for name, text in texts.items()} | papers


def content(digest: str) -> bytes:
    with default_storage.open(name_of(digest)) as kept:
        return bytes(kept.read())


def silent(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def site(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site(tmp_path / "site", tmp_path / "data-keys", tmp_path / "shelf")
    monkeypatch.setenv("DATABASE_URL", address_of(connection.settings_dict["NAME"]))
    make_keys(made.keys)
    make_key(made.data / "seal-key")
    settings.DATA_KEYS_FILE, settings.SEAL_KEY_FILE = str(made.keys), str(made.data / "seal-key")
    settings.HISTORY_ROOT = made.data / "history"
    folders = {"default": made.data / "files", "history": made.data / "history"}
    settings.STORAGES = settings.STORAGES | {
        name: settings.STORAGES[name] | {"OPTIONS": {"location": folder}} for name, folder in folders.items()
    }
    world = build()
    carry(world, send_birth(world), to="RETURN")
    keep(photo("grey"), media_type="image/jpeg")
    drain()
    while seal(key=signer(), at=now()).new:
        pass
    return made


def open_backup(site: Site) -> Path:
    """A backup as it was made before: the dump and every file as they are, and what the manifest said."""
    folder = site.shelf / "camaug-20251231-023000"
    (folder / "files").mkdir(parents=True)
    address = address_of(connection.settings_dict["NAME"])
    dumped = [client("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    subprocess.run([*dumped, f"--file={folder / 'database.dump'}", address], check=True)
    digests = list(Blob.objects.values_list("sha256", flat=True))
    for digest in digests:
        path = folder / "files" / name_of(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(digest))
    told = {
        "made_at": now().isoformat(),
        "server": "18.0",
        "dump_sha256": sha256((folder / "database.dump").read_bytes()).hexdigest(),
        "files": len(digests),
        "bytes": sum(len(content(digest)) for digest in digests),
        "lost": [],
    }
    (folder / "manifest.json").write_text(json.dumps(told, indent=2))
    return folder


def legible(folder: Path) -> Iterator[bytes]:
    """All that can be read of a folder by whoever finds it: octets, what was only packed, the rows of an open dump."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        octets = path.read_bytes()
        yield octets
        if octets.startswith(b"\x1f\x8b"):
            yield gzip.decompress(octets)
        read = subprocess.run([client("pg_restore"), "--file=-", path], capture_output=True, check=False)
        yield read.stdout


def found(marks: dict[str, bytes], folder: Path) -> set[str]:
    texts = list(legible(folder))
    return {name for name, mark in marks.items() if any(mark in text for text in texts)}


def same_as_before(data: Path, database: str) -> None:
    """All rows are there, and every file: encrypted, with the content that its name says."""
    assert rows(database) == rows(connection.settings_dict["NAME"])
    there = SealedFolder(location=data / "files")
    kept = set(Blob.objects.values_list("sha256", flat=True))
    assert len(kept) == 2
    assert {sha256(there.open(name_of(one)).read()).hexdigest() for one in kept} == kept
    assert all(there.is_closed(name_of(one)) for one in kept)


def octets(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "files").rglob("*") if path.is_file()}


def inodes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (folder / "files").rglob("*") if path.is_file()}


def looked_through(backup: Path) -> list[str]:
    return look_through(backup, progress=silent)[1]


def empty(database: str, data: Path) -> bool:
    tables = one(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    return tables == 0 and not (data / "files").exists() and not (data / "history").exists()


def test_nothing_of_a_person_can_be_read_and_all_of_it_comes_back(site: Site, elsewhere: tuple[Path, str]) -> None:
    LoadedStep.objects.bulk_create(LoadedStep(name=step.name, loaded_at=now()) for step in STEPS)
    marks = site.marks()
    assert found(marks, open_backup(site)) == set(marks), "the search finds what lies open"
    backup = site.back_up()
    assert found(marks, backup) == set()
    data, database = elsewhere
    restored = camaug("restore", str(backup), data=data, database=database, keys=site.keys)
    assert restored.returncode == 0, restored.stderr
    same_as_before(data, database)
    shutil.copy(site.data / "seal-key", data / "seal-key")
    verified = camaug("audit", "verify", data=data, database=database, keys=site.keys)
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["sealed"] > 0


def damage(path: Path, place: int) -> None:
    """Another octet in the place of one."""
    octets = bytearray(path.read_bytes())
    octets[place] ^= 0x80
    path.write_bytes(octets)


def test_one_octet_that_is_another_is_named(site: Site, elsewhere: tuple[Path, str]) -> None:
    backup, (data, database) = site.back_up(), elsewhere
    assert looked_through(backup) == []
    files = sorted(path for path in (backup / "files").rglob("*") if path.is_file())
    tile = next(path for path in sorted((backup / "history/tile").rglob("*")) if path.is_file())
    damage(files[0], 10)
    damage(files[1], HEAD + 1000)
    damage(tile, 20)
    names = [path.relative_to(backup).as_posix() for path in (*files, tile)]
    checked = camaug("restore", "--check", str(backup), keys=site.keys)
    assert (checked.returncode, json.loads(checked.stdout)["damaged"]) == (1, names)
    sums = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=backup, capture_output=True, text=True)
    assert sums.stdout == "".join(f"{name}: FAILED\n" for name in names), "without any key, too"
    refused = camaug("restore", str(backup), data=data, database=database, keys=site.keys)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert files[0].name in refused.stderr.replace("\n", "")
    assert empty(database, data)


def test_a_dump_that_was_changed_or_cut_off_is_no_backup(site: Site) -> None:
    dump = site.back_up() / "database.dump"
    whole = dump.read_bytes()
    for harm in (lambda: damage(dump, HEAD + 1000), lambda: dump.write_bytes(whole[:-1]), dump.unlink):
        dump.write_bytes(whole)
        assert looked_through(dump.parent) == []
        harm()
        with pytest.raises(NoBackup, match=r"database\.dump is not what was written"):
            looked_through(dump.parent)


def test_a_dump_that_opens_only_half_way_leaves_no_table(site: Site, elsewhere: tuple[Path, str]) -> None:
    """A digest that fits its octets does not open them."""
    backup, (data, database) = site.back_up(), elsewhere
    dump = backup / "database.dump"
    assert dump.stat().st_size > HEAD + 2 * CHUNK
    damage(dump, -1)
    told = json.loads((backup / "manifest.json").read_text())
    told["dump_sha256"] = sha256(dump.read_bytes()).hexdigest()
    (backup / "manifest.json").write_text(json.dumps(told))
    assert looked_through(backup) == ["database.dump"]
    refused = camaug("restore", str(backup), data=data, database=database, keys=site.keys)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "The database refused the backup" in " ".join(refused.stderr.split())
    assert one(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def test_a_file_that_was_kept_with_other_content_is_found_by_opening_it(site: Site) -> None:
    """A list that fits its files says that they are what was written, the keys say that they are what they are called."""
    backup = site.back_up()
    first, second = sorted(octets(backup))[:2]
    exchanged = {first: octets(backup)[second], second: octets(backup)[first]}
    listing = backup / "SHA256SUMS"
    for name, lying in exchanged.items():
        listing.write_text(listing.read_text().replace(sha256(octets(backup)[name]).hexdigest(), f"new {name}"))
        (backup / "files" / name_of(name)).write_bytes(lying)
    for name, lying in exchanged.items():
        listing.write_text(listing.read_text().replace(f"new {name}", sha256(lying).hexdigest()))
    told = json.loads((backup / "manifest.json").read_text())
    told["list_sha256"] = sha256(listing.read_bytes()).hexdigest()
    (backup / "manifest.json").write_text(json.dumps(told))
    assert looked_through(backup) == [f"files/{name_of(first)}", f"files/{name_of(second)}"]


@pytest.mark.parametrize("held", ["none", "others", "other secrets of the same name"])
def test_without_the_keys_nothing_is_written(
    site: Site, elsewhere: tuple[Path, str], tmp_path: Path, held: str
) -> None:
    backup = site.back_up()
    name = ring().writing
    keys = tmp_path / "other-keys"
    if held != "none":
        make_keys(keys)
    if held == "other secrets of the same name":
        keys.write_text(f"{name} {keys.read_text().split()[1]}\n")
    data, database = elsewhere
    refused = camaug("restore", str(backup), data=data, database=database, keys=keys)
    said = " ".join(refused.stderr.split())
    assert (refused.returncode, refused.stdout) == (2, "")
    if held == "other secrets of the same name":
        assert "holds other keys than those of the backup" in said
    else:
        assert f"lacks the key {name}, without which the backup cannot be read" in said
    assert empty(database, data)


def test_a_backup_from_before_comes_back_and_is_closed_on_the_way(site: Site, elsewhere: tuple[Path, str]) -> None:
    backup = open_backup(site)
    data, database = elsewhere
    restored = camaug("restore", str(backup), data=data, database=database, keys=site.keys)
    assert (restored.returncode, json.loads(restored.stdout)["encrypted"]) == (0, False)
    same_as_before(data, database)


def test_nothing_of_a_backup_from_before_is_linked(site: Site) -> None:
    old, new = open_backup(site), site.back_up()
    assert inodes(old).keys() == inodes(new).keys()
    assert not {*inodes(old).values()} & {*inodes(new).values()}
    assert looked_through(old) == looked_through(new) == []


def test_after_a_rotation_files_are_written_anew_and_linked_again(site: Site) -> None:
    first = site.back_up()
    before, old = octets(first), ring().writing
    new = add_key(site.keys)
    assert rotate_files(progress=silent).renewed == 2
    second = site.back_up()
    assert octets(first) == before, "no backup is written into through a link"
    assert inodes(first).keys() == inodes(second).keys()
    assert not {*inodes(first).values()} & {*inodes(second).values()}
    assert Manifest.read(second).keys == tuple(sorted((old, new)))
    third = site.back_up()
    assert inodes(third) == inodes(second)
    assert looked_through(first) == looked_through(third) == []
    site.keys.write_text(site.keys.read_text().splitlines(keepends=True)[0])
    fourth = site.back_up()
    assert Manifest.read(fourth).keys == (new,), "what was renewed needs the old key no more"
    assert looked_through(fourth) == []


def test_a_file_that_lies_open_in_the_store_is_closed_in_the_backup(site: Site) -> None:
    digests = sorted(Blob.objects.values_list("sha256", flat=True))
    lying = site.data / "files" / name_of(digests[0])
    lying.write_bytes(content(digests[0]))
    first = site.back_up()
    assert SealedFolder(location=first / "files").is_closed(name_of(digests[0]))
    assert looked_through(first) == []
    second = site.back_up()
    assert inodes(second) == inodes(first)
    add_key(site.keys)
    third = site.back_up()
    assert SealedFolder(location=third / "files").is_current(name_of(digests[0]))


def test_files_of_a_store_that_closes_nothing_are_closed_in_the_backup(site: Site, settings: LazySettings) -> None:
    kept = {digest: content(digest) for digest in Blob.objects.values_list("sha256", flat=True)}
    elsewhere = {
        "BACKEND": "camaug.kernel.files.storage.WriteOnceFolder",
        "OPTIONS": {"location": site.data / "open"},
    }
    settings.STORAGES = settings.STORAGES | {"default": elsewhere}
    for digest, octets in kept.items():
        default_storage.save(name_of(digest), ContentFile(octets))
    backup = site.back_up()
    assert found({digest: octets[-200:-140] for digest, octets in kept.items()}, backup) == set()
    assert len(inodes(backup)) == len(kept)
    assert looked_through(backup) == []


def test_a_backup_is_whole_while_keys_are_rotated(site: Site) -> None:
    stopping, rounds = threading.Event(), []

    def rotate() -> None:
        while not stopping.is_set():
            add_key(site.keys)
            rounds.append(rotate_files(progress=silent).renewed)
        connection.close()

    rotating = threading.Thread(target=rotate)
    rotating.start()
    try:
        backups = [site.back_up() for _ in range(3)]
    finally:
        stopping.set()
        rotating.join()
    assert sum(rounds) > 0
    assert all(looked_through(backup) == [] for backup in backups)


def test_the_folder_itself_tells_no_more_than_counts_and_hashes(site: Site) -> None:
    backup = site.back_up()
    assert {path.name for path in backup.iterdir()} <= {
        "manifest.json",
        "SHA256SUMS",
        "database.dump",
        "files",
        "history",
    }
    told = json.loads((backup / "manifest.json").read_text())
    assert set(told) == {"made_at", "server", "dump_sha256", "files", "bytes", "lost", "list_sha256", "keys"}
    assert not (backup / "database.dump").read_bytes().startswith(b"PGDMP")
    assert {lying[:4] for lying in octets(backup).values()} == {b"CMG1"}
