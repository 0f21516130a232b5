"""Whoever knows a password does not guess at the second factor for long, and its owner is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_factor import FACTORS_OF_A_DAY, TOLD_AFTER, FactorWrong, prove_factor
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.authentication import Method
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from tests.integration.access.conftest import Clerk

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    """Nguyễn Văn An, with an application that shows codes."""
    found, at = engage("Nguyễn Văn An", "an@camau.gov.vn"), timezone.now() - timedelta(minutes=5)
    set_up_totp(found.account.id, secret=SECRET, digits=shown(at), by=SYSTEM, at=at)
    return found


def shown(at: datetime) -> str:
    return code_at(SECRET, step_of(at))


def test_whoever_guesses_for_a_day_is_stopped_and_the_owner_is_told(an: Clerk) -> None:
    begun = timezone.now()
    for turn in range(FACTORS_OF_A_DAY.of_one):
        with pytest.raises(FactorWrong):
            prove_factor(an.account.id, code="000000", by=SYSTEM, at=begun + timedelta(minutes=2 * turn))
    at = begun + timedelta(minutes=2 * FACTORS_OF_A_DAY.of_one)
    with pytest.raises(TooManyAttempts):
        prove_factor(an.account.id, code=shown(at), by=SYSTEM, at=at)
    told = EventRecord.objects.get(name="access.SecondStepGuessed", subject_id=an.account.id)
    assert told.facts == {"tries": TOLD_AFTER}


def test_right_codes_are_not_counted(an: Clerk) -> None:
    begun = timezone.now()
    for turn in range(FACTORS_OF_A_DAY.of_one + 5):
        at = begun + timedelta(minutes=turn)
        assert prove_factor(an.account.id, code=shown(at), by=SYSTEM, at=at) == Method.TOTP
