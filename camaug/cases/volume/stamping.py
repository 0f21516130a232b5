"""The lines of a whole load, some hundred copies at a time; for a great one made in a process of its own.

That process has no database: it is given the work on its standard input, and writes what it makes to its output.
"""

import gc
import os
import pickle
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from fcntl import F_SETPIPE_SZ, fcntl
from queue import Queue
from threading import Thread
from typing import IO, BinaryIO
from uuid import UUID

from camaug.cases.volume.crowd import Crowd, Member, mixed
from camaug.cases.volume.stamp import Form, People, Stamp, Venue

BATCH = 1_000  # copies whose lines are written at once
_AHEAD = 4
_PIPE = 1 << 20  # octets: what anybody may ask for as a rule


@dataclass(slots=True)
class Series:
    """Counters of codes and of books, taken up where they stand; `moved` are those that gave a number."""

    codes: dict[tuple[str, date], int]
    books: dict[tuple[str, UUID, int], int]
    moved: set[tuple[str, date] | tuple[str, UUID, int]] = field(default_factory=set)

    def code(self, agency: str, day: date) -> int:
        """The next number of an agency's day."""
        key = (agency, day)
        self.moved.add(key)
        self.codes[key] = last = self.codes.get(key, 0) + 1
        return last

    def book(self, book: str, agency: UUID, year: int) -> int:
        """The next number of an agency's book."""
        key = (book, agency, year)
        self.moved.add(key)
        self.books[key] = last = self.books.get(key, 0) + 1
        return last


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be copied: copies from `first` on, of each its form, its weeks and its venue, as a row of numbers.

    `people`: the crowd's own rows, where they are to be written too.
    """

    crowd: Crowd
    crowd_from: int
    crowd_size: int
    seed: int
    people: People | None
    forms: tuple[Form, ...]
    venues: tuple[tuple[Venue, ...], ...]
    plan: array[int]
    first: int
    series: Series


type Lines = dict[str, bytes]
"""By the name of the table."""


def lines(work: Work) -> Iterator[Lines | Series]:
    """The lines of the crowd, then of the copies, `BATCH` at a time, at last the series as they stand then."""
    yield from _people(work)
    stamp, plan, series = Stamp(work.crowd, work.forms), work.plan, work.series
    for begin in range(0, len(plan), 3 * BATCH):
        for place in range(begin, min(len(plan), begin + 3 * BATCH), 3):
            _one(work, stamp, series, work.first + place // 3, plan[place], plan[place + 1], plan[place + 2])
        yield _taken(stamp.buffers)
    yield series


@contextmanager
def stamped(work: Work) -> Iterator[Iterator[Lines | Series]]:
    """The same from a process of its own, which ends when the block does."""
    command = [sys.executable, "-m", "camaug.cases.volume.stamping"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        try:
            yield _heard(process, work)
        finally:
            process.kill()


def _heard(process: "subprocess.Popen[bytes]", work: Work) -> Iterator[Lines | Series]:
    if process.stdin is None or process.stdout is None:
        return
    with suppress(OSError):  # whoever may not have so much room takes more turns
        fcntl(process.stdout, F_SETPIPE_SZ, _PIPE)
    pickle.dump(work, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.close()
    waiting: Queue[Lines | Series | None] = Queue(_AHEAD)
    Thread(target=_read, args=(process.stdout, waiting), daemon=True).start()
    while (made := waiting.get()) is not None:
        yield made
        if isinstance(made, Series):
            return
    raise EOFError


def _read(source: IO[bytes], waiting: "Queue[Lines | Series | None]") -> None:
    """Read on while the database is busy with what was read; None where the process ended too early."""
    try:
        while True:
            made: Lines | Series = pickle.load(source)  # noqa: S301 (written by ourselves)
            waiting.put(made)
            if isinstance(made, Series):
                return
    except (EOFError, OSError, MemoryError, pickle.UnpicklingError, ValueError):
        waiting.put(None)


def _one(work: Work, stamp: Stamp, series: Series, number: int, form: int, weeks: int, at: int) -> None:
    made, venue = work.forms[form], work.venues[form][at]
    drawn = mixed(number * 31 + work.seed)
    moved = stamp.moved(form, weeks)
    serial = series.code(venue.code, moved.day)
    numbers = [
        series.book(one.book, venue.units[one.unit], year) for one, year in zip(made.numbers, moved.years, strict=True)
    ]
    who = _citizen(work, drawn, made.sex)
    stamp.copy(form, moved, venue, number, serial=serial, numbers=numbers, who=who, drawn=drawn)


def _citizen(work: Work, drawn: int, sex: str) -> Member:
    """One of the crowd, of the sex of the pattern's."""
    half = drawn % (work.crowd_size // 2)
    return work.crowd.member(work.crowd_from + 2 * half + (sex == "FEMALE"))


def _people(work: Work) -> Iterator[Lines]:
    if work.people is None:
        return
    buffers: dict[str, list[bytes]] = {}
    for begin in range(0, work.crowd_size, BATCH):
        for index in range(begin, min(work.crowd_size, begin + BATCH)):
            work.people.add(work.crowd.member(work.crowd_from + index), buffers)
        yield _taken(buffers)


def _taken(buffers: dict[str, list[bytes]]) -> Lines:
    made = {table: b"".join(pieces) for table, pieces in buffers.items() if pieces}
    for pieces in buffers.values():
        pieces.clear()
    return made


def _write(waiting: "Queue[Lines | Series | None]", out: BinaryIO) -> None:
    try:
        while (made := waiting.get()) is not None:
            pickle.dump(made, out, pickle.HIGHEST_PROTOCOL)
        out.flush()
    except (OSError, MemoryError):
        os._exit(1)  # who asked is gone, or will hear that it ends; the other thread waits for room


def main() -> None:
    """Make what is asked for, some batches ahead of who reads."""
    work: Work = pickle.load(sys.stdin.buffer)  # noqa: S301 (given by ourselves)
    gc.disable()  # nothing that is made here refers in circles
    waiting: Queue[Lines | Series | None] = Queue(_AHEAD)
    writer = Thread(target=_write, args=(waiting, sys.stdout.buffer))
    writer.start()
    try:
        for made in lines(work):
            waiting.put(made)
    finally:  # whoever reads hears that it ends, though it went wrong
        waiting.put(None)
        writer.join()


if __name__ == "__main__":
    main()
