from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.demands import demands_second_factor
from camaug.access.events import FactorRemoved
from camaug.access.models import Account, Factor, RecoveryCode
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class LastFactor(DomainError):
    """Whoever must have a second factor sets up the new one before the old one goes."""

    sentence = _("Your work needs a second factor. Set up another one first, then remove this one.")


def remove_factor(factor_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take away a second factor of the actor's own account; with the last one go the recovery codes.

    Raises NotFound, LastFactor.
    """
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.account_id)
        own = Factor.objects.filter(account_id=by.account_id)
        factor = own.filter(pk=factor_id).first()
        if factor is None:
            raise NotFound
        last = not own.exclude(pk=factor_id).exists()
        if last and demands_second_factor(by):
            raise LastFactor
        factor.delete()
        if last:
            RecoveryCode.objects.filter(account_id=by.account_id).delete()
        record(FactorRemoved(subject=by.account_id, kind=factor.kind), by=by, at=at)
