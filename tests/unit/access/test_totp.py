from datetime import UTC, datetime, timedelta

import pytest

from camaug.access.totp import DRIFT, PERIOD, address_of, code_at, fresh_totp_secret, matching_step, step_of, steps_open

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_6238 = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
"""Appendix B, SHA-1; ours are the last six of its eight digits."""
NOW = datetime(2026, 11, 23, 2, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "digits"), RFC_6238.items())
def test_codes_are_those_of_the_standard(seconds: int, digits: str) -> None:
    assert code_at(RFC_SECRET, step_of(datetime.fromtimestamp(seconds, UTC))) == digits[-6:]


@pytest.mark.parametrize("steps", range(-3, 4))
def test_a_clock_that_is_a_little_wrong_is_forgiven(steps: int) -> None:
    shown = code_at(RFC_SECRET, step_of(NOW + timedelta(seconds=PERIOD * steps)))
    assert (matching_step(RFC_SECRET, shown, at=NOW, after=-1) is not None) == (abs(steps) <= DRIFT)


def test_a_code_that_was_used_and_those_before_it_are_closed() -> None:
    now = step_of(NOW)
    assert list(steps_open(NOW, after=-1)) == [now - 1, now, now + 1]
    assert list(steps_open(NOW, after=now)) == [now + 1]
    assert list(steps_open(NOW, after=now + 1)) == []
    assert matching_step(RFC_SECRET, code_at(RFC_SECRET, now), at=NOW, after=now) is None


@pytest.mark.parametrize("typed", ["１２３４５６", "ệệệệệệ", ""])
def test_what_is_no_code_is_a_wrong_one(typed: str) -> None:
    assert matching_step(RFC_SECRET, typed, at=NOW, after=-1) is None


def test_secrets_differ_and_are_long_enough() -> None:
    secrets = {fresh_totp_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {32}


def test_the_address_is_what_applications_read() -> None:
    address = address_of("ABC", account="an@camau.gov.vn", issuer="Cà Mau")
    assert address == "otpauth://totp/C%C3%A0%20Mau:an%40camau.gov.vn?secret=ABC&issuer=C%C3%A0%20Mau"
