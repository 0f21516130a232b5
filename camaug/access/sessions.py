"""Sessions as Django keeps them in the database, found by a question that is compiled once."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, QuerySet, Subquery

from camaug.access.models import OpenSession
from camaug.kernel.clock import now
from camaug.kernel.compiled import Compiled


class SessionStore(InDatabase):
    """SESSION_ENGINE; its name is part of what sessions are signed with.

    `seen_at`: when somebody signed in was noted to use it last, as far as it has been read.
    """

    seen_at: datetime | None = None

    def _get_session_from_db(self) -> Session | None:
        for found in _open_session(key=self.session_key or "", at=now()):
            self.seen_at = found.seen_at  # type: ignore[attr-defined]  # annotated
            return found
        self._session_key = None
        return None


@Compiled
def _open_session(key: str, at: datetime) -> QuerySet[Session]:
    seen = OpenSession.objects.filter(session_key=OuterRef("session_key")).values("seen_at")
    return Session.objects.filter(session_key=key, expire_date__gt=at).annotate(seen_at=Subquery(seen))
