"""Questions asked at every request: the ORM compiles them once a process, and from then on they are only executed.

Compiling takes Django several times as long as the database takes to answer by key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import get_annotations
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet

from camaug.kernel.prepared import asked
from camaug.kernel.rows import as_model

_MARKS: dict[type, Callable[[], Any]] = {
    UUID: uuid4,
    str: lambda: uuid4().hex,
    datetime: lambda: datetime.fromtimestamp(uuid4().int % 4_000_000_000, UTC),
}
"""By the type of a parameter, a value that stands for it while the query is compiled, and occurs nowhere else."""


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


class Compiled[M: Model]:
    """A function that makes a query out of UUIDs, texts and instants, given by name; calling this gives its rows.

    The query may depend on nothing else, and fetches no related rows (an annotation gives their columns).
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self.build = build
        self._plan: _Plan[M] | None = None

    def __call__(self, **values: UUID | str | datetime) -> list[M]:
        """All rows."""
        plan = self._plan
        if plan is None:
            plan = self._plan = _Plan(self.build)
        return plan.rows(values)


class _Plan[M: Model]:
    """What does not change from one asking to the next."""

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        kinds = {name: kind for name, kind in get_annotations(build, eval_str=True).items() if name != "return"}
        marks = {name: _MARKS[kind]() for name, kind in kinds.items()}
        slots = {mark: _Slot(name) for name, mark in marks.items()}
        compiler = build(**marks).query.get_compiler(connection=connection)
        self.sql, parameters = compiler.as_sql()
        self.parameters = [slots.get(one, one) if type(one) in _MARKS else one for one in parameters]
        if {one.name for one in self.parameters if isinstance(one, _Slot)} != set(marks):
            raise RuntimeError(f"{build.__qualname__}: a value does not reach the statement as it was given")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        self.converters = [(at, *found) for at, found in converters.items()]
        if compiler.klass_info.get("related_klass_infos"):
            raise RuntimeError(f"{build.__qualname__}: related rows are not fetched")
        shown = compiler.klass_info["select_fields"]
        self.columns = slice(shown[0], shown[-1] + 1)
        self.names = [one[0].target.attname for one in compiler.select[self.columns]]
        self.model: type[M] = compiler.klass_info["model"]
        self.annotations = tuple(compiler.annotation_col_map.items())

    def rows(self, values: dict[str, Any]) -> list[M]:
        given = [values[one.name] if isinstance(one, _Slot) else one for one in self.parameters]
        return [self._made(list(row)) for row in asked(self.sql, given)]

    def _made(self, row: list[Any]) -> M:
        for at, converters, expression in self.converters:
            for convert in converters:
                row[at] = convert(row[at], expression, connection)
        made = as_model(self.model, self.names, row[self.columns])
        for name, at in self.annotations:
            setattr(made, name, row[at])
        return made
