"""The tree against a slow one written from the definition, over every size, leaf and older size that is small."""

import hashlib
from collections.abc import Sequence

import pytest

from camaug.audit import merkle

LARGEST = 20


def slow_root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + slow_root(leaves[:half]) + slow_root(leaves[half:])).digest()


LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(LARGEST)]


def nodes(level: int, index: int) -> bytes:
    return slow_root(LEAVES[index << level : (index + 1) << level])


@pytest.mark.parametrize(
    ("count", "root"),
    [  # the roots of RFC 6962's own entries, as the first implementations of it publish them
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_known_roots(count: int, root: str) -> None:
    known = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [merkle.leaf_hash(bytes.fromhex(one)) for one in known[:count]]
    assert merkle.root(count, lambda level, at: merkle.subtree(leaves[at << level : (at + 1) << level])).hex() == root


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_every_leaf_is_proved_and_no_other(size: int) -> None:
    head = merkle.root(size, nodes)
    assert head == slow_root(LEAVES[:size])
    for index in range(size):
        path = merkle.inclusion_path(index, size, nodes)
        assert merkle.includes(LEAVES[index], index, size, path, head)
        assert not merkle.includes(merkle.leaf_hash(b"other"), index, size, path, head)
        assert not merkle.includes(LEAVES[index], index, size, [*path, head], head)
        assert not path or not merkle.includes(LEAVES[index], index, size, path[:-1], head)
        assert not any(
            merkle.includes(LEAVES[index], other, size, path, head) for other in range(size) if other != index
        )
    with pytest.raises(IndexError):
        merkle.inclusion_path(size, size, nodes)


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_growth_is_proved_and_no_other_past(size: int) -> None:
    head = merkle.root(size, nodes)
    for old in range(size + 1):
        before, path = slow_root(LEAVES[:old]), merkle.consistency_path(old, size, nodes)
        assert merkle.grew(old, before, size, head, path)
        if old:
            assert not merkle.grew(old, merkle.leaf_hash(b"another past"), size, head, path)
            assert not merkle.grew(old, before, size, merkle.leaf_hash(b"another present"), path)
        assert not merkle.grew(old, before, size, head, [*path, head])
    assert not merkle.grew(size + 1, head, size, head, [])
    with pytest.raises(IndexError):
        merkle.consistency_path(size + 1, size, nodes)
