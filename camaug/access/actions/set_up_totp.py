from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from camaug.access.actions.prove_factor import FactorWrong
from camaug.access.actions.renew_recovery_codes import give_recovery_codes
from camaug.access.events import FactorAdded
from camaug.access.models import Account, Factor, FactorKind, RecoveryCode
from camaug.access.totp import matching_step
from camaug.kernel.actors import Actor
from camaug.kernel.encryption import encrypt
from camaug.kernel.events import record


def set_up_totp(account_id: UUID, *, secret: str, digits: str, by: Actor, at: datetime) -> tuple[str, ...]:
    """Take an application that has shown a right code as the account's second factor, in the place of an earlier one.

    Returns recovery codes where the account had none left; they are shown this once. Raises FactorWrong.
    """
    step = matching_step(secret, "".join(digits.split()), at=at, after=-1)
    if step is None:
        raise FactorWrong
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account_id)
        Factor.objects.filter(account_id=account_id, kind=FactorKind.TOTP).delete()
        Factor.objects.create(
            account_id=account_id,
            kind=FactorKind.TOTP,
            name=_("Authenticator application"),
            concealed=encrypt(secret, about=f"access.factor.totp:{account_id}"),
            counter=step,
            created_at=at,
            used_at=at,
        )
        record(FactorAdded(subject=account_id, kind=FactorKind.TOTP), by=by, at=at)
        if RecoveryCode.objects.filter(account_id=account_id, used_at=None).exists():
            return ()
        return give_recovery_codes(account_id, by=by, at=at)
