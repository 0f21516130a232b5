from datetime import datetime
from uuid import UUID

from camaug.access.actions.revoke_all import revoke_all
from camaug.access.endings import before_the_end, leave_everywhere
from camaug.access.events import SessionEnded
from camaug.access.models import OpenSession
from camaug.access.sessions import SessionStore
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def end_everything(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """Whatever the account has open ends now: sessions, what was entered in other systems, tokens of programs.

    Inside the caller's transaction, which holds the account.
    """
    opened = list(OpenSession.objects.select_for_update().filter(account_id=account_id))
    for one in opened:
        session = SessionStore(one.session_key)
        before_the_end(session, by=by, at=at)
        session.delete(one.session_key)
        one.delete()
    if opened:
        record(SessionEnded(subject=account_id, count=len(opened)), by=by, at=at)
    leave_everywhere(account_id, by=by, at=at)
    revoke_all(account_id, by=by, at=at)
