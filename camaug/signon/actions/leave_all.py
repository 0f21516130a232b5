from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.signon.actions.end_sign_ons import end_sign_ons
from camaug.signon.models import Authorization, SignOn


@transaction.atomic
def leave_all(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """End every sign-on of the account that began until that instant, and all tokens that came of them: also those
    that would outlast a sign-out. Said again, it ends nothing more.
    """
    begun = SignOn.objects.filter(account_id=account_id, started_at__lte=at)
    for session in sorted(set(begun.filter(ended_at=None).values_list("session", flat=True))):
        end_sign_ons(session, by=by, at=at)
    granted = Authorization.objects.filter(sign_on__account_id=account_id, created_at__lte=at, revoked_at=None)
    granted.update(revoked_at=at)
