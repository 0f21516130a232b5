from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.endings import before_the_end
from camaug.access.events import SessionEnded
from camaug.access.models import OpenSession
from camaug.access.sessions import SessionStore
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def end_sessions(session_ids: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Sign the actor's own account out in those browsers; their next request is a stranger's. Returns how many.

    Raises NotFound where one of them is not his.
    """
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        found = list(OpenSession.objects.select_for_update().filter(pk__in=session_ids, account_id=by.account_id))
        if len(found) != len(set(session_ids)):
            raise NotFound
        for one in found:
            session = SessionStore(one.session_key)
            before_the_end(session, by=by, at=at)
            session.delete(one.session_key)
            one.delete()
        if found:
            record(SessionEnded(subject=by.account_id, count=len(found)), by=by, at=at)
    return len(found)
