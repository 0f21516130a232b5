from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from camaug.kernel.encryption import (
    NotDecrypted,
    add_key,
    decrypt,
    encrypt,
    fingerprint,
    fingerprints,
    is_current,
    is_encrypted,
    make_keys,
    renewed,
    ring,
    unwrap,
    wrap,
)

HERE = "a.table.column:7"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA_KEYS_FILE = str(tmp_path / "data-keys")
    make_keys(tmp_path / "data-keys")
    return tmp_path / "data-keys"


@pytest.mark.parametrize("text", ["", "Bệnh tim, khuyết tật nặng", "e1:a:b", "x" * 100_000])
def test_what_was_encrypted_is_read_again(text: str) -> None:
    kept = encrypt(text, about=HERE)
    assert is_encrypted(kept)
    assert text == "" or text not in kept
    assert decrypt(kept, about=HERE) == text


def test_bytes_are_wrapped_as_texts_are() -> None:
    assert unwrap(wrap(b"\0\xff", about=HERE), about=HERE) == b"\0\xff"


def test_the_same_text_never_looks_the_same() -> None:
    assert encrypt("Có", about=HERE) != encrypt("Có", about=HERE)


def test_it_fits_only_its_own_place() -> None:
    with pytest.raises(NotDecrypted):
        decrypt(encrypt("Có", about=HERE), about="a.table.column:8")


@pytest.mark.parametrize("at", [0, 1, 2, 3, -1, -20, -30])
def test_a_changed_letter_is_noticed(at: int) -> None:
    kept = list(encrypt("Có tiền án", about=HERE))
    kept[at] = "A" if kept[at] != "A" else "B"
    with pytest.raises(NotDecrypted):
        decrypt("".join(kept), about=HERE)


@pytest.mark.parametrize("value", ["", "Có", "e1", "e1:", "e1:x:", "e1:x:AAAA"])
def test_what_is_no_ciphertext_is_refused(value: str) -> None:
    with pytest.raises(NotDecrypted):
        decrypt(value, about=HERE)


def test_a_new_key_writes_and_the_old_one_still_reads(keys: Path) -> None:
    old = encrypt("Có", about=HERE)
    assert is_current(old)
    name = add_key(keys)
    assert ring().writing == name
    assert not is_current(old)
    assert decrypt(old, about=HERE) == "Có"
    new = renewed(old, about=HERE)
    assert is_current(new)
    assert renewed(new, about=HERE) == new
    keys.write_text(keys.read_text().splitlines()[0] + "\n")
    assert decrypt(new, about=HERE) == "Có"
    with pytest.raises(NotDecrypted, match="not held"):
        decrypt(old, about=HERE)


def test_a_key_may_be_known_before_it_writes(keys: Path) -> None:
    before = ring().writing
    later = add_key(keys, writing=False)
    assert ring().writing == before
    assert later in ring().keys


def test_a_keyed_hash_finds_a_value_also_while_keys_change(keys: Path) -> None:
    kept = fingerprint("096190000013", about="people.number")
    assert kept == fingerprint("096190000013", about="people.number")
    assert kept != fingerprint("096190000013", about="another.number")
    assert kept != fingerprint("096190000014", about="people.number")
    add_key(keys)
    assert kept != fingerprint("096190000013", about="people.number")
    assert kept in fingerprints("096190000013", about="people.number")


def test_keys_are_their_owners_alone(keys: Path) -> None:
    add_key(keys)
    assert keys.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in keys.parent.iterdir()] == ["data-keys"]


@pytest.mark.parametrize("content", ["", "one\n", "one AAAA\n", "one !!!!\n"])
def test_a_file_without_keys_is_refused(keys: Path, content: str) -> None:
    keys.write_text(content)
    with pytest.raises(ImproperlyConfigured):
        encrypt("Có", about=HERE)


def test_without_a_file_it_says_what_to_do(keys: Path) -> None:
    keys.unlink()
    with pytest.raises(ImproperlyConfigured, match="camaug keys make"):
        encrypt("Có", about=HERE)
