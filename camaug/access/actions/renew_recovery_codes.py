from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import RecoveryCodesMade
from camaug.access.models import Account, Factor, RecoveryCode
from camaug.access.recovery import HOW_MANY, digest_of, fresh_recovery_code, fresh_salt, slow_hash_of
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class NoFactor(DomainError):
    """Recovery codes stand in for a second factor; where there is none, they would be a password on paper."""

    sentence = _("Set up an application or a passkey first; recovery codes take its place when it is lost.")


def renew_recovery_codes(*, by: Actor, at: datetime) -> tuple[str, ...]:
    """New codes for the actor's own account, in the place of all earlier ones. Raises NoFactor."""
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.account_id)
        if not Factor.objects.filter(account_id=by.account_id).exists():
            raise NoFactor
        return give_recovery_codes(by.account_id, by=by, at=at)


def give_recovery_codes(account_id: UUID, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """The same inside the caller's transaction, which holds the account."""
    codes, salt = tuple(fresh_recovery_code() for _ in range(HOW_MANY)), fresh_salt()
    kept = [slow_hash_of(digest_of(account_id, code), salt=salt) for code in codes]
    RecoveryCode.objects.filter(account_id=account_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=account_id, digest=digest, created_at=at) for digest in kept
    )
    record(RecoveryCodesMade(subject=account_id, count=len(codes)), by=by, at=at)
    return codes
