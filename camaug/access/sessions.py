"""Sessions as Django keeps them in the database, found by a question that is compiled once."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from camaug.kernel.clock import now
from camaug.kernel.compiled import Compiled


class SessionStore(InDatabase):
    """SESSION_ENGINE; its name is part of what sessions are signed with."""

    def _get_session_from_db(self) -> Session | None:
        for found in _open_session(key=self.session_key or "", at=now()):
            return found
        self._session_key = None
        return None


@Compiled
def _open_session(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)
