"""What is left of a limit, in words."""

from datetime import timedelta

import pytest
from django.utils import translation

from camaug.worktime.wording import remaining_words

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WORDS = [
    (24 * HOUR, "3 working days left"),
    (23 * HOUR + 59 * MINUTE, "2 working days left"),
    (8 * HOUR, "1 working day left"),
    (7 * HOUR + 59 * MINUTE, "7 working hours left"),
    (HOUR, "1 working hour left"),
    (59 * MINUTE, "59 working minutes left"),
    (timedelta(seconds=59), "due now"),
    (timedelta(), "due now"),
    (-timedelta(seconds=59), "only just overdue"),
    (-MINUTE, "1 working minute late"),
    (-3 * HOUR, "3 working hours late"),
    (-9 * HOUR, "1 working day late"),
]


@pytest.mark.parametrize(("left", "words"), WORDS, ids=[words for _left, words in WORDS])
def test_the_largest_unit_that_fits_is_told(left, words):
    with translation.override("en"):
        assert remaining_words(left) == words


def test_after_the_due_instant_nothing_reads_as_still_due_even_where_no_working_time_has_passed():
    with translation.override("en"):
        assert remaining_words(timedelta(), past=True) == "only just overdue"
        assert remaining_words(-3 * HOUR, past=True) == "3 working hours late"
