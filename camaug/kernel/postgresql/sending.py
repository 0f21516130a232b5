"""Statements that travel to the server in one flush, and are waited for once; their answers come in their order."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import generators, pq

_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement that psycopg keeps prepared under that name, with its values as they travel."""

    name: bytes
    values: Sequence[Any]
    formats: Sequence[pq.Format] | None


def send(open_one: "psycopg.Connection[Any]", statements: Sequence[Prepared | bytes]) -> list["pq.abc.PGresult"]:
    """The answer to each statement, for `done` to look at in their order: after a refusal none was executed."""
    if len(statements) == 1:
        return [alone(open_one.pgconn, statements[0])]
    pgconn = open_one.pgconn
    try:
        pgconn.enter_pipeline_mode()
        for one in statements:
            if isinstance(one, bytes):
                pgconn.send_query_params(one, None)
            else:
                pgconn.send_query_prepared(one.name, one.values, one.formats)
        pgconn.pipeline_sync()
        found = open_one.wait(_answers(pgconn, len(statements)))
        if pgconn.status == pq.ConnStatus.OK:
            pgconn.exit_pipeline_mode()
    except BaseException:
        open_one.close()  # nobody knows any more what the next answer would be to
        raise
    if len(found) != len(statements):
        open_one.close()
        for answer in found:
            done(answer)
        raise psycopg.OperationalError("not every statement was answered")
    return found


def alone(pgconn: "pq.abc.PGconn", one: Prepared | bytes) -> "pq.abc.PGresult":
    """The answer to a statement that travels by itself, for `done` to look at."""
    if isinstance(one, bytes):
        return pgconn.exec_(one)
    return pgconn.exec_prepared(one.name, one.values, one.formats)


def done(found: "pq.abc.PGresult") -> "pq.abc.PGresult":
    """The answer; raises where it is a refusal, or where the server is gone."""
    if found.status in _DONE:
        return found
    if found.error_field(pq.DiagnosticField.SQLSTATE) is None:  # libpq itself: the server is gone
        raise psycopg.OperationalError(found.error_message.decode(errors="replace"))
    raise psycopg.errors.error_from_result(found)


def _answers(pgconn: "pq.abc.PGconn", number: int) -> Generator[Any, Any, list["pq.abc.PGresult"]]:
    """One answer a statement, and behind them the mark of the flush's end; fewer where the server went away."""
    yield from generators.send(pgconn)
    found: list[pq.abc.PGresult] = []
    for _ in range(number + 1):
        found += yield from generators.fetch_many(pgconn)
        if found[-1].status not in _DONE and pgconn.status != pq.ConnStatus.OK:
            return found
    return found[:number]
