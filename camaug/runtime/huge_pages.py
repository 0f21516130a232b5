"""A process's memory in pages of 2 MiB instead of 4 KiB: the processor looks up fewer of their addresses.

A request walks through thousands of objects that lie all over what was loaded, and finds what the processor knew of
them (TLB) driven out by the database's process and the client's. Source: madvise(2), MADV_COLLAPSE (Linux 6.1).
"""

import ctypes
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

SIZE = 2 << 20
_COLLAPSE = 25  # MADV_COLLAPSE; `mmap` has no name for it


def gather() -> int:
    """Put this process's own memory, as far as whole huge pages are in use, into huge pages; how many they became.

    What cannot be gathered (an old kernel, memory in small pieces) stays as it is.
    """
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    gathered = 0
    for start, end in _whole(_own(Path("/proc/self/maps").read_text().splitlines())):
        advise(start, end - start, mmap.MADV_HUGEPAGE)
        gathered += sum(advise(page, SIZE, _COLLAPSE) == 0 for page in range(start, end, SIZE))
    return gathered


def _own(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where memory lies that belongs to no file: from the lines of /proc/<pid>/maps."""
    for line in lines:
        addresses, rights, _offset, _device, inode, *name = line.split(maxsplit=5)
        if inode == "0" and rights == "rw-p" and (not name or name[0] == "[heap]"):
            start, end = addresses.split("-")
            yield int(start, 16), int(end, 16)


def _whole(regions: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in regions:
        first, last = -(-start // SIZE) * SIZE, end // SIZE * SIZE
        if first < last:
            yield first, last
