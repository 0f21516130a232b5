"""Sign-ons of sessions that have fallen asleep here, while their system did nothing in the person's name either."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from camaug.access.queries import idle_in
from camaug.signon.models import Authorization, SignOn

_AT_ONCE = 500


def left_alone(*, at: datetime) -> Iterator[tuple[UUID, UUID]]:
    """Account and sign-on of each, a few hundred looked at by two statements."""
    after = UUID(int=0)
    while rows := list(_quiet(at).filter(id__gt=after).order_by("id")[:_AT_ONCE]):
        after = rows[-1].id
        asleep = idle_in({row.session for row in rows}, at=at)
        yield from ((row.account_id, row.id) for row in rows if row.session in asleep)


def _quiet(at: datetime) -> QuerySet[SignOn]:
    """Running ones that nobody entered lately, and in which no token was given: such a system is being used.

    What holds on without anybody there (`offline_access`) tells nothing of its owner.
    """
    since = at - timedelta(minutes=settings.IDLE_MINUTES)
    own = Authorization.objects.filter(sign_on=OuterRef("pk"))
    lately = own.filter(Q(created_at__gt=since) | Q(offline=False, tokens__issued_at__gt=since))
    return SignOn.objects.filter(ended_at=None, started_at__lte=since).exclude(Exists(lately))
