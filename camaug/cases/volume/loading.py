"""Loads copies portion by portion, each in one transaction: what is killed half-way leaves whole cases only."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.count import KEEPER, add
from camaug.cases.models import BookSeries, Case, CodeSeries, Volume
from camaug.cases.queries.counting import Key
from camaug.cases.volume import references, setaside
from camaug.cases.volume.crowd import Crowd
from camaug.cases.volume.forms import SHARED, Forms, people_of, venue_of
from camaug.cases.volume.packing import HEAD, TAIL
from camaug.cases.volume.patterns import Pattern, Rows, played
from camaug.cases.volume.plan import Choice, Copy, Mix, copies, weeks_of
from camaug.cases.volume.seats import Staff, cast_of, hosts
from camaug.cases.volume.stamp import Form, Venue
from camaug.cases.volume.stamping import Part, Series, Work, parts, stamped
from camaug.catalogue.queries import receivers, version
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
    forms: tuple[Form, ...]
    venues: tuple[tuple[Venue, ...], ...]
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
        is_great = wanted >= great and begun == 0 and Case.objects.count() * FEW <= wanted and references.may_wait()
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
    venues = tuple(
        tuple(venue_of(form, host) for host in choice.hosts) for form, choice in zip(forms, choices, strict=True)
    )
    return _Ready(volume, crowd, choices, tuple(forms), venues, plan, tables)


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
        with step("Copying cases") as progress, references.waiting():
            _portion(ready, 0, ready.volume.wanted, progress, frozen=young)
        with step("Making indexes") as making:
            setaside.put_back(away, tables, making, references.asking(tables))


def _portion(ready: _Ready, first: int, last: int, progress: Progress, *, frozen: frozenset[str] = frozenset()) -> None:
    """Whole cases, their series and their tallies; other writers of series wait for the end of it."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_codeseries, cases_bookseries IN EXCLUSIVE MODE")
        cursor.execute("SET LOCAL synchronous_commit = off")
    if first == 0:
        _keep_scans(ready)
    plan = ready.plan[first:last]
    with _made(_work(ready, plan, first), apart=last - first >= GREAT or bool(frozen)) as made:
        for one in made:
            if isinstance(one, Series):
                _keep(one)
                break
            _copy(one, ready.tables[one.table], frozen=one.table in frozen)
            progress(one.made, ready.volume.wanted)
    Subscription.objects.get_or_create(name=KEEPER)
    Subscription.objects.select_for_update().get(name=KEEPER)  # the dispatcher's turn waits
    add(_cells(ready, plan))
    ready.volume.done = last
    ready.volume.save(update_fields=["done"])


def _work(ready: _Ready, plan: Sequence[Copy], first: int) -> Work:
    volume = ready.volume
    return Work(
        crowd=ready.crowd,
        crowd_from=volume.crowd_from,
        crowd_size=_crowd_of(volume.wanted),
        seed=volume.seed,
        people=people_of(ready.choices[0].pattern) if first == 0 else None,
        forms=ready.forms,
        venues=ready.venues,
        plan=array("h", chain.from_iterable(plan)),
        first=first,
        series=Series(
            {(one.agency_code, one.day): one.last for one in CodeSeries.objects.iterator()},
            {(one.book, one.agency_id, one.year): one.last for one in BookSeries.objects.iterator()},
        ),
    )


@contextmanager
def _made(work: Work, *, apart: bool) -> Iterator[Iterator[Part | Series]]:
    if not apart:
        yield parts(work)
        return
    with stamped(work) as made:
        yield made


def _cells(ready: _Ready, plan: Sequence[Copy]) -> Counter[tuple[Key, str]]:
    """What the copies add to the tallies."""
    found: Counter[tuple[Key, str]] = Counter()
    months: dict[tuple[int, int], list[tuple[date, str]]] = {}
    for copy, times in Counter(plan).items():
        form, venue, week = ready.forms[copy.choice], ready.venues[copy.choice][copy.host], (copy.choice, copy.weeks)
        if week not in months:
            shift = timedelta(weeks=copy.weeks)
            months[week] = [(date.fromisoformat(at.text(shift)), column) for at, column in form.cells]
        unit, procedure, field = form.counted
        for month, column in months[week]:
            found[(month, venue.units[unit], procedure, field), column] += times
    return found


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


def _copy(part: Part, columns: Sequence[str], *, frozen: bool) -> None:
    how = "FORMAT binary, FREEZE" if frozen else "FORMAT binary"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {part.table} ({', '.join(columns)}) FROM STDIN WITH ({how})") as copy,
    ):
        for octets in chain([HEAD], part.octets, [TAIL]):
            copy.write(octets)


def _keep(series: Series) -> None:
    """The counters that gave numbers, as they stand now."""
    codes = [(*key, last) for key, last in series.given_codes.items()]
    books = [(*key, last) for key, last in series.given_books.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_codeseries (agency_code, day, last)
               SELECT * FROM unnest(%s::text[], %s::date[], %s::int[])
               ON CONFLICT (agency_code, day) DO UPDATE SET last = EXCLUDED.last""",
            _columns(codes, 3),
        )
        cursor.execute(
            """INSERT INTO cases_bookseries (book, agency_id, year, last)
               SELECT * FROM unnest(%s::text[], %s::uuid[], %s::int[], %s::int[])
               ON CONFLICT (book, agency_id, year) DO UPDATE SET last = EXCLUDED.last""",
            _columns(books, 4),
        )


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]
