"""The tree of RFC 6962, section 2.1: roots, paths that prove a leaf, and paths that prove that a tree only grew.

A tree of any size is made of whole subtrees; `nodes(level, index)` gives the hash of the one over the leaves
[index * 2**level, (index + 1) * 2**level). Hashes are 32 bytes of SHA-256.
"""

import hashlib
from collections.abc import Callable, Sequence

type Nodes = Callable[[int, int], bytes]

EMPTY = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtree(hashes: Sequence[bytes]) -> bytes:
    """The hash of a whole subtree from the hashes of one level below it; their number is a power of two."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(*level[at : at + 2]) for at in range(0, len(level), 2)]
    return level[0]


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the tree of that many leaves."""
    return _over(0, size, nodes) if size else EMPTY


def inclusion_path(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """What leads from the leaf to the root, from below; IndexError where the tree has no such leaf."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} of {size}")
    return _path(index, 0, size, nodes)


def consistency_path(old: int, size: int, nodes: Nodes) -> list[bytes]:
    """What shows that the tree of `old` leaves is the beginning of that of `size`; IndexError where it cannot be."""
    if not 0 <= old <= size:
        raise IndexError(f"{old} leaves before {size}")
    return _growth(old, 0, size, nodes, whole=True) if 0 < old < size else []


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether the path leads from that leaf to that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(step, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    return last == 0 and found == head


def grew(old: int, old_head: bytes, size: int, head: bytes, path: Sequence[bytes]) -> bool:
    """Whether the second tree begins with the first (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= size:
        return False
    if old in (0, size):
        return not path and (old_head == EMPTY if old == 0 else old_head == head)
    steps = [old_head, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_head and second == head


def _over(begin: int, end: int, nodes: Nodes) -> bytes:
    width = end - begin
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return nodes(level, begin >> level)
    middle = begin + _split(width)
    return node_hash(_over(begin, middle, nodes), _over(middle, end, nodes))


def _split(width: int) -> int:
    """The largest power of two below the width."""
    return 1 << (width - 1).bit_length() - 1


def _path(index: int, begin: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - begin == 1:
        return []
    middle = begin + _split(end - begin)
    if index < middle:
        return [*_path(index, begin, middle, nodes), _over(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _over(begin, middle, nodes)]


def _growth(old: int, begin: int, end: int, nodes: Nodes, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962: `old` counts from the first leaf; `whole`: the verifier knows the old subtree's hash."""
    if old == end:
        return [] if whole else [_over(begin, end, nodes)]
    middle = begin + _split(end - begin)
    if old <= middle:
        return [*_growth(old, begin, middle, nodes, whole=whole), _over(middle, end, nodes)]
    return [*_growth(old, middle, end, nodes, whole=False), _over(begin, middle, nodes)]
