"""Second factors of an account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.access.demo import TOTP_SECRET
from camaug.access.models import Factor, FactorKind, RecoveryCode
from camaug.access.totp import DRIFT, PERIOD, code_at, step_of, steps_open
from camaug.kernel.encryption import NotDecrypted, decrypt


@dataclass(frozen=True, slots=True)
class FactorView:
    """A second factor without its secret."""

    id: UUID
    kind: str
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has beside its password or code, and how many recovery codes are left."""

    all: tuple[FactorView, ...]
    codes_left: int

    @property
    def has_application(self) -> bool:
        """Whether one of them is an application that shows codes."""
        return any(one.kind == FactorKind.TOTP for one in self.all)

    @property
    def has_passkey(self) -> bool:
        """Whether one of them is a passkey."""
        return any(one.kind == FactorKind.PASSKEY for one in self.all)


def factors_of(account_id: UUID) -> Factors:
    """All of an account, the oldest first."""
    found = Factor.objects.filter(account_id=account_id).order_by("created_at", "id")
    views = tuple(FactorView(one.id, one.kind, one.name, one.created_at, one.used_at) for one in found)
    return Factors(views, RecoveryCode.objects.filter(account_id=account_id, used_at=None).count())


def credentials_of(account_id: UUID) -> list[bytes]:
    """The public halves of the account's passkeys."""
    kept = Factor.objects.filter(account_id=account_id, kind=FactorKind.PASSKEY).values_list("credential", flat=True)
    return [bytes(one) for one in kept if one is not None]


def has_factor(account_id: UUID) -> bool:
    """Whether the account has any."""
    return Factor.objects.filter(account_id=account_id).exists()


@dataclass(frozen=True, slots=True)
class DemoCode:
    """In a demonstration: the code that the application of one of the cast shows, or in how many seconds a new one."""

    code: str
    seconds: int


_TIME_TO_TYPE = PERIOD // 2
"""Seconds for which the oldest code must still be taken to be shown: whoever reads one has time to type it."""


def demo_code(account_id: UUID, *, at: datetime) -> DemoCode | None:
    """For an account of the cast whose application holds the secret that everybody knows; None for all others."""
    factor = Factor.objects.filter(account_id=account_id, kind=FactorKind.TOTP).first()
    try:
        known = factor and decrypt(factor.concealed, about=f"access.factor.totp:{account_id}") == TOTP_SECRET
    except NotDecrypted:
        return None
    if not factor or not known:
        return None
    wait = (step_of(at) + 1) * PERIOD - int(at.timestamp())
    oldest = step_of(at) - DRIFT
    unused = [step for step in steps_open(at, after=factor.counter) if step > oldest or wait >= _TIME_TO_TYPE]
    return DemoCode(code_at(TOTP_SECRET, unused[0]), 0) if unused else DemoCode("", wait)
