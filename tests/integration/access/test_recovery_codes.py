"""Recovery codes lie slowly hashed, with salt; those that people had before go on working; time tells of none."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import timezone
from pytest_django import Settings

from camaug.access.actions.prove_factor import FactorWrong, prove_factor
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.authentication import Method
from camaug.access.models import RecoveryCode
from camaug.access.queries import factors_of
from camaug.access.recovery import digest_of, fresh_recovery_code, is_slow
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from config import settings as configured
from tests.hashing import Counting
from tests.integration.access.conftest import Clerk

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
WRONG = "AAAAA-AAAAA"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> UUID:
    return engage("Nguyễn Văn An", "an@camau.gov.vn").account.id


@pytest.fixture
def counting(settings: Settings) -> type[Counting]:
    settings.RECOVERY_HASHER = "tests.hashing.Counting"
    Counting.computed = 0
    return Counting


def new_codes(account_id: UUID) -> tuple[str, ...]:
    """Set up some minutes ago, with an application."""
    at = timezone.now() - timedelta(minutes=5)
    return set_up_totp(account_id, secret=SECRET, digits=code_at(SECRET, step_of(at)), by=SYSTEM, at=at)


def codes_of_before(account_id: UUID) -> tuple[str, ...]:
    """As they were kept before: by the keyed digest alone."""
    codes, at = tuple(fresh_recovery_code() for _ in range(10)), timezone.now()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=account_id, digest=digest_of(account_id, code), created_at=at) for code in codes
    )
    return codes


def no_codes(_account_id: UUID) -> tuple[str, ...]:
    return ()


def prove(account_id: UUID, code: str) -> Method:
    return prove_factor(account_id, code=code, by=SYSTEM, at=timezone.now())


def kept(account_id: UUID) -> list[str]:
    return list(RecoveryCode.objects.filter(account_id=account_id).values_list("digest", flat=True))


def test_a_set_is_kept_by_a_slow_hash_with_a_salt_of_its_own(
    an: UUID, engage: Callable[..., Clerk], settings: Settings
) -> None:
    settings.RECOVERY_HASHER = configured.RECOVERY_HASHER
    binh = engage("Trần Thị Bình", "binh@camau.gov.vn").account.id
    codes, _others = new_codes(an), new_codes(binh)
    assert all(one.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$") for one in kept(an)), "OWASP's least"
    salts = [{Argon2PasswordHasher().decode(one)["salt"] for one in kept(who)} for who in (an, binh)]
    assert [len(one) for one in salts] == [1, 1]
    assert salts[0] != salts[1]
    assert all(len(one) == 43 for one in salts[0] | salts[1]), "32 random bytes, as letters"
    assert prove(an, codes[4]) == Method.RECOVERY


@pytest.mark.parametrize("has", [no_codes, codes_of_before, new_codes], ids=lambda has: str(has.__name__))
def test_a_wrong_code_costs_one_hash_whatever_the_account_has(
    an: UUID, counting: type[Counting], has: Callable[[UUID], tuple[str, ...]]
) -> None:
    has(an)
    before = counting.computed
    with pytest.raises(FactorWrong):
        prove(an, WRONG)
    assert counting.computed - before == 1


def test_a_right_one_costs_one_hash_and_digits_of_an_application_none(an: UUID, counting: type[Counting]) -> None:
    codes = new_codes(an)
    assert counting.computed == 10
    assert prove(an, codes[0]) == Method.RECOVERY
    assert counting.computed == 11
    with pytest.raises(FactorWrong):
        prove(an, "000000")
    assert counting.computed == 11


def test_codes_of_before_go_on_working_and_are_kept_slowly_hashed_once_one_is_used(an: UUID) -> None:
    codes = codes_of_before(an)
    assert not any(map(is_slow, kept(an)))
    with pytest.raises(FactorWrong):
        prove(an, WRONG)
    assert not any(map(is_slow, kept(an)))
    assert prove(an, codes[7].lower()) == Method.RECOVERY
    assert all(map(is_slow, kept(an)))
    with pytest.raises(FactorWrong):
        prove(an, codes[7])
    assert [prove(an, code) for code in codes[:3]] == [Method.RECOVERY] * 3
    assert factors_of(an).codes_left == 6


def test_what_is_kept_is_not_a_code_itself(an: UUID) -> None:
    """Whoever has stolen the table types neither form of what stands in it."""
    codes_of_before(an)
    for one in (kept(an)[0], kept(an)[0][:10]):
        with pytest.raises(FactorWrong):
            prove(an, one)


def test_another_cost_for_new_codes_ends_none_that_are_kept(an: UUID, settings: Settings) -> None:
    codes = new_codes(an)
    settings.RECOVERY_HASHER = configured.RECOVERY_HASHER
    assert prove(an, codes[0]) == Method.RECOVERY
