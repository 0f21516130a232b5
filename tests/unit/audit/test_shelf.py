"""The tree in files: grown in any portions it is the same tree, and what is missing or cut short is named."""

from pathlib import Path

import pytest

from camaug.audit import merkle
from camaug.audit.shelf import Damaged, Shelf, name_of
from camaug.kernel.files.storage import WriteOnceFolder

MANY = 600


def entry(number: int) -> bytes:
    return f"entry {number}".encode()


LEAVES = [merkle.leaf_hash(entry(number)) for number in range(MANY)]


def nodes(level: int, index: int) -> bytes:
    return merkle.subtree(LEAVES[index << level : (index + 1) << level])


def shelf(folder: Path) -> Shelf:
    return Shelf(WriteOnceFolder(location=folder))


def grown(folder: Path, *portions: int, sweep: bool = True) -> int:
    size = 0
    for portion in portions:
        shelf(folder).grow(size, [entry(number) for number in range(size, size + portion)])
        size += portion
        if sweep:
            shelf(folder).sweep(size)
    return size


@pytest.mark.parametrize("number", [0, 7, 999, 1000, 1234067])
def test_names_are_those_of_the_standard(number: int) -> None:
    known = {0: "000", 7: "007", 999: "999", 1000: "x001/000", 1234067: "x001/x234/067"}
    assert name_of(2, number) == f"tile/2/{known[number]}"
    assert name_of("entries", number, 17) == f"tile/entries/{known[number]}.p/17"


@pytest.mark.parametrize("sweep", [True, False])
@pytest.mark.parametrize(
    "portions", [(MANY,), (1,) * 30, (256, 256), (255, 1, 1, 255), (300, 212, 88), (17, 239, 300, 1, 43)]
)
def test_grown_in_any_portions_it_is_the_same_tree(tmp_path: Path, portions: tuple[int, ...], sweep: bool) -> None:
    size = grown(tmp_path, *portions, sweep=sweep)
    kept = shelf(tmp_path)
    assert merkle.root(size, kept.nodes(size)) == merkle.root(size, nodes)
    assert kept.leaves(0, size, size) == LEAVES[:size]
    for number in range((size + 255) // 256):
        width = min(256, size - number * 256)
        assert kept.entries(number, width) == [entry(n) for n in range(number * 256, number * 256 + width)]


@pytest.mark.parametrize("old", [1, 5, 255, 256, 257, 511, 512, 599])
def test_an_older_head_is_still_proved_after_sweeping(tmp_path: Path, old: int) -> None:
    grown(tmp_path, old, MANY - old)
    kept = shelf(tmp_path)
    assert merkle.root(old, kept.nodes(old)) == merkle.root(old, nodes)
    path = merkle.consistency_path(old, MANY, kept.nodes(MANY))
    assert merkle.grew(old, merkle.root(old, nodes), MANY, merkle.root(MANY, nodes), path)


def test_sweeping_leaves_one_file_a_tile(tmp_path: Path) -> None:
    grown(tmp_path, *(7,) * 80)
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert left == [
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/48",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/48",
    ]


def test_what_a_crash_left_behind_does_not_stay(tmp_path: Path) -> None:
    grown(tmp_path, 10)
    shelf(tmp_path).grow(10, [b"never signed"] * 5)
    shelf(tmp_path).grow(10, [entry(number) for number in range(10, 15)])
    assert shelf(tmp_path).leaves(0, 15, 15) == LEAVES[:15]


@pytest.mark.parametrize("name", ["tile/0/000", "tile/entries/000"])
@pytest.mark.parametrize("cut", [True, False])
def test_what_is_missing_or_cut_short_is_named(tmp_path: Path, name: str, cut: bool) -> None:
    grown(tmp_path, 300)
    if cut:
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-9])
    else:
        (tmp_path / name).unlink()
    kept = shelf(tmp_path)
    with pytest.raises(Damaged, match=name):
        kept.entries(0, 256) if "entries" in name else kept.leaves(0, 256, 300)


def test_whichever_octet_is_wrong_no_other_entry_is_read(tmp_path: Path) -> None:
    grown(tmp_path, 300)
    file, refused = tmp_path / "tile/entries/000", 0
    right = file.read_bytes()
    file.chmod(0o600)
    for place in range(len(right)):
        file.write_bytes(right[:place] + bytes([right[place] ^ 0xFF]) + right[place + 1 :])
        try:
            assert shelf(tmp_path).entries(0, 256) == [entry(number) for number in range(256)]
        except Damaged:
            refused += 1
    assert refused > len(right) - 10  # the time and the system of who compressed it are read by nobody
