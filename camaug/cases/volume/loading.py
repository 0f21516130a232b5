"""Loads copies portion by portion, each in one transaction: what is killed half-way leaves whole cases only."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import yaml
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.count import KEEPER, add
from camaug.cases.models import BookSeries, Case, CodeSeries, Volume
from camaug.cases.queries.counting import Key
from camaug.cases.volume import setaside
from camaug.cases.volume.crowd import Crowd, mixed
from camaug.cases.volume.patterns import Pattern, Rows, played
from camaug.cases.volume.plan import Choice, Copy, Mix, copies, weeks_of
from camaug.cases.volume.seats import Staff, cast_of, hosts
from camaug.cases.volume.stamp import SHARED, Form, Forms, Stamp, people_of
from camaug.catalogue.queries import receivers, version
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.models import Subscription
from camaug.people.queries import asked_once
from camaug.worktime.queries import calendar_as_it_stands

PORTION = 5_000
GREAT, FEW = 40_000, 10
"""From so many on, and if that is ten times what is there already, indexes are made last."""

type Say = Callable[[str], Any]
type Progress = Callable[[int, int], None]


class OtherLoad(DomainError):
    """One seed names one load."""

    sentence = _("With this seed {wanted} cases were asked for. Give that number to go on, or another seed.")


@dataclass(slots=True)
class _Ready:
    """All that portions share."""

    volume: Volume
    crowd: Crowd
    choices: list[Choice]
    forms: list[Form]
    plan: list[Copy]
    tables: dict[str, tuple[str, ...]]


def load_cases(
    wanted: int, *, seed: int, profile: Path, at: datetime, step: Say, portion: int = PORTION, great: int = GREAT
) -> int:
    """Load so many cases by that seed; the same call goes on where one was killed. Returns how many are new.

    `step(title)` opens a progress bar; `portion` cases are one transaction, but one of `great` cases or more is one
    alone. OtherLoad where the seed was used for another number.
    """
    volume, _new = Volume.objects.get_or_create(
        seed=seed, defaults={"wanted": wanted, "asked_at": at, "crowd_from": _crowd_so_far()}
    )
    if volume.wanted != wanted:
        raise OtherLoad(wanted=volume.wanted)
    begun = volume.done
    if begun < wanted:
        ready = _prepared(volume, profile, step)
        is_great = wanted >= great and begun == 0 and Case.objects.count() * FEW <= wanted
        if is_great:
            _greatly(ready, step)
            return wanted
        with step("Copying cases") as progress:
            for first in range(begun, wanted, portion):
                with transaction.atomic():
                    _portion(ready, first, min(wanted, first + portion), progress)
    return wanted - begun


def _crowd_so_far() -> int:
    return sum(_crowd_of(one.wanted) for one in Volume.objects.all())


def _crowd_of(wanted: int) -> int:
    """Most people come back: a citizen for every four cases."""
    return max(100, wanted // 4)


def _prepared(volume: Volume, profile: Path, step: Say) -> _Ready:
    mix = Mix.model_validate(yaml.safe_load((profile / "volume.yaml").read_text("utf-8")))
    held = yaml.safe_load((profile / "demo.yaml").read_text("utf-8"))["held"]
    crowd = Crowd(yaml.safe_load((profile / "names.yaml").read_text("utf-8")), volume.seed)
    at = volume.asked_at
    with step("Playing patterns") as progress:
        wanted = mix.wanted(volume.wanted, held=held, seed=volume.seed)
        patterns = played(wanted, profile, seed=volume.seed, at=at, progress=progress)
    with step("Finding hosts"), asked_once(), calendar_as_it_stands():
        staff = Staff(at)
        maker = Forms(staff, crowd)
        choices: list[Choice] = []
        forms: list[Form] = []
        for turn, pattern in enumerate(patterns):
            cast = cast_of(pattern, staff)
            if cast is None:
                continue
            able = hosts(pattern, cast, staff, _receivers(pattern, staff.on), turn)
            choice = Choice(pattern, weeks_of(pattern, at=at), tuple(able))
            if choice.weeks and choice.hosts:
                choices.append(choice)
                forms.append(maker.of(pattern, cast))
        plan = copies(choices, mix, volume.wanted, seed=volume.seed)
    tables = {rows.table: rows.columns for one in choices for rows in (*one.pattern.people, *one.pattern.rows)}
    return _Ready(volume, crowd, choices, forms, plan, tables)


def _receivers(pattern: Pattern, on: date) -> list[Any]:
    (case,) = pattern.of("cases_case")
    return [agency.id for agency in receivers(version(case["version_id"]), on)]


def _greatly(ready: _Ready, step: Say) -> None:
    """Everything in one transaction: one that is killed leaves nothing, not even room that is taken."""
    tables = [name for name in ready.tables if name != SHARED]
    own = {rows.table for one in ready.choices for rows in one.pattern.rows}
    with transaction.atomic():
        with step("Taking indexes away"):
            young = setaside.make_young([name for name in tables if name in own])
            away = setaside.take_away(tables)
        with step("Copying cases") as progress:
            _portion(ready, 0, ready.volume.wanted, progress, frozen=young)
        with step("Making indexes") as making:
            setaside.put_back(away, tables, making)


def _portion(ready: _Ready, first: int, last: int, progress: Progress, *, frozen: frozenset[str] = frozenset()) -> None:
    """Whole cases, their series and their tallies; other writers of series wait for the end of it."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_codeseries, cases_bookseries IN EXCLUSIVE MODE")
        cursor.execute("SET LOCAL synchronous_commit = off")
    volume, stamp = ready.volume, Stamp(ready.crowd, ready.volume.seed)
    series = _Series()
    cells: Counter[tuple[Key, str]] = Counter()
    if first == 0:
        _keep_scans(ready)
    with _writing(ready.tables, frozen) as write:
        if first == 0:
            _crowd(ready, write)
        for number in range(first, last):
            _one(ready, stamp, series, cells, number)
            if number % PORTION == PORTION - 1 or number == last - 1:
                write({table: "".join(lines) for table, lines in stamp.buffers.items()})
                stamp.buffers.clear()
                progress(number + 1, volume.wanted)
    series.write()
    Subscription.objects.get_or_create(name=KEEPER)
    Subscription.objects.select_for_update().get(name=KEEPER)  # the dispatcher's turn waits
    add(cells)
    volume.done = last
    volume.save(update_fields=["done"])


def _one(ready: _Ready, stamp: Stamp, series: "_Series", cells: Counter[tuple[Key, str]], number: int) -> None:
    copy = ready.plan[number]
    form, choice = ready.forms[copy.choice], ready.choices[copy.choice]
    host, moved = choice.hosts[copy.host], timedelta(weeks=copy.weeks)
    drawn = mixed(number * 31 + ready.volume.seed)
    who = _citizen(ready, form, drawn)
    serial = series.code(host.code, (form.pattern.begins + moved).astimezone(LOCAL).date())
    numbers = [
        series.book(one.book, host.units[one.unit], (one.at + moved).astimezone(LOCAL).year) for one in form.numbers
    ]
    stamp.copy((copy.choice, form), (copy.host, host), copy.weeks, serial=serial, numbers=numbers, who=who, drawn=drawn)
    for key, column in form.cells_at(host, moved):
        cells[key, column] += 1


def _citizen(ready: _Ready, form: Form, drawn: int) -> Any:
    """One of the crowd, of the sex of the pattern's."""
    half = drawn % (_crowd_of(ready.volume.wanted) // 2)
    return ready.crowd.member(ready.volume.crowd_from + 2 * half + (form.pattern.citizen.sex == "FEMALE"))


def _crowd(ready: _Ready, write: Callable[[dict[str, str]], None]) -> None:
    pattern = ready.choices[0].pattern
    tables = people_of(pattern)
    begin, size = ready.volume.crowd_from, _crowd_of(ready.volume.wanted)
    for first in range(begin, begin + size, PORTION):
        members = [ready.crowd.member(index) for index in range(first, min(first + PORTION, begin + size))]
        write({table: "".join(line(member) for member in members) for table, line in tables})


def _keep_scans(ready: _Ready) -> None:
    """The papers' scans: the files were kept while the patterns were played, the same for all copies."""
    blobs = [rows for one in ready.choices for rows in one.pattern.rows if rows.table == SHARED]
    for found, row in {row[0]: (rows, row) for rows in blobs for row in rows.values}.values():
        _keep_shared(found, row)


def _keep_shared(rows: Rows, row: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(row))
        cursor.execute(
            f"INSERT INTO {SHARED} ({', '.join(rows.columns)}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608
            list(row),
        )


class _Series:
    """Counters of codes and of books, taken up where they stand."""

    def __init__(self) -> None:
        self._codes = {(one.agency_code, one.day): one.last for one in CodeSeries.objects.iterator()}
        self._books = {(one.book, one.agency_id, one.year): one.last for one in BookSeries.objects.iterator()}
        self._new_codes: set[tuple[str, date]] = set()
        self._new_books: set[tuple[str, Any, int]] = set()

    def code(self, agency: str, day: date) -> int:
        """The next number of an agency's day."""
        self._new_codes.add((agency, day))
        self._codes[agency, day] = last = self._codes.get((agency, day), 0) + 1
        return last

    def book(self, book: str, agency: Any, year: int) -> int:
        """The next number of an agency's book."""
        self._new_books.add((book, agency, year))
        self._books[book, agency, year] = last = self._books.get((book, agency, year), 0) + 1
        return last

    def write(self) -> None:
        """The counters as they stand now."""
        with connection.cursor() as cursor:
            cursor.executemany(
                """INSERT INTO cases_codeseries (agency_code, day, last) VALUES (%s, %s, %s)
                   ON CONFLICT (agency_code, day) DO UPDATE SET last = EXCLUDED.last""",
                [(agency, day, self._codes[agency, day]) for agency, day in sorted(self._new_codes)],
            )
            cursor.executemany(
                """INSERT INTO cases_bookseries (book, agency_id, year, last) VALUES (%s, %s, %s, %s)
                   ON CONFLICT (book, agency_id, year) DO UPDATE SET last = EXCLUDED.last""",
                [(*key, self._books[key]) for key in sorted(self._new_books, key=str)],
            )


@contextmanager
def _writing(tables: dict[str, tuple[str, ...]], frozen: frozenset[str]) -> Iterator[Callable[[dict[str, str]], None]]:
    """COPY beside the making of lines: one thread writes what the other has made."""
    raw: Any = connection.connection  # Django's own is each thread's alone
    waiting: Queue[dict[str, str] | None] = Queue(maxsize=2)
    failed: list[BaseException] = []

    def work() -> None:
        while (texts := waiting.get()) is not None:
            if not failed:
                try:
                    _copy(raw, tables, texts, frozen)
                except BaseException as failure:
                    failed.append(failure)

    writer = Thread(target=work, daemon=True)
    writer.start()

    def write(texts: dict[str, str]) -> None:
        if failed:
            raise failed[0]
        waiting.put(texts)

    try:
        yield write
    finally:
        waiting.put(None)
        writer.join()
    if failed:
        raise failed[0]


def _copy(raw: Any, tables: dict[str, tuple[str, ...]], texts: dict[str, str], frozen: frozenset[str]) -> None:
    order = list(tables)
    with raw.cursor() as cursor:
        for table in sorted(texts, key=order.index):
            columns = ", ".join(tables[table])
            how = " WITH (FREEZE)" if table in frozen else ""
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN{how}") as copy:
                copy.write(texts[table])
