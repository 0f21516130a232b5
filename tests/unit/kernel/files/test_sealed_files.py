import io
import os
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile

from camaug.kernel.encryption import NotDecrypted, add_key, make_keys
from camaug.kernel.files.sealed import CHUNK, HEAD
from camaug.kernel.files.storage import SealedFolder, WriteOnceFolder

NAME = "ab/cd/abcd"
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17]


@pytest.fixture
def store(tmp_path: Path, settings: LazySettings) -> SealedFolder:
    settings.DATA_KEYS_FILE = str(tmp_path / "data-keys")
    make_keys(tmp_path / "data-keys")
    return SealedFolder(location=tmp_path / "files")


def content(size: int) -> bytes:
    return bytes(number * 7 % 251 for number in range(size))


def read(store: SealedFolder) -> bytes:
    with store.open(NAME) as kept:
        return bytes(kept.read())


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_read_as_it_was_kept(store: SealedFolder, size: int) -> None:
    store.save(NAME, ContentFile(content(size)))
    lying = Path(store.path(NAME)).read_bytes()
    assert size < 16 or content(size)[:16] not in lying
    with store.open(NAME) as kept:
        assert kept.read() == content(size)
        assert (kept.seek(0, io.SEEK_END), kept.tell()) == (size, size)
        for place in {0, size // 2, max(0, size - 3), size + 5}:
            kept.seek(place)
            assert kept.read(10) == content(size)[place : place + 10]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_from_before_is_read_and_can_be_closed(store: SealedFolder, size: int) -> None:
    WriteOnceFolder(location=store.location).save(NAME, ContentFile(content(size)))
    assert read(store) == content(size)
    assert store.renew(NAME)
    assert Path(store.path(NAME)).read_bytes() != content(size)
    assert read(store) == content(size)
    assert not store.renew(NAME)


@pytest.mark.parametrize("size", SIZES)
def test_its_key_is_renewed_without_touching_its_content(store: SealedFolder, tmp_path: Path, size: int) -> None:
    store.save(NAME, ContentFile(content(size)))
    before = Path(store.path(NAME)).read_bytes()
    name = add_key(tmp_path / "data-keys")
    assert store.renew(NAME)
    after = Path(store.path(NAME)).read_bytes()
    assert before[:HEAD] != after[:HEAD]
    assert before[HEAD:] == after[HEAD:]
    keys = (tmp_path / "data-keys").read_text().splitlines(keepends=True)
    (tmp_path / "data-keys").write_text("".join(line for line in keys if line.startswith(name)))
    assert read(store) == content(size)
    assert [one.name for one in Path(store.path(NAME)).parent.iterdir()] == ["abcd"]


def test_what_root_writes_stays_with_the_one_whose_store_it_is(store: SealedFolder, tmp_path: Path) -> None:
    owner = 54321 if os.geteuid() == 0 else os.geteuid()
    (tmp_path / "files").mkdir()
    for name in ("files", "data-keys"):
        os.chown(tmp_path / name, owner, -1)
    store.save(NAME, ContentFile(content(5)))
    add_key(tmp_path / "data-keys")
    assert store.renew(NAME)
    assert {path.stat().st_uid for path in tmp_path.rglob("*")} == {owner}


@pytest.mark.parametrize("harm", ["head", "middle", "end", "cut", "cut at a chunk", "exchanged", "moved"])
def test_whatever_was_changed_is_not_read(store: SealedFolder, harm: str) -> None:
    store.save(NAME, ContentFile(content(3 * CHUNK)))
    path = Path(store.path(NAME))
    lying, step = path.read_bytes(), CHUNK + 16
    first, second = lying[HEAD : HEAD + step], lying[HEAD + step : HEAD + 2 * step]
    changed = {
        "head": lying[:100] + bytes([lying[100] ^ 1]) + lying[101:],
        "middle": lying[: HEAD + 500] + bytes([lying[HEAD + 500] ^ 1]) + lying[HEAD + 501 :],
        "end": lying[:-1] + bytes([lying[-1] ^ 1]),
        "cut": lying[:-5],
        "cut at a chunk": lying[: HEAD + 2 * step],
        "exchanged": lying[:HEAD] + second + first + lying[HEAD + 2 * step :],
        "moved": lying,
    }[harm]
    path.write_bytes(changed)
    if harm == "moved":
        path.rename(path.with_name("abce"))
    with pytest.raises(NotDecrypted), store.open("ab/cd/abce" if harm == "moved" else NAME) as kept:
        kept.read()
