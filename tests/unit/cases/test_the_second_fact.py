"""By which digits somebody without an account shows that a case is his."""

import pytest

from camaug.cases.queries.follow import fits

PHONE, NUMBER = "+84918000123", "096192001234"
FACTS: list[tuple[str, str, str, bool]] = [
    ("0123", PHONE, NUMBER, True),
    (" 1234 ", PHONE, NUMBER, True),
    ("9999", PHONE, NUMBER, False),
    ("0123", "", NUMBER, False),
    ("1234", "", NUMBER, True),
    ("----", "", NUMBER, False),
    ("----", "", "", False),
    ("", "", NUMBER, False),
    ("", "", "", False),
    (PHONE, PHONE, NUMBER, False),
]
"""What was typed, the phone, the personal number, and whether it fits: a number that is not there has no last digits."""


@pytest.mark.parametrize(("typed", "phone", "number", "right"), FACTS)
def test_it_is_the_last_four_digits_of_a_number_that_is_there(typed: str, phone: str, number: str, right: bool) -> None:
    assert fits(typed, phone, number) is right
