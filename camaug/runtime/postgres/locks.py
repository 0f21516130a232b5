"""Locks on files: the kernel releases them with the process that held them, however it ended."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self


class FileLock:
    """One open lock file; `share` and `own` replace what was held before."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @classmethod
    def adopt(cls, descriptor: int) -> Self:
        """The lock that a parent process took and handed down."""
        lock = cls.__new__(cls)
        lock.descriptor = descriptor
        return lock

    def share(self, *, wait: bool = True) -> bool:
        """Hold it together with others; False if somebody owns it (only without `wait`)."""
        return self._lock(fcntl.LOCK_SH, wait)

    def own(self, *, wait: bool = True) -> bool:
        """Hold it alone; False if anybody holds it (only without `wait`)."""
        return self._lock(fcntl.LOCK_EX, wait)

    def release(self) -> None:
        """Hold it no more."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Hold it no more and forget the file."""
        os.close(self.descriptor)

    def _lock(self, kind: int, wait: bool) -> bool:
        try:
            fcntl.flock(self.descriptor, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def opened(path: Path) -> Iterator[FileLock]:
    """The lock file, closed (and so released) at the end."""
    lock = FileLock(path)
    try:
        yield lock
    finally:
        lock.close()
