from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.signon.events import SystemsLeft
from camaug.signon.models import LogoutNotice, SignOn


def end_sign_ons(session: UUID, *, by: Actor, at: datetime) -> int:
    """A session here has ended: so do its sign-ons, and systems that want to know it are told. How many ended."""
    with transaction.atomic():
        running = list(
            SignOn.objects.select_for_update(of=("self",))
            .select_related("system")
            .filter(session=session, ended_at__isnull=True)
        )
        if not running:
            return 0
        SignOn.objects.filter(pk__in=[one.pk for one in running]).update(ended_at=at)
        told = [LogoutNotice(sign_on=one, next_attempt_at=at) for one in running if one.system.logout_uri]
        LogoutNotice.objects.bulk_create(told)
        left = SystemsLeft(subject=running[0].account_id, system_ids=[one.system_id for one in running])
        record(left, by=by, at=at)
        return len(running)
