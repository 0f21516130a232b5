from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from camaug.access.actions.request_code import forget_stale
from camaug.access.endings import before_the_end
from camaug.access.identities import OutsideEnding
from camaug.access.models import OpenSession
from camaug.access.sessions import SessionStore
from camaug.kernel.actors import Actor

_AT_ONCE = 500
_IN_THE_MAKING = timedelta(hours=1)
"""So old is a row of ours whose session must have been written, if it ever was."""


def end_expired(*, by: Actor, at: datetime) -> int:
    """Clear sessions away that ended by themselves, and let every part end what hung on them; how many went.

    Numbers of messages from outside that are refused as too old by now go too, and so do codes and counts of attempts.
    """
    ended = list(Session.objects.filter(expire_date__lte=at).order_by("expire_date")[:_AT_ONCE])
    with transaction.atomic():
        for one in ended:
            session = SessionStore()
            session.update(one.get_decoded())
            before_the_end(session, by=by, at=at)
        keys = [one.session_key for one in ended]
        OpenSession.objects.filter(session_key__in=keys).delete()
        Session.objects.filter(session_key__in=keys, expire_date__lte=at).delete()
        there = Session.objects.filter(session_key=OuterRef("session_key"))
        OutsideEnding.objects.filter(until__lt=at).delete()
        forget_stale(at=at)
        OpenSession.objects.filter(~Exists(there), opened_at__lt=at - _IN_THE_MAKING).delete()
    return len(ended)
