"""The rows of a whole load, some megabytes of each table at a time; for a great one made in a process of its own.

That process has no database: it is given the work on its standard input, and writes what it makes to its output.
"""

import gc
import os
import pickle
import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from fcntl import F_SETPIPE_SZ, fcntl
from io import BufferedReader
from itertools import chain, count, groupby
from operator import itemgetter
from queue import Queue
from threading import Thread
from typing import BinaryIO, NamedTuple
from uuid import UUID

from camaug.cases.volume.crowd import FEMALE, Crowd, mixed
from camaug.cases.volume.stamp import Form, Moved, Own, People, Stamp, Venue

_BATCH = 1_000  # copies that are made at once
_AT_ONCE = 64_000_000  # octets, of some six thousand cases
_AHEAD = 20  # parts that wait; the tables are fewer
_PIPE = 1 << 20  # octets: what anybody may ask for as a rule
_PIECE = 1 << 17  # octets: what psycopg hands on as it is


@dataclass(slots=True)
class Series:
    """Counters of codes and of books: where they stood, and the last numbers that are `given` now."""

    codes: dict[tuple[str, date], int]
    books: dict[tuple[str, UUID, int], int]
    given_codes: dict[tuple[str, date], int] = field(default_factory=dict)
    given_books: dict[tuple[str, UUID, int], int] = field(default_factory=dict)

    def code(self, agency: str, day: date) -> int:
        """The next number of an agency's day."""
        key = (agency, day)
        self.given_codes[key] = last = (self.given_codes.get(key) or self.codes.get(key, 0)) + 1
        return last

    def book(self, book: str, agency: UUID, year: int) -> int:
        """The next number of an agency's book."""
        key = (book, agency, year)
        self.given_books[key] = last = (self.given_books.get(key) or self.books.get(key, 0)) + 1
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


class Part(NamedTuple):
    """Rows of one table; and how many copies of the load are made by now, whose rows the next parts may still hold.

    Each piece of its `octets` is there until the next is asked for.
    """

    table: str
    made: int
    octets: Iterable[bytes | memoryview]


def parts(work: Work, *, at_once: int = _AT_ONCE) -> Iterator[Part | Series]:
    """The rows of the crowd, then of the copies, at last the numbers that were given.

    They are gathered until they are so many octets `at_once`: each COPY begins with room for a thousand rows, which
    takes it a millisecond.
    """
    yield from _people(work, at_once)
    stamp, number = Stamp(work.crowd, work.forms), work.first
    for begin in range(0, len(work.plan), 3 * _BATCH):
        planned = work.plan[begin : begin + 3 * _BATCH]
        numbered = zip(planned[::3], planned[1::3], planned[2::3], count(number), strict=False)
        for (form, weeks), alike in groupby(numbered, key=itemgetter(0, 1)):
            moved = stamp.moved(form, weeks)
            stamp.add(form, moved, list(_copies(work, moved, alike)))
        number += len(planned) // 3
        yield from _gathered(stamp.buffers, number, at_once)
    yield from _gathered(stamp.buffers, number, 1)
    yield replace(work.series, codes={}, books={})


@contextmanager
def stamped(work: Work) -> Iterator[Iterator[Part | Series]]:
    """The same from a process of its own, which ends when the block does."""
    command = [sys.executable, "-m", "camaug.cases.volume.stamping"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        try:
            yield _heard(process, work)
        finally:
            process.kill()


def _heard(process: "subprocess.Popen[bytes]", work: Work) -> Iterator[Part | Series]:
    """EOFError where the process ended too early."""
    source = process.stdout
    if process.stdin is None or not isinstance(source, BufferedReader):
        raise EOFError
    with suppress(OSError):  # whoever may not have so much room takes more turns
        fcntl(source, F_SETPIPE_SZ, _PIPE)
    with suppress(BrokenPipeError):  # it is heard below that it ended
        pickle.dump(work, process.stdin, pickle.HIGHEST_PROTOCOL)
    with suppress(BrokenPipeError):
        process.stdin.close()
    room = memoryview(bytearray(_PIECE))
    while not isinstance(told := _next(source), Series):
        table, made, size = told
        yield Part(table, made, _pieces(source, size, room))
    yield told


def _next(source: BufferedReader) -> Series | tuple[str, int, int]:
    """The series, or table, copies made and octets of the part that follows."""
    try:
        told: Series | tuple[str, int, int] = pickle.load(source)  # noqa: S301 (written by ourselves)
    except pickle.UnpicklingError as error:
        raise EOFError from error
    return told


def _pieces(source: BufferedReader, size: int, room: memoryview) -> Iterator[memoryview]:
    """So many octets as they come, all in the same room: they are still in the processor's cache when they go on."""
    while size:
        piece = room[: min(size, len(room))]
        if source.readinto(piece) < len(piece):
            raise EOFError
        yield piece
        size -= len(piece)


def _copies(work: Work, moved: Moved, alike: Iterator[tuple[int, int, int, int]]) -> Iterator[Own]:
    """What is each copy's own, of those of one form and one week."""
    series, size, is_odd = work.series, work.crowd_size // 2, work.crowd_from & 1
    for form, _weeks, at, number in alike:
        made, venue = work.forms[form], work.venues[form][at]
        drawn = mixed(number * 31 + work.seed)
        serial = series.code(venue.code, moved.day)
        numbers = [
            series.book(one.book, venue.units[one.unit], year)
            for one, year in zip(made.numbers, moved.years, strict=True)
        ]
        who = work.crowd.member(work.crowd_from + 2 * (drawn % size) + ((made.sex == FEMALE) ^ is_odd))
        yield Own(venue, number, serial, numbers, who, drawn)


def _people(work: Work, at_once: int) -> Iterator[Part]:
    if work.people is None:
        return
    buffers: dict[str, list[bytes]] = {}
    last = work.crowd_from + work.crowd_size
    for begin in range(work.crowd_from, last, _BATCH):
        members = [work.crowd.member(index) for index in range(begin, min(last, begin + _BATCH))]
        work.people.add(members, buffers)
        yield from _gathered(buffers, work.first, at_once)
    yield from _gathered(buffers, work.first, 1)


def _gathered(buffers: dict[str, list[bytes]], made: int, least: int) -> Iterator[Part]:
    """Empty the buffers, where they hold so many octets."""
    if sum(map(len, chain.from_iterable(buffers.values()))) < least:
        return
    for table, octets in buffers.items():
        if octets:
            whole = b"".join(octets)
            octets.clear()
            yield Part(table, made, [whole])


def _write(waiting: "Queue[Part | Series | None]", out: BinaryIO) -> None:
    try:
        while (told := waiting.get()) is not None:
            if isinstance(told, Part):
                octets = list(told.octets)
                pickle.dump((told.table, told.made, sum(map(len, octets))), out)
                out.writelines(octets)
            else:
                pickle.dump(told, out)
        out.flush()
    except (OSError, MemoryError):
        os._exit(1)  # who asked is gone, or will hear that it ends; the other thread waits for room


def main() -> None:
    """Make what is asked for, ahead of who reads."""
    work: Work = pickle.load(sys.stdin.buffer)  # noqa: S301 (given by ourselves)
    gc.disable()  # nothing that is made here refers in circles
    waiting: Queue[Part | Series | None] = Queue(_AHEAD)
    writer = Thread(target=_write, args=(waiting, sys.stdout.buffer))
    writer.start()
    try:
        for told in parts(work):
            waiting.put(told)
    finally:  # whoever reads hears that it ends, though it went wrong
        waiting.put(None)
        writer.join()


if __name__ == "__main__":
    main()
