"""Seconds of CPU that processes have used, from /proc: what a request costs, whoever else waits for the machine."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    """A process as the kernel tells of it; `seconds` with those of its children that have ended."""

    id: int
    name: str
    parent: int
    session: int
    seconds: float


def of_session(leader: int) -> float:
    """What all processes of that session have used so far."""
    return sum(one.seconds for one in _processes() if one.session == leader)


def of_database(address: str) -> float | None:
    """What all processes of that PostgreSQL have used so far; None where it does not run on this machine."""
    with psycopg.connect(address) as connection:
        backend = connection.info.backend_pid
        known = {one.id: one for one in _processes()}
    mine = known.get(backend)
    if mine is None or mine.name != "postgres":
        return None
    return sum(one.seconds for one in known.values() if mine.parent in (one.id, one.parent))


def _processes() -> Iterator[Process]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                before, _, after = (folder / "stat").read_text().rpartition(")")
            except OSError:  # it has ended meanwhile
                continue
            told = after.split()
            name = before.partition("(")[2]
            seconds = sum(map(int, told[11:15])) / _TICKS
            yield Process(int(folder.name), name, int(told[1]), int(told[3]), seconds)
