"""Patterns: cases that the actions themselves made, read back whole and undone."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import yaml
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from camaug.cases.actions.count import count
from camaug.cases.demo.citizens import Citizen, Citizens
from camaug.cases.demo.hands import nobody_comes_or_goes
from camaug.cases.demo.longer import LONGER
from camaug.cases.demo.stories import STORIES, Scene
from camaug.cases.models import BatchItem, Case, CaseFile, Reminder
from camaug.cases.volume.packing import JSONB
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.clock import LOCAL
from camaug.kernel.closed import Closing
from camaug.kernel.models import Blob, EventRecord
from camaug.people.queries import AgencyView, asked_once, directory, turns
from camaug.worktime.queries import calendar_as_it_stands, calendar_of

ENOUGH_TO_FINISH = timedelta(days=75)
_FIRST_SERIAL = 390_000  # personal numbers that neither the demo nor the crowd has


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, as they were read; `kinds` are PostgreSQL's numbers of the columns' types."""

    table: str
    columns: tuple[str, ...]
    kinds: tuple[int, ...]
    values: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One case and all its rows, and beside it those of its citizen.

    Every instant in them lies between the earliest and the latest; `begins` is the sending, `reached` the last move.
    """

    procedure: str
    end: str
    made: Definition
    receiving: UUID
    competent: UUID
    citizen: Citizen
    is_open: bool
    begins: datetime
    reached: datetime
    earliest: datetime
    latest: datetime
    rows: tuple[Rows, ...]
    people: tuple[Rows, ...]

    def of(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table as dictionaries."""
        for found in self.rows:
            if found.table == table:
                yield from (dict(zip(found.columns, values, strict=True)) for values in found.values)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many patterns of which story; `is_open`: it still stands where `end` says."""

    procedure: str
    end: str
    agency: str
    is_open: bool


def played(wanted: list[Wanted], profile: Path, *, seed: int, at: datetime, progress: Any) -> list[Pattern]:
    """The patterns, each played through the actions; nothing of it stays but the files' contents."""
    words = yaml.safe_load((profile / "demo.yaml").read_text("utf-8"))
    names = yaml.safe_load((profile / "names.yaml").read_text("utf-8"))
    chance = Random(seed)  # noqa: S311 (invented cases, not a secret)
    citizens = _Remembering(names, words["hamlets"], chance)
    scene = Scene(words, citizens, chance, Random(seed + 1))  # noqa: S311
    done: list[_Ended] = []
    with transaction.atomic(), asked_once(), calendar_as_it_stands(), nobody_comes_or_goes(turns()):
        for number, one in enumerate(wanted):
            ended = _played(one, scene, citizens, at)
            if ended is not None:
                done.append(ended)
            progress(number + 1, len(wanted))
        count(one.case.id for one in done)
        found = _read(done)
        transaction.set_rollback(True)
    return found


@dataclass(frozen=True, slots=True)
class _Ended:
    """A story at its end, with its case and its citizen; `reached` is its last move."""

    wanted: Wanted
    case: Case
    who: Citizen
    reached: datetime


class _Remembering(Citizens):
    """Knows the last citizen whom a story asked for."""

    def __init__(self, names: dict[str, Any], hamlets: list[str], chance: Random) -> None:
        super().__init__(names, hamlets, chance)
        self._taken = _FIRST_SERIAL
        self.last: Citizen | None = None

    def make(self, agency: AgencyView, *, at: datetime, sex: str = "") -> Citizen:
        self.last = super().make(agency, at=at, sex=sex)
        return self.last


def _played(one: Wanted, scene: Scene, citizens: _Remembering, at: datetime) -> _Ended | None:
    agency = directory(at.astimezone(LOCAL).date()).by_code(one.agency)
    begin = _begin(one, scene, agency, at)
    story = (STORIES | LONGER)[one.procedure](replace(scene, steady=one.is_open), agency, one.end, begin)
    reached = begin
    for instant in story:
        if instant > at:
            return None
        reached = instant
    who = cast(Citizen, citizens.last)
    case = Case.objects.filter(applicant_id=who.person_id).exclude(state="DRAFT").first()
    return None if case is None else _Ended(one, case, who, reached)


def _begin(one: Wanted, scene: Scene, agency: AgencyView, at: datetime) -> datetime:
    """In office hours; of an open case just before now, by the hours that its officers take to bring it there."""
    calendar = calendar_of(agency.id, at=at)
    if one.is_open:
        hours = scene.words["held"].get(one.procedure, {}).get(one.end, 1) + scene.chance.uniform(0, 12)
        return calendar.take_working_time(at, timedelta(hours=hours))
    day = at - ENOUGH_TO_FINISH - timedelta(days=scene.chance.randint(0, 60))
    opening = calendar.opening(calendar.this_or_next_working_day(day.date()))
    return calendar.add_working_time(opening, timedelta(minutes=scene.chance.randint(1, 460)))


def _read(done: Sequence[_Ended]) -> list[Pattern]:
    """Every table is asked once for all of them."""
    cases = [one.case.id for one in done]
    persons = [one.who.person_id for one in done]
    accounts = [cast(UUID, one.who.actor.account_id) for one in done]
    of_cases = [(model, _Read(model._meta.db_table, column, cases)) for model, column in _tables()]
    files = next(read for model, read in of_cases if model is CaseFile)
    blobs = _Read(Blob._meta.db_table, "sha256", list(files.all_of("blob_id")))
    events = _Read(EventRecord._meta.db_table, "subject_id", [*cases, *persons, *accounts])
    people, signing = _Read("people_person", "id", persons), _Read("access_account", "id", accounts)
    found: list[Pattern] = []
    for one, case, person, account in zip(done, cases, persons, accounts, strict=True):
        rows = [_opened(model, read.of(case)) for model, read in of_cases]
        kept = next(read for read in rows if read.table == CaseFile._meta.db_table)
        shas = {row[kept.columns.index("blob_id")] for row in kept.values}
        rows += [events.of(case), blobs.of(*shas)]
        found.append(_pattern(one, tuple(rows), (people.of(person), signing.of(account), events.of(person, account))))
    return found


def _pattern(ended: _Ended, rows: tuple[Rows, ...], people: tuple[Rows, ...]) -> Pattern:
    one, case, reached = ended.wanted, ended.case, ended.reached
    instants = [reached, *(value for found in rows for value in _instants(found))]
    return Pattern(
        procedure=one.procedure,
        end=one.end,
        made=definition(case.version_id),
        receiving=cast(UUID, case.receiving_agency_id),
        competent=cast(UUID, case.competent_agency_id),
        citizen=ended.who,
        is_open=one.is_open,
        begins=case.submitted_at or case.created_at,
        reached=reached,
        earliest=min(instants),
        latest=max(instants),
        rows=rows,
        people=people,
    )


def _instants(found: Rows) -> Iterator[datetime]:
    for row in found.values:
        for name, value in zip(found.columns, row, strict=True):
            if isinstance(value, datetime) and name not in ("recorded_at", "stored_at"):
                yield value


def _tables() -> Iterator[tuple[type[Model], str]]:
    """What has rows of a case, and the column that says of which."""
    yield Case, "id"
    for model in apps.get_app_config("cases").get_models():
        ties = [field for field in model._meta.fields if field.name == "case" and field.related_model is Case]
        if ties and model not in (BatchItem, Reminder):
            yield model, str(ties[0].column)


def _opened(model: type[Model], found: Rows) -> Rows:
    """With all of it open: copies are of nobody, and a ciphertext fits its own row alone."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.values]
    for field in (one for one in model._meta.concrete_fields if isinstance(one, Closing)):
        for row in rows:
            row[field.attname] = field.opened(row[field.attname], SimpleNamespace(**row, pk=row["id"]))
    return replace(found, values=tuple(tuple(row.values()) for row in rows))


class _Read:
    """The rows of a table whose column has one of these values, whole."""

    def __init__(self, table: str, column: str, values: Sequence[object]) -> None:
        self._table = table
        with connection.cursor() as cursor:
            order = "" if table in ("cases_counted", "kernel_blob") else " ORDER BY id"
            cursor.execute(f"SELECT * FROM {table} WHERE {column} = ANY(%s){order}", [list(values)])  # noqa: S608
            self._columns = tuple(one.name for one in cursor.description or ())
            self._kinds = kinds = tuple(one.type_code for one in cursor.description or ())
            self._rows = [
                tuple(
                    json.loads(v) if k == JSONB and isinstance(v, str) else v for v, k in zip(row, kinds, strict=True)
                )
                for row in cursor.fetchall()
            ]
        self._places: defaultdict[object, list[int]] = defaultdict(list)
        for place, value in enumerate(self.all_of(column)):
            self._places[value].append(place)

    def all_of(self, column: str) -> Iterator[Any]:
        """What stands in a column."""
        at = self._columns.index(column)
        return (row[at] for row in self._rows)

    def of(self, *values: object) -> Rows:
        """The rows with one of these values, in the order of all."""
        places = sorted(place for value in values for place in self._places.get(value, ()))
        return Rows(self._table, self._columns, self._kinds, tuple(self._rows[place] for place in places))
