from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import Limit, count_attempt, forgive_attempt
from camaug.access.authentication import Method
from camaug.access.events import RecoveryCodeUsed, SecondStepGuessed
from camaug.access.models import Factor, FactorKind, RecoveryCode
from camaug.access.recovery import (
    digest_of,
    fresh_salt,
    is_as_long_as_a_code,
    is_slow,
    slow_hash_beside,
    slow_hash_of,
)
from camaug.access.totp import DIGITS, matching_step
from camaug.kernel.actors import Actor
from camaug.kernel.encryption import NotDecrypted, decrypt
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record

FACTORS = Limit("factor", of_one=5, of_network=60, window=timedelta(minutes=5))
FACTORS_OF_A_DAY = Limit("factor-day", of_one=50, of_network=600, window=timedelta(days=1))
"""Whoever knows the first proof may not guess at the second one for long (NIST SP 800-63B 3.2.2)."""
TOLD_AFTER = 10
"""Wrong codes in a day after which the owner is told: somebody knows his password."""


class FactorWrong(DomainError):
    """Not the code that is shown now, one that was used before, or no recovery code of this account."""

    sentence = _("The code is not right or was used before. Wait for the next one and try again.")


def prove_factor(account_id: UUID, *, code: str, by: Actor, at: datetime) -> Method:
    """What the code is of this account: its application's, or a recovery code; each works once.

    The caller knows already that the account's first proof was given. Raises FactorWrong, TooManyAttempts.
    """
    count_attempt(FACTORS, of=str(account_id), by=by, at=at)
    tries = count_attempt(FACTORS_OF_A_DAY, of=str(account_id), by=by, at=at)
    typed = "".join(code.split())
    with transaction.atomic():
        shown = Method.TOTP if _is_shown_now(account_id, typed, at) else None
        found = shown or (Method.RECOVERY if _is_on_paper(account_id, typed, by, at) else None)
    if found is None:
        if tries == TOLD_AFTER:
            with transaction.atomic():
                record(SecondStepGuessed(subject=account_id, tries=tries), by=by, at=at)
        raise FactorWrong
    for limit in (FACTORS, FACTORS_OF_A_DAY):
        forgive_attempt(limit, of=str(account_id), by=by, at=at)
    return found


def _is_shown_now(account_id: UUID, typed: str, at: datetime) -> bool:
    if len(typed) != DIGITS:
        return False
    factor = Factor.objects.select_for_update().filter(account_id=account_id, kind=FactorKind.TOTP).first()
    if factor is None:
        return False
    try:
        secret = decrypt(factor.concealed, about=f"access.factor.totp:{account_id}")
    except NotDecrypted:
        return False
    step = matching_step(secret, typed, at=at, after=factor.counter)
    if step is None:
        return False
    factor.counter, factor.used_at = step, at
    factor.save(update_fields=["counter", "used_at"])
    return True


def _is_on_paper(account_id: UUID, typed: str, by: Actor, at: datetime) -> bool:
    """One hash, whether or not the account has codes and in whichever form: how long it takes tells nothing."""
    if not is_as_long_as_a_code(typed):
        return False
    kept = list(RecoveryCode.objects.select_for_update().filter(account_id=account_id).order_by("id"))
    digest = digest_of(account_id, typed)
    forms = {digest, slow_hash_beside(digest, [one.digest for one in kept])}
    found = next((one for one in kept if one.used_at is None and one.digest in forms), None)
    if found is None:
        return False
    found.used_at = at
    found.save(update_fields=["used_at"])
    _turn_over([one for one in kept if not is_slow(one.digest)])
    record(RecoveryCodeUsed(subject=account_id), by=by, at=at)
    return True


def _turn_over(old: list[RecoveryCode]) -> None:
    """Codes of before are kept slowly hashed from now on; their owner reads the same ones on his paper."""
    salt = fresh_salt()
    for one in old:
        one.digest = slow_hash_of(one.digest, salt=salt)
    RecoveryCode.objects.bulk_update(old, ["digest"])
