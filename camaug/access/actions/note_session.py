from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.events import SignedIn, SignedOut
from camaug.access.identities import OutsideSession
from camaug.access.models import Account, OpenSession
from camaug.access.outside.ended import Came
from camaug.kernel.actors import Actor
from camaug.kernel.events import record

LONGEST_AGENT = 300


def note_sign_in(
    account: Account,
    *,
    how: str,
    session_key: str,
    agent: str,
    mark: UUID | None = None,
    came: Came | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that the account signed in, by what (`how`), in which browser, and from which session outside."""
    with transaction.atomic():
        OpenSession.objects.filter(session_key=session_key).delete()
        opened = OpenSession.objects.create(
            account=account,
            session_key=session_key,
            mark=mark,
            origin=by.origin,
            agent=agent[:LONGEST_AGENT],
            opened_at=at,
            seen_at=at,
        )
        if came:
            OutsideSession.objects.create(session=opened, issuer=came.issuer, subject=came.subject, sid=came.sid)
        record(SignedIn(subject=account.id, how=how), by=by, at=at)


def note_new_key(old: str, new: str) -> None:
    """The session goes on under another key."""
    OpenSession.objects.filter(session_key=old).update(session_key=new)


def note_sign_out(account: Account, *, session_key: str, by: Actor, at: datetime) -> None:
    """Write down that the account signed out."""
    with transaction.atomic():
        OpenSession.objects.filter(session_key=session_key).delete()
        record(SignedOut(subject=account.id), by=by, at=at)
