"""The rows that an action reads by hand, and those that it writes: one by one as it goes, or together at its end.

An action says what it writes in the same words either way; the one that is pressed all day is handed `Together`, and a
test compares what both leave behind.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import BinaryField, DurationField, Field, Model
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault
from pydantic_core import to_json

from camaug.kernel.prepared import told

type Columns = tuple[str, ...]


class Rows(Protocol):
    """What an action hands its rows to, inside its transaction."""

    def add(self, row: Model) -> None:
        """A new row."""

    def change(self, row: Model, columns: Collection[str] | None = None) -> None:
        """A row that is there, as it stands now; None: all its columns."""

    def write(self) -> None:
        """Nothing more comes: from here on everything can be read."""


class OneByOne:
    """Each row is written when it comes."""

    def add(self, row: Model) -> None:
        """INSERT."""
        _check_transaction()
        row.save(force_insert=True)

    def change(self, row: Model, columns: Collection[str] | None = None) -> None:
        """UPDATE."""
        _check_transaction()
        row.save(update_fields=columns)

    def write(self) -> None:
        """All is written already."""


class Together:
    """Rows are held back, as they stand at the end, and written by one statement; until then nobody can read them."""

    def __init__(self) -> None:
        self._new: list[Model] = []
        self._changed: dict[int, tuple[Model, set[str] | None]] = {}

    def add(self, row: Model) -> None:
        """Hold it back."""
        self._new.append(row)

    def change(self, row: Model, columns: Collection[str] | None = None) -> None:
        """Hold it back; a new row is written as it stands then anyhow."""
        if any(row is one for one in self._new):
            return
        _row, known = self._changed.get(id(row), (row, set()))
        self._changed[id(row)] = (row, None if known is None or columns is None else known | set(columns))

    def write(self) -> None:
        """One statement, sent with the next one or before COMMIT: what the database refuses is raised there."""
        _check_transaction()
        groups = [*self._inserts(), *self._updates()]
        if not groups:
            return
        shape = tuple((word, model._meta.db_table, columns) for word, model, columns, _rows in groups)
        values = [_told(rows, columns) for _word, _model, columns, rows in groups]
        changed = len(self._changed)
        told(_statement(shape), values, check=(lambda found: _check_changed(found, changed)) if changed else None)
        for row in self._new:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        self._new, self._changed = [], {}

    def _inserts(self) -> list[tuple[str, type[Model], Columns, list[Model]]]:
        found: dict[tuple[type[Model], Columns], list[Model]] = defaultdict(list)
        for row in self._new:
            found[type(row), _given(row)].append(row)
        return [("INSERT", model, columns, rows) for (model, columns), rows in found.items()]

    def _updates(self) -> list[tuple[str, type[Model], Columns, list[Model]]]:
        found: dict[tuple[type[Model], Columns], list[Model]] = defaultdict(list)
        for row, columns in self._changed.values():
            key = row._meta.pk.attname
            chosen = [f.attname for f in _fields(type(row)) if columns is None or {f.name, f.attname} & columns]
            found[type(row), (key, *(name for name in chosen if name != key))].append(row)
        return [("UPDATE", model, columns, rows) for (model, columns), rows in found.items()]


def new[M: Model](model: type[M]) -> type[M]:
    """The model's constructor for an action that is pressed all day: `new(Case)(state=…)` is `Case(state=…)`.

    Django asks each field for its default anew and tells signals that we do not use. TypeError for a name unknown.
    """
    return cast(type[M], _constructor(model))


@lru_cache
def _constructor(model: type[Model]) -> Callable[..., Model]:
    fields = _fields(model)
    made_anew = {one.attname: one.default for one in fields if one.has_default() and callable(one.default)}
    standing = {one.attname: one.get_default() for one in fields if one.attname not in made_anew}
    related = {one.name: one.attname for one in fields if one.is_relation}
    known = {*standing, *made_anew}

    def construct(**given: Any) -> Model:
        row = model.__new__(model)
        state = row._state = ModelState()
        for name in related.keys() & given:
            state.fields_cache[name] = other = given.pop(name)
            given[related[name]] = other.pk
        if not given.keys() <= known:
            raise TypeError(f"{model.__name__} has no {', '.join(sorted(given.keys() - known))}")
        made = {name: make() for name, make in made_anew.items() if name not in given}
        row.__dict__.update({**standing, **made, **given})
        return row

    return construct


@lru_cache
def columns(model: type[Model], alias: str) -> str:
    """All columns of the model in a statement written by hand, in the order that `as_row` reads."""
    return ", ".join(f"{alias}.{connection.ops.quote_name(field.attname)}" for field in _fields(model))


def as_row[M: Model](model: type[M], values: Sequence[Any]) -> M:
    """The model's row out of `columns`: what the ORM makes of it, without its looking for names."""
    read = list(values)
    for at, convert in _converting(model):
        read[at] = convert(read[at], None, connection)
    return as_model(model, _attributes(model), read)


def as_model[M: Model](model: type[M], names: Sequence[str], values: Sequence[Any]) -> M:
    """What `from_db` makes of all columns of a model; it sets them one by one, and tells signals that we do not use."""
    made = model.__new__(model)
    state = made._state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(zip(names, values, strict=True))
    return made


@lru_cache
def _converting(model: type[Model]) -> Sequence[tuple[int, Callable[..., Any]]]:
    """By their places, the columns that the database gives otherwise than the model has them."""
    every = enumerate(_fields(model))
    return tuple((at, field.from_db_value) for at, field in every if hasattr(field, "from_db_value"))


def _check_changed(found: Sequence[Sequence[Any]], number: int) -> None:
    if found != [(number,)]:
        raise DatabaseError("a row that was to be changed is not there")


def _check_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("rows written outside a transaction")


def _given(row: Model) -> Columns:
    """The columns that the database does not fill in itself."""
    every, filled = _names(type(row))
    left = {name for name in filled if isinstance(getattr(row, name), DatabaseDefault)}
    return tuple(name for name in every if name not in left) if left else every


@lru_cache
def _names(model: type[Model]) -> tuple[Columns, Columns]:
    """All columns, and those for which the database has a default."""
    fields = _fields(model)
    if any(isinstance(field, BinaryField | DurationField) for field in fields):
        raise TypeError(f"JSON has no form for all that {model.__name__} keeps: it is written by itself")
    return _attributes(model), tuple(f.attname for f in fields if f.has_db_default())


@lru_cache
def _attributes(model: type[Model]) -> Columns:
    return tuple(field.attname for field in _fields(model))


@lru_cache
def _fields(model: type[Model]) -> Sequence["Field[Any, Any]"]:
    return tuple(model._meta.concrete_fields)


def _told(rows: Sequence[Model], columns: Columns) -> str:
    """The rows as JSON, without what is null: the database reads that of a name that is not there."""
    return to_json([_stored(row, columns) for row in rows]).decode()


def _stored(row: Model, columns: Columns) -> dict[str, Any]:
    """The row's columns as they are written: a field may keep something else than it shows (`stored`)."""
    held, told = row.__dict__, {}
    for name in columns:
        value = held[name] if name in held else getattr(row, name)
        if value is not None:
            told[name] = value
    for name, field in _storing(type(row)).items():
        if name in told:
            told[name] = field.stored(row)
    return told


@lru_cache
def _storing(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field for field in _fields(model) if hasattr(field, "stored")}


@lru_cache
def _statement(shape: tuple[tuple[str, str, Columns], ...]) -> str:
    """It counts the rows that are changed; one that is new is written or refused."""
    parts = [f"w{number} AS ({_part(*part)})" for number, part in enumerate(shape)]
    updates = [number for number, (word, _name, _columns) in enumerate(shape) if word == "UPDATE"]
    counts = [f"(SELECT count(*) FROM w{number})" for number in updates]  # noqa: S608 (names of our models)
    return f"WITH {', '.join(parts)} SELECT {' + '.join(counts) or '0'}"


def _part(word: str, name: str, columns: Columns) -> str:
    table, (key, *rest) = connection.ops.quote_name(name), map(connection.ops.quote_name, columns)
    told = f"json_populate_recordset(NULL::{table}, %s::json)"
    if word == "INSERT":
        listed = ", ".join([key, *rest])
        return f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {told}"  # noqa: S608 (names of our own models)
    put = ", ".join(f"{column} = n.{column}" for column in rest)
    return f"UPDATE {table} t SET {put} FROM {told} n WHERE t.{key} = n.{key} RETURNING 1"  # noqa: S608 (likewise)
