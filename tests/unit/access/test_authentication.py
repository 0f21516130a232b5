from datetime import UTC, datetime
from itertools import chain, combinations

import pytest

from camaug.access.authentication import LEVELS, Method, Proof, level_by, proofs_in

EXPECTED = {
    frozenset[Method](): "",
    frozenset({Method.PASSWORD}): "LoA1",
    frozenset({Method.CODE}): "LoA1",
    frozenset({Method.TOTP}): "",
    frozenset({Method.RECOVERY}): "",
    frozenset({Method.PASSWORD, Method.CODE}): "LoA1",
    frozenset({Method.TOTP, Method.RECOVERY}): "",
    frozenset({Method.OUTSIDE}): "LoA1",
    frozenset({Method.OUTSIDE, Method.PASSWORD}): "LoA1",
    frozenset({Method.OUTSIDE, Method.CODE}): "LoA1",
    frozenset({Method.OUTSIDE, Method.PASSWORD, Method.CODE}): "LoA1",
}
"""All sets without a passkey that hold no first way together with a second one."""


def every_set() -> list[frozenset[Method]]:
    ways = list(Method)
    return [frozenset(some) for some in chain.from_iterable(combinations(ways, n) for n in range(len(ways) + 1))]


@pytest.mark.parametrize("shown", every_set(), ids=lambda shown: "+".join(sorted(shown)) or "nothing")
def test_the_level_of_every_set_of_ways(shown: frozenset[Method]) -> None:
    assert level_by(shown) == ("LoA3" if Method.PASSKEY in shown else EXPECTED.get(shown, "LoA2"))


def test_levels_rise() -> None:
    assert [level.name for level in LEVELS] == ["LoA1", "LoA2", "LoA3"]


def test_records_become_proofs_in_the_order_of_time_and_unknown_ones_are_left_out() -> None:
    records: list[dict[str, object]] = [
        {"method": "mfa", "at": 20.0, "type": "totp", "id": 1},
        {"method": "password", "at": 10.5, "email": "an@camau.gov.vn"},
        {"method": "socialaccount", "at": 5},
        {"method": "mfa", "at": 6},
        {"method": "code", "at": "yesterday"},
        {},
    ]
    assert proofs_in(records) == (
        Proof(Method.PASSWORD, datetime.fromtimestamp(10.5, UTC)),
        Proof(Method.TOTP, datetime.fromtimestamp(20, UTC)),
    )
