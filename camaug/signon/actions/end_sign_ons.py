from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.signon.events import SystemsLeft
from camaug.signon.models import LogoutNotice, SignOn


def end_sign_ons(session: UUID, *, by: Actor, at: datetime) -> int:
    """A session here has ended: so do its sign-ons, and systems that want to know it are told. How many ended."""
    return end_running(SignOn.objects.filter(session=session), by=by, at=at)


def end_running(sign_ons: QuerySet[SignOn], *, by: Actor, at: datetime) -> int:
    """Those of one account that have not ended yet end, and their systems are told. How many ended."""
    with transaction.atomic():
        found = sign_ons.filter(ended_at__isnull=True).select_related("system")
        running = list(found.select_for_update(of=("self",)))
        if not running:
            return 0
        SignOn.objects.filter(pk__in=[one.pk for one in running]).update(ended_at=at)
        told = [LogoutNotice(sign_on=one, next_attempt_at=at) for one in running if one.system.logout_uri]
        LogoutNotice.objects.bulk_create(told)
        left = SystemsLeft(subject=running[0].account_id, system_ids=[one.system_id for one in running])
        record(left, by=by, at=at)
        return len(running)
