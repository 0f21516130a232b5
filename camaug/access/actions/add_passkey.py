from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from camaug.access.actions.renew_recovery_codes import give_recovery_codes
from camaug.access.events import FactorAdded
from camaug.access.models import Account, Factor, FactorKind, RecoveryCode
from camaug.access.passkeys import PasskeyWrong, Site, check_new
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record

LONGEST_NAME = 60


def add_passkey(
    answer: str, *, name: str, site: Site, state: dict[str, str], by: Actor, at: datetime
) -> tuple[str, ...]:
    """Take a passkey that has answered for the actor's own account.

    Returns recovery codes where the account had none left; they are shown this once. Raises PasskeyWrong.
    """
    if by.account_id is None:
        raise NotFound
    key = check_new(site, state, answer)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.account_id)
        if Factor.objects.filter(credential_id=key.credential_id).exists():
            raise PasskeyWrong
        Factor.objects.create(
            account_id=by.account_id,
            kind=FactorKind.PASSKEY,
            name=name.strip()[:LONGEST_NAME] or _("Passkey"),
            credential_id=key.credential_id,
            credential=key.credential,
            counter=key.counter,
            created_at=at,
        )
        record(FactorAdded(subject=by.account_id, kind=FactorKind.PASSKEY), by=by, at=at)
        if RecoveryCode.objects.filter(account_id=by.account_id, used_at=None).exists():
            return ()
        return give_recovery_codes(by.account_id, by=by, at=at)
