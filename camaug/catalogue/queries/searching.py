from datetime import date
from functools import reduce
from operator import and_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex

from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.phrases import accented_words, folded_words, telling_words
from camaug.catalogue.queries.hits import ProcedureHit, hits

ALIKE = 0.5
"""How alike (0 to 1, by trigrams) a mistyped query must be to some stretch of a procedure's phrases."""


def search(words: str, on: date, limit: int = 20) -> tuple[ProcedureHit, ...]:
    """Procedures in force on that day that fit what was typed, best first; accents, tones and case are optional.

    Order: the phrase as accented, the phrase without accents, every word somewhere (accented, then not), and only where
    nothing fits, what is spelled alike. Each word may be the beginning of one.
    """
    folded, accented = folded_words(words)[:200], accented_words(words)[:200]
    if not folded:
        return ()
    listed = ProcedureVersion.objects.listed(on)
    return hits(_exact(listed, folded, accented)[:limit]) or hits(_alike(listed, folded)[:limit])


def _exact(rows: QuerySet[ProcedureVersion], folded: str, accented: str) -> QuerySet[ProcedureVersion]:
    telling = telling_words(folded)
    every_word = reduce(and_, (Q(folded__contains=f" {word}") for word in telling))
    accented_too = reduce(and_, (Q(accented__contains=f" {word}") for word in accented.split()))
    rank = Case(
        When(accented__contains=f" {accented}", then=Value(0)),
        When(folded__contains=f" {folded}", then=Value(1)),
        When(accented_too, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    place = StrIndex("folded", Value(f" {telling[0]}"))
    return rows.filter(every_word).annotate(rank=rank, place=place).order_by("rank", "place", "sort_key", "id")


def _alike(rows: QuerySet[ProcedureVersion], folded: str) -> QuerySet[ProcedureVersion]:
    likeness = TrigramWordSimilarity(" ".join(telling_words(folded)), "folded")
    return rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness", "sort_key", "id")
