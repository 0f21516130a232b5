"""Whatever is kept of people is in the copy that they may take away, or says why it is not.

A new model with personal columns: a section in its part's copies.py, or a reason in camaug/runtime/keeping/copies.py.
"""

from camaug.kernel.copying import every_section
from camaug.runtime.keeping.copies import LEFT_OUT
from tests.architecture.test_personal_data_ends import personal


def copied() -> set[str]:
    return {model for section in every_section().values() for model in section.models}


def test_every_model_with_personal_columns_is_in_the_copy_or_says_why_not() -> None:
    assert personal() - copied() - LEFT_OUT.keys() == set()


def test_no_reason_is_given_for_what_is_copied_or_not_there() -> None:
    assert LEFT_OUT.keys() <= personal() - copied()
