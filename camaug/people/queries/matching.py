"""Search by words: accents, tone placement and letter case do not matter, but accented and whole words come first."""

from typing import Any

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from camaug.kernel.text import accented, fold

MOST_WORDS = 8


def matching[M: Model](rows: QuerySet[M], words: str, *, then: str) -> QuerySet[M]:
    """Rows whose `folded` holds every word: accented whole words first, accented, whole, folded; ties by column `then`.

    The model has the columns `folded` and `accented`.
    """
    plain, marked = fold(words).split()[:MOST_WORDS], accented(words).split()[:MOST_WORDS]
    if not plain:
        return rows.none()
    spaced: QuerySet[Any] = rows.alias(
        _folded=Concat(Value(" "), "folded", Value(" ")), _accented=Concat(Value(" "), "accented", Value(" "))
    )
    rank = Case(
        When(_every("_accented__contains", [f" {word} " for word in marked]), then=0),
        When(_every("accented__contains", marked), then=1),
        When(_every("_folded__contains", [f" {word} " for word in plain]), then=2),
        default=3,
        output_field=IntegerField(),
    )
    return spaced.filter(_every("folded__contains", plain)).order_by(rank, then, "id")


def match_rank(text: str, words: str) -> int:
    """The same for text in memory: 0 to 3, and 4 where it does not match."""
    plain, marked = fold(words).split()[:MOST_WORDS], accented(words).split()[:MOST_WORDS]
    of_text, of_text_marked = fold(text), accented(text)
    if not plain or not all(word in of_text for word in plain):
        return 4
    if set(marked) <= set(of_text_marked.split()):
        return 0
    if all(word in of_text_marked for word in marked):
        return 1
    return 2 if set(plain) <= set(of_text.split()) else 3


def _every(lookup: str, values: list[str]) -> Q:
    together = Q()
    for value in values:
        condition: dict[str, Any] = {lookup: value}
        together &= Q(**condition)
    return together
