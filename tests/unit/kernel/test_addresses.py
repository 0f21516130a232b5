"""What stands in an address and must not be read there."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings

from camaug.kernel.addresses import closed, opened
from camaug.kernel.encryption import NotDecrypted, add_key, make_keys
from camaug.kernel.sought import LONGEST

HERE, THERE = "sought:desk.search:1", "sought:cases.mandates:1"
WORDS = ["096194000123", "Nguyễn Thị Lan", "lan@xa.example.vn", "a", "x" * LONGEST, "ữ" * LONGEST]


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA_KEYS_FILE = str(tmp_path / "data-keys")
    make_keys(tmp_path / "data-keys")
    return tmp_path / "data-keys"


@pytest.mark.parametrize("words", WORDS)
def test_what_was_closed_opens_and_is_not_read_before(words: str) -> None:
    value = closed(words, about=HERE)
    assert opened(value, about=HERE) == words
    assert len(words) == 1 or words not in value
    assert closed(words, about=HERE) != value


@pytest.mark.parametrize("words", WORDS)
def test_an_address_takes_it_as_it_is(words: str) -> None:
    value = closed(words, about=HERE)
    assert quote(value, safe="") == value
    assert re.fullmatch(r"[0-9a-f]{8}\.[\w-]+", value)
    assert len(value) < 1_000


def test_its_length_does_not_say_whether_a_number_or_a_name_was_typed() -> None:
    assert len({len(closed(words, about=HERE)) for words in ("096194000123", "0918000123", "Nguyễn Thị Lan", "a")}) == 1


@pytest.mark.parametrize("about", [THERE, "sought:desk.search:2", ""])
def test_it_opens_for_its_use_only(about: str) -> None:
    with pytest.raises(NotDecrypted):
        opened(closed("Lan", about=HERE), about=about)


@pytest.mark.parametrize("value", ["", ".", "x", "e1:a:b", "ữ.ữ", "00000000.AAAA", "a.b.c", "=" * 50, "." * 5_000])
def test_what_nobody_gave_out_does_not_open(value: str) -> None:
    with pytest.raises(NotDecrypted):
        opened(value, about=HERE)


@pytest.mark.parametrize("place", [0, 9, 15, -1])
def test_a_changed_letter_is_noticed(place: int) -> None:
    value = list(closed("Lan", about=HERE))
    value[place] = "1" if value[place] != "1" else "2"
    with pytest.raises(NotDecrypted):
        opened("".join(value), about=HERE)


def test_it_opens_while_its_key_is_held_and_no_longer(keys: Path) -> None:
    value = closed("Lan", about=HERE)
    add_key(keys)
    assert opened(value, about=HERE) == "Lan"
    keys.write_text(keys.read_text().splitlines(keepends=True)[0])
    with pytest.raises(NotDecrypted):
        opened(value, about=HERE)
