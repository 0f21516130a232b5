"""Statements that every request asks or writes, executed as psycopg keeps them prepared, without a cursor.

A cursor costs a web process several times what the database takes to answer by key. The rows, the types of the values
and the refusals are a cursor's; so is the way of a statement that is not prepared yet, or not any more.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import abc, pq
from psycopg.adapt import PyFormat, Transformer

from camaug.kernel.postgresql.base import DatabaseWrapper, Held
from camaug.kernel.postgresql.sending import Prepared

type Row = tuple[Any, ...]
type Values = Sequence[Any] | Mapping[str, Any]

_PLACE = re.compile(r"%\((\w+)\)s|%s|%%")


def asked(statement: str, values: Values = ()) -> list[Row]:
    """All rows that the statement gives. It is one of few: what varies from one asking to the next is a value."""
    here = _here()
    with here.wrap_database_errors:
        ready = _ready(here, statement, values)
        return _by_cursor(here, statement, values) if ready is None else _rows(here, here.ask(ready))


def told(statement: str, values: Values = (), *, check: Callable[[list[Row]], None] | None = None) -> None:
    """A statement of a transaction whose rows nobody waits for: it travels with the next one, or with COMMIT.

    What the database refuses is raised there, at whatever is asked next, a savepoint among it: who catches refusals of
    something else asks something in between. `check` sees its rows before COMMIT is sent, and before anything that was
    refused behind it; it may raise.
    """
    here = _here()
    with here.wrap_database_errors:
        ready = _ready(here, statement, values) if here.in_atomic_block else None
        if ready is not None:
            here.hold(Held(ready, None if check is None else lambda found: check(_rows(here, found))))
            return
        found = _by_cursor(here, statement, values)
    if check is not None:
        check(found)


def settle() -> None:
    """Send what nobody has waited for yet, and see it accepted."""
    _here().send_held()


def planned(statement: str, values: Values = ()) -> list[Row]:
    """All rows of a statement that is planned each time for the values it is asked with, never once for all values.

    For a long statement over everybody the plan for all values costs many times what planning does.
    """
    here = _here()
    open_one = here.connection
    usual, open_one.prepare_threshold = open_one.prepare_threshold, None
    try:
        return _by_cursor(here, statement, values)
    finally:
        open_one.prepare_threshold = usual


def _here() -> DatabaseWrapper:
    here = cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])
    if not here.in_atomic_block:
        here.close_if_health_check_failed()
    here.ensure_connection()
    return here


def _ready(here: DatabaseWrapper, statement: str, values: Values) -> Prepared | None:
    """None where the statement is not prepared, or somebody listens."""
    if here.queries_logged or here.execute_wrappers or here.needs_rollback:
        return None
    open_one = here.connection
    turning = here.turning = here.turning or Transformer(open_one)
    text, places = _numbered(statement)
    given = [values[name] for name in places] if isinstance(values, Mapping) else list(values)
    octets = turning.dump_sequence(given, [PyFormat.AUTO] * len(given))
    name = open_one._prepared._names.get((text, turning.types))  # psycopg forgets it here when it throws it away
    return None if name is None else Prepared(name, octets, turning.formats)


def _rows(here: DatabaseWrapper, found: "pq.abc.PGresult") -> list[Row]:
    turning = cast(abc.Transformer, here.turning)
    turning.set_pgresult(found)
    return turning.load_rows(0, found.ntuples, tuple)


def _by_cursor(here: DatabaseWrapper, statement: str, values: Values) -> list[Row]:
    with here.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


@lru_cache(maxsize=1000)
def _numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement as psycopg sends it, with $1, and the names of its values in that order where they have names."""
    names: list[str] = []
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "%%":
            return "%"
        if found[1] is None:
            count += 1
            return f"${count}"
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    text = _PLACE.sub(place, statement).encode()
    return text, tuple(names)
