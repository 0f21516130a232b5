"""Django's engine for PostgreSQL. Two things cost no way to the server of their own: whether a kept connection still
lives is found out without a question, and what nobody waits for travels with what comes next.
"""

import select
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg import pq
from psycopg.pq import ConnStatus, TransactionStatus

from camaug.kernel.postgresql.sending import Prepared, alone, send


@dataclass(frozen=True, slots=True)
class Held:
    """A statement that is held back, and what looks at its answer: it raises a DatabaseError. None: nothing does."""

    statement: Prepared
    check: Callable[["pq.abc.PGresult"], None] | None


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection, or dies, says so on the socket: only then is Django's question needed.

    What is held back is sent before anything else is asked, or with COMMIT, and falls with what is undone.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: list[Held] = []

    def is_usable(self) -> bool:
        """Whether the connection can be used for the next request."""
        if self.connection is None or self.connection.pgconn.status != ConnStatus.OK:
            return False
        if self.connection.pgconn.transaction_status == TransactionStatus.INERROR:
            return False
        waiting = select.poll()
        waiting.register(self.connection.pgconn.socket, select.POLLIN)
        return not waiting.poll(0) or super().is_usable()

    def hold(self, one: Held) -> None:
        """Hold a statement of this transaction back."""
        self._held.append(one)

    def ask(self, statement: Prepared) -> "pq.abc.PGresult":
        """The answer to a statement; what was held back, and BEGIN where nothing was asked yet, go before it."""
        if self._held or not self.autocommit:
            return self._send(statement)
        return alone(self.connection.pgconn, statement)

    def _send(self, *last: Prepared | bytes) -> "pq.abc.PGresult":
        held, self._held = self._held, []
        idle = not self.autocommit and self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        begin = [self.connection._get_tx_start_command()] if idle else []
        answers = send(self.connection, [*begin, *(one.statement for one in held), *last])[len(begin) :]
        for one, answer in zip(held, answers[: len(held)], strict=True):
            if one.check is not None:
                one.check(answer)
        return answers[-1]

    def _cursor(self, name: str | None = None) -> Any:
        self._send_held()
        return super()._cursor(name)  # type: ignore[misc]  # Django's own, which its stubs leave out

    def _send_held(self) -> None:
        if self._held and not self.needs_rollback:
            with self.wrap_database_errors:
                self._send()

    def _commit(self) -> None:
        if any(one.check is not None for one in self._held):  # it may say no, and COMMIT would not hear it
            self._send_held()
        if self._held:
            with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
                self._send(b"COMMIT")
        else:
            super()._commit()  # type: ignore[misc]  # Django's own, which its stubs leave out

    def _rollback(self) -> None:
        self._held = []
        super()._rollback()  # type: ignore[misc]  # Django's own, which its stubs leave out

    def _savepoint_rollback(self, sid: str) -> None:
        self._held = []  # a savepoint is set by a cursor: what is held back came after it
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # Django's own, which its stubs leave out

    def _close(self) -> None:
        self._held = []
        super()._close()  # type: ignore[misc]  # Django's own, which its stubs leave out
