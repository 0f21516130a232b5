from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from camaug.access.actions.count_attempt import Limit, count_attempt, forgive_attempt
from camaug.access.models import Account, Factor
from camaug.access.passkeys import PasskeyWrong, Site, check, credential_id_in
from camaug.kernel.actors import Actor

PASSKEYS = Limit("passkey", of_one=10, of_network=60, window=timedelta(minutes=5))


def prove_passkey(
    answer: str, *, of: UUID | None = None, site: Site, state: dict[str, str], by: Actor, at: datetime
) -> Account:
    """The open account whose passkey has answered (`of`: and no other one). Raises PasskeyWrong, TooManyAttempts."""
    claimed = credential_id_in(answer)
    count_attempt(PASSKEYS, of=claimed.hex(), by=by, at=at)
    with transaction.atomic():
        factor = (
            Factor.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(credential_id=claimed, account__is_active=True)
            .first()
        )
        if factor is None or factor.credential is None or of not in (None, factor.account_id):
            raise PasskeyWrong
        factor.counter = check(
            site,
            state,
            answer,
            account_id=factor.account_id,
            credential=bytes(factor.credential),
            counter=factor.counter,
        )
        factor.used_at = at
        factor.save(update_fields=["counter", "used_at"])
    forgive_attempt(PASSKEYS, of=claimed.hex(), by=by, at=at)
    return factor.account
