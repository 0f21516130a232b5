"""Statements that every request asks or writes, executed as psycopg keeps them prepared, without a cursor.

A cursor costs a web process several times what the database takes to answer by key. The rows, the types of the values
and the refusals are a cursor's; so is the way of a statement that is not prepared yet, or not any more.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import abc, pq
from psycopg.adapt import PyFormat, Transformer

type Row = tuple[Any, ...]
type Values = Sequence[Any] | Mapping[str, Any]

_PLACE = re.compile(r"%\((\w+)\)s|%s|%%")
_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_turning: WeakKeyDictionary["psycopg.Connection[Any]", abc.Transformer] = WeakKeyDictionary()


def asked(statement: str, values: Values = ()) -> list[Row]:
    """All rows that the statement gives. It is one of few: what varies from one asking to the next is a value."""
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    with here.wrap_database_errors:
        heard = here.queries_logged or here.execute_wrappers or here.needs_rollback
        found = None if heard else _prepared(here, statement, values)
        return _by_cursor(here, statement, values) if found is None else found


def planned(statement: str, values: Values = ()) -> list[Row]:
    """All rows of a statement that is planned each time for the values it is asked with, never once for all values.

    For a long statement over everybody the plan for all values costs many times what planning does.
    """
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    open_one = here.connection
    usual, open_one.prepare_threshold = open_one.prepare_threshold, None
    try:
        return _by_cursor(here, statement, values)
    finally:
        open_one.prepare_threshold = usual


def _prepared(here: BaseDatabaseWrapper, statement: str, values: Values) -> list[Row] | None:
    """None where the statement is not prepared."""
    open_one = here.connection
    turning = _turning.get(open_one) or _turning.setdefault(open_one, Transformer(open_one))
    text, places = _numbered(statement)
    given = [values[name] for name in places] if isinstance(values, Mapping) else list(values)
    octets = turning.dump_sequence(given, [PyFormat.AUTO] * len(given))
    name = open_one._prepared._names.get((text, turning.types))  # psycopg forgets it here when it throws it away
    if name is None:
        return None
    if not here.autocommit and open_one.pgconn.transaction_status == pq.TransactionStatus.IDLE:
        _done(open_one.pgconn.exec_(open_one._get_tx_start_command()))
    found = _done(open_one.pgconn.exec_prepared(name, octets, turning.formats))
    turning.set_pgresult(found)
    return turning.load_rows(0, found.ntuples, tuple)


def _by_cursor(here: BaseDatabaseWrapper, statement: str, values: Values) -> list[Row]:
    with here.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def _done(found: "pq.abc.PGresult") -> "pq.abc.PGresult":
    if found.status not in _DONE:
        raise _refusal(found)
    return found


def _refusal(found: "pq.abc.PGresult") -> psycopg.Error:
    if found.error_field(pq.DiagnosticField.SQLSTATE) is None:  # libpq itself: the server is gone
        return psycopg.OperationalError(found.error_message.decode(errors="replace"))
    return psycopg.errors.error_from_result(found)


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
