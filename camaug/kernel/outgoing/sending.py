"""How everything that leaves is brought away: claimed for a while, tried with no transaction open, settled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from django.db import models, transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import Event, record

BATCH = 20
LEASE = timedelta(minutes=5)  # longer than a batch can take; after a crash the row is tried again then
_BATCHES = 50  # a job ends after that many, so that others get their turn


class NotTaken(Exception):
    """The other system did not take it. `final`: it never will, as it stands."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


class Fate(StrEnum):
    """What a try gave. NOT_NOW: later perhaps; SILENT: the same of all that go this road; NEVER; SKIPPED: not tried."""

    TAKEN = "TAKEN"
    NOT_NOW = "NOT_NOW"
    SILENT = "SILENT"
    NEVER = "NEVER"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a try gave: its fate, the columns that say `why`, and further columns of the row that was tried."""

    fate: Fate
    why: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)


class Leaving(Protocol):
    """The columns of a row that leaves."""

    pk: Any
    state: str
    attempts: int
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sending[T: models.Model]:
    """One kind of thing that leaves.

    `due` gives the rows to be tried, `attempt` tries one of them and must be harmless when repeated; `given_up` is the
    event of that end, `arrived` that of the good one. A row is tried once more after each of `pauses`. `taken`,
    `failed` and `lost` are the states of what was taken, is tried again, or is not tried any more; `road` names what
    rows have in common that are lost together when nobody answers.
    """

    due: Callable[[datetime], models.QuerySet[T]]
    attempt: Callable[[T, datetime], Answer]
    given_up: Callable[[T, Answer], Event]
    pauses: tuple[timedelta, ...]
    arrived: Callable[[T, Answer], Event] | None = None
    taken: str = "SENT"
    failed: str = "FAILED"
    lost: str = "GIVEN_UP"
    road: Callable[[T], str] = lambda _row: ""

    def send_due(self, *, by: Actor, at: datetime, batch: int = BATCH) -> int:
        """Try what is due, and write down what became of each; returns how many rows were claimed.

        Where nobody answers, the rest of that road is left for the first pause and loses no try.
        """
        silent: dict[str, Answer] = {}
        claimed = self._claim(at, batch)
        for row in claimed:
            road = self.road(row)
            if road in silent:
                self._put_back(row, silent[road], at)
                continue
            answer = self.attempt(row, at)
            if answer.fate == Fate.SILENT:
                silent[road] = answer
            self._settle(row, answer, by=by, at=at)
        return len(claimed)

    def _claim(self, at: datetime, batch: int) -> list[T]:
        with transaction.atomic():
            due = self.due(at)
            claimed = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
            for row in claimed:
                leaving = _leaving(row)
                leaving.attempts, leaving.next_attempt_at = leaving.attempts + 1, at + LEASE
            due.model._default_manager.bulk_update(claimed, ["attempts", "next_attempt_at"])
        return claimed

    def _settle(self, row: T, answer: Answer, *, by: Actor, at: datetime) -> None:
        """Write the answer down, unless somebody else has taken the row over meanwhile: then the lease is another."""
        attempts = _leaving(row).attempts
        state = self._state_after(attempts, answer.fate)
        again = at + self.pauses[attempts - 1] if state == self.failed else None
        changes = {**answer.why, **answer.columns, "state": state, "next_attempt_at": again}
        tell = {self.taken: self.arrived, self.lost: self.given_up}.get(state)
        with transaction.atomic():
            if _mine(row).update(**changes) and tell:
                record(tell(row, answer), by=by, at=at)

    def _put_back(self, row: T, answer: Answer, at: datetime) -> None:
        tries, again = _leaving(row).attempts - 1, at + self.pauses[0]
        _mine(row).update(**answer.why, state=self.failed, attempts=tries, next_attempt_at=again)

    def _state_after(self, attempts: int, fate: Fate) -> str:
        match fate:
            case Fate.TAKEN:
                return self.taken
            case Fate.SKIPPED:
                return "SKIPPED"
            case Fate.NEVER:
                return self.lost
        return self.lost if attempts > len(self.pauses) else self.failed


def work_off(one_batch: Callable[[], int]) -> None:
    """Batch after batch until one is not full."""
    for _ in range(_BATCHES):
        if one_batch() < BATCH:
            return


def _mine[T: models.Model](row: T) -> models.QuerySet[T]:
    leaving = _leaving(row)
    rows = type(row)._default_manager.all()
    return rows.filter(pk=row.pk, attempts=leaving.attempts, next_attempt_at=leaving.next_attempt_at)


def _leaving(row: Any) -> Leaving:
    leaving: Leaving = row
    return leaving
