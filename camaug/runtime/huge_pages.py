"""A process's memory in pages of 2 MiB instead of 4 KiB: the processor looks up fewer of their addresses.

A request walks through thousands of objects that lie all over what was loaded, and finds what the processor knew of
them (TLB) driven out by the database's process and the client's. Source: madvise(2), MADV_COLLAPSE (Linux 6.1).
"""

import ctypes
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

SIZE = 2 << 20
_COLLAPSE = 25  # MADV_COLLAPSE; `mmap` has no name for it
_MODES = Path("/sys/kernel/mm/transparent_hugepage/enabled")
_UNTIL_GATHERED = 3.0  # seconds


def gather() -> int:
    """Put this process's own memory, as far as whole huge pages are in use, into huge pages; how many they became.

    Nothing changes where the machine wants none, or its kernel does not know how.
    """
    if not _MODES.exists() or "[never]" in _MODES.read_text():
        return 0
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    gathered = 0
    for start, end in _whole(_own(Path("/proc/self/maps").read_text().splitlines())):
        gathered += sum(advise(page, SIZE, _COLLAPSE) == 0 for page in range(start, end, SIZE))
    return gathered


def gather_soon() -> None:
    """The same by a thread beside, once what a process has loaded lies there."""
    gathering = threading.Timer(_UNTIL_GATHERED, gather)
    gathering.daemon = True
    gathering.start()


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
