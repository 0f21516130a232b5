from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.endings import before_the_end
from camaug.access.events import EndedOutside
from camaug.access.identities import OutsideEnding, OutsideSession
from camaug.access.models import OpenSession
from camaug.access.outside.ended import Ended
from camaug.access.sessions import SessionStore
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record


class ToldBefore(DomainError):
    """The same message came before: it is played again."""

    sentence = _("This was told before.")


def end_outside_sessions(ended: Ended, *, by: Actor, at: datetime) -> int:
    """End the sessions that came from the one over there, and what was entered from them; how many. ToldBefore."""
    with transaction.atomic():
        digest = sha256(f"{ended.issuer} {ended.number}".encode()).hexdigest()
        _row, new = OutsideEnding.objects.get_or_create(digest=digest, defaults={"until": ended.until})
        if not new:
            raise ToldBefore
        named = {"subject": ended.subject} if ended.subject else {}
        named |= {"sid": ended.sid} if ended.sid else {}
        meant = OutsideSession.objects.filter(issuer=ended.issuer, **named).values("session_id")
        found = list(OpenSession.objects.select_for_update().filter(pk__in=meant))
        for one in found:
            session = SessionStore(one.session_key)
            before_the_end(session, by=by, at=at)
            session.delete(one.session_key)
            one.delete()
        for account_id in sorted({one.account_id for one in found}):
            count = sum(one.account_id == account_id for one in found)
            record(EndedOutside(subject=account_id, issuer=ended.issuer, count=count), by=by, at=at)
    return len(found)
