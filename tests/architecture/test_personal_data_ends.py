"""Whatever is kept of people has a term, or says why it stays; the guide lists every kind with its term.

A new model with personal columns: a kind in its part's outlived.py, or a reason in camaug/runtime/keeping/terms.py.
"""

from pathlib import Path

from django.apps import apps
from django.conf import settings

from camaug.cases.retention.terms import Kind, read_terms
from camaug.desk.web.retention import KINDS
from camaug.kernel.keeping import every_kind
from camaug.runtime.keeping.personal import CLASSES
from camaug.runtime.keeping.terms import STAYS

GUIDE = Path(__file__).parents[2] / "docs/howto/keep-personal-data.md"


def personal() -> set[str]:
    """Models that hold something of somebody."""
    there = {model._meta.label for model in apps.get_models()}
    return {label for label, one in CLASSES.items() if label in there and (one.basic or one.sensitive)}


def test_every_model_with_personal_columns_has_a_term_or_a_reason() -> None:
    ending = {kept.model for kept in every_kind().values()}
    assert personal() - ending - STAYS.keys() == set()


def test_no_reason_is_given_for_what_is_not_there() -> None:
    assert STAYS.keys() <= personal()


def test_every_kind_of_the_profile_says_its_rows_and_is_shown() -> None:
    assert set(every_kind()) == set(Kind) == set(KINDS)


def test_the_guide_lists_every_kind_with_its_term() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    terms = read_terms(Path(settings.PROFILE))[-1]
    missing = [kind for kind, term in terms.kinds.items() if f"| `{kind}` | {term.months} |" not in text]
    assert missing == []
