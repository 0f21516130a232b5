"""Search by words: accents, tone placement and letter case do not matter, but accented and whole words come first."""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from camaug.kernel.text import accented, fold

MOST_WORDS = 8
NO_MATCH = 6
_MARKS = re.compile(r"[,;:()\"“”/]+")


def searchable(text: str) -> str:
    """Text without the marks that would cling to its words; what the columns `folded` and `accented` are made from."""
    return _MARKS.sub(" ", text)


def matching[M: Model](rows: QuerySet[M], words: str, *, then: tuple[str, ...]) -> QuerySet[M]:
    """Rows whose `folded` holds every word, in the order of `match_rank`, ties by the columns `then`.

    The model has the columns `folded` and `accented`.
    """
    plain, marked = _words(fold, words), _words(accented, words)
    if not plain:
        return rows.none()
    spaced: QuerySet[Any] = rows.alias(
        spaced_folded=Concat(Value(" "), "folded", Value(" ")),
        spaced_accented=Concat(Value(" "), "accented", Value(" ")),
    )
    in_a_row, in_a_row_plain = f" {' '.join(marked)} ", f" {' '.join(plain)} "
    # For words typed without accents the beginnings would only repeat what the plain column says.
    beginnings = (
        [] if marked == plain else [When(_every("spaced_accented__contains", [f" {w}" for w in marked]), then=2)]
    )
    rank = Case(
        When(spaced_accented__contains=in_a_row, then=0),
        When(_every("spaced_accented__contains", [f" {w} " for w in marked]), then=1),
        *beginnings,
        When(spaced_folded__contains=in_a_row_plain, then=3),
        When(_every("spaced_folded__contains", [f" {w} " for w in plain]), then=4),
        default=5,
        output_field=IntegerField(),
    )
    return spaced.filter(_every("folded__contains", plain)).order_by(rank, *then)


def match_rank(text: str, words: str) -> int:
    """How well text in memory matches: the lower the better, NO_MATCH where a word is missing.

    0 accented, the words in a row; 1 accented whole words; 2 accented beginnings of words; 3, 4 the same as 0, 1
    without accents; 5 anywhere.
    """
    plain, marked = _words(fold, words), _words(accented, words)
    of_text, of_text_marked = f" {fold(searchable(text))} ", f" {accented(searchable(text))} "
    if not plain or not all(word in of_text for word in plain):
        return NO_MATCH
    tests = (
        (f" {' '.join(marked)} " in of_text_marked, 0),
        (all(f" {word} " in of_text_marked for word in marked), 1),
        (marked != plain and all(f" {word}" in of_text_marked for word in marked), 2),
        (f" {' '.join(plain)} " in of_text, 3),
        (all(f" {word} " in of_text for word in plain), 4),
    )
    return next((rank for holds, rank in tests if holds), 5)


def _words(form: Callable[[str], str], words: str) -> list[str]:
    return form(searchable(words)).split()[:MOST_WORDS]


def _every(lookup: str, values: list[str]) -> Q:
    together = Q()
    for value in values:
        condition: dict[str, Any] = {lookup: value}
        together &= Q(**condition)
    return together
