from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import OutsideIdentityUnlinked
from camaug.access.identities import Linkage, OutsideIdentity
from camaug.access.models import Account
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class LastWayIn(DomainError):
    """Without it, nobody could sign in to the account any more."""

    sentence = _("This is the only way into your account. Add a telephone or a mailbox first.")


def unlink_outside(identity_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take away an identity from outside of the actor's own account: it opens the account no longer.

    Without any, the account names its person by word again, so that the identity does not open it by the number either.
    Raises NotFound, LastWayIn.
    """
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=by.account_id)
        own = OutsideIdentity.objects.filter(account_id=by.account_id)
        identity = own.filter(pk=identity_id).first()
        if identity is None:
            raise NotFound
        others = own.exclude(pk=identity_id).exists()
        if not (account.phone or account.email or others):
            raise LastWayIn
        identity.delete()
        if not others:
            account.linkage = Linkage.MATCHED
            account.save(update_fields=["linkage"])
        record(OutsideIdentityUnlinked(subject=account.id, issuer=identity.issuer), by=by, at=at)
