"""By what the search finds cases, as one index holds it: words, each for every agency that sees the case, and the
quarter of the year. What an agency seeks, it seeks among its own; what other agencies have costs it nothing.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

APART = "-,.;:/()\"“”«»'‘’`?!&+_–—…"
"""What stands between words, beside white space."""
_FEW = 8


class Words(models.Func):
    """Each word of a folded text, behind the last letters of each agency's id: enough to keep what an agency has apart,
    since rights are asked as well. The function is the database's own, made by a migration.
    """

    function = "words_by_agency"
    output_field = ArrayField(models.TextField())


class Quarter(models.Func):
    """The first day of an instant's quarter, as the only one of a list, since the index holds lists."""

    template = "ARRAY[date_trunc('quarter', timezone('UTC', %(expressions)s))::date]"
    output_field = ArrayField(models.DateField())


def sought(folded: str) -> list[str]:
    """The words of a text that is sought."""
    return folded.translate(str.maketrans(APART, " " * len(APART))).split()


def at_agencies(word: str, agencies: Iterable[UUID]) -> list[str]:
    """A word as the index holds it for each of the agencies."""
    return [f"{str(agency)[-_FEW:]}{word}" for agency in agencies]


def quarter(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
