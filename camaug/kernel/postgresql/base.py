"""Django's engine for PostgreSQL. Two things cost no way to the server of their own: whether a kept connection still
lives is found out without a question, and what nobody waits for travels with what comes next.
"""

import select
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg import abc, pq
from psycopg.pq import ConnStatus, TransactionStatus

from camaug.kernel.postgresql.resting import Rested, resting
from camaug.kernel.postgresql.sending import Prepared, alone, done, send


@dataclass(frozen=True, slots=True)
class Held:
    """A statement that is held back, and what looks at its answer and may raise. None: nothing does."""

    statement: Prepared
    check: Callable[["pq.abc.PGresult"], None] | None


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection, or dies, says so on the socket: only then is Django's question needed.

    What is held back is sent before anything else is asked, or with COMMIT, and falls with what is undone. Between two
    requests a web process's connections rest for whichever thread comes next.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: list[Held] = []
        self.turning: abc.Transformer | None = None
        """What turns values and rows for this connection and no other (`kernel.prepared`)."""

    def connect(self) -> None:
        """A connection that rests and lives, or a new one."""
        for one in resting.taken():
            self.connection, self.close_at, self.turning = one.connection, one.close_at, one.turning
            self._begin_anew()
            if not one.is_over() and self.is_usable():
                return
            self.close()
        self.turning = None
        super().connect()

    def close_if_unusable_or_obsolete(self) -> None:
        """Django's word that a request begins or ends: a connection that may be kept, with nothing under way, rests."""
        super().close_if_unusable_or_obsolete()
        if resting.begun and self.connection is not None:
            resting.put(Rested(self.connection, self.close_at, self.turning))
            self.connection = self.turning = None

    def _begin_anew(self) -> None:
        """What Django's own `connect` sets of the wrapper, for a connection that is there."""
        self.in_atomic_block = self.needs_rollback = self.closed_in_transaction = self.errors_occurred = False
        self.savepoint_ids, self.atomic_blocks, self.run_on_commit = [], [], []
        self.health_check_enabled, self.health_check_done = bool(self.settings_dict["CONN_HEALTH_CHECKS"]), True
        self.autocommit = True

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
        return done(alone(self.connection.pgconn, statement))

    def _send(self, *last: Prepared | bytes) -> "pq.abc.PGresult":
        held, self._held = self._held, []
        idle = not self.autocommit and self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        begin = [self.connection._get_tx_start_command()] if idle else []
        answers = send(self.connection, [*begin, *(one.statement for one in held), *last])
        checks = [*(None for _ in begin), *(one.check for one in held), *(None for _ in last)]
        for check, answer in zip(checks, answers, strict=True):
            done(answer)
            if check is not None:  # before what comes after is looked at: it may say why that was refused
                check(answer)
        return answers[-1]

    def _cursor(self, name: str | None = None) -> Any:
        self.send_held()
        return super()._cursor(name)  # type: ignore[misc]  # Django's own, which its stubs leave out

    def send_held(self) -> None:
        """Send what is held back, if it is not to be undone."""
        if self._held and not self.needs_rollback:
            with self.wrap_database_errors:
                self._send()

    def _commit(self) -> None:
        if any(one.check is not None for one in self._held):  # it may say no, and COMMIT would not hear it
            try:
                self.send_held()
            except Exception:  # Django undoes a COMMIT that the database refused; a check may raise anything
                self._rollback()
                raise
        if self._held:
            with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
                self._send(b"COMMIT")
        else:
            super()._commit()  # type: ignore[misc]  # Django's own, which its stubs leave out

    def _rollback(self) -> None:
        """psycopg would forget all that is prepared, and each refusal cost the next requests their plans."""
        self._held = []
        if self.connection is None or self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
            return
        with debug_transaction(self, "ROLLBACK"), self.wrap_database_errors:
            self._send(b"ROLLBACK")

    def _savepoint_rollback(self, sid: str) -> None:
        self._held = []  # a savepoint is set by a cursor: what is held back came after it
        if self.queries_logged or self.execute_wrappers:
            super()._savepoint_rollback(sid)  # type: ignore[misc]  # Django's own, which its stubs leave out
            return
        with self.wrap_database_errors:
            self._send(self.ops.savepoint_rollback_sql(sid).encode())

    def _close(self) -> None:
        self._held, self.turning = [], None
        super()._close()  # type: ignore[misc]  # Django's own, which its stubs leave out
