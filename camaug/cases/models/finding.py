"""By what the search finds cases, as one index holds it: words and the version of the procedure, each for every agency
that sees the case, and the quarter of the year. What an agency seeks, it seeks among its own; what other agencies have
costs it nothing. The words of a procedure's names stand at the version alone, not again in each of its cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

APART = "-,.;:/()\"“”«»'‘’`?!&+_–—…"
"""What stands between words, beside white space."""
_FEW = 8
_VERSION = "#"
"""Before the last letters of a version's id; no word begins with it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A folded word, and the versions in whose names it stands: a case is found by either."""

    word: str
    versions: frozenset[UUID] = frozenset()

    def at(self, agencies: Iterable[UUID]) -> list[str]:
        """As the index holds it for each of the agencies."""
        said = [self.word, *(f"{_VERSION}{str(one)[-_FEW:]}" for one in sorted(self.versions))]
        return [f"{str(agency)[-_FEW:]}{one}" for agency in agencies for one in said]


class Words(models.Func):
    """Each word of a folded text and a version, behind the last letters of each agency's id: enough to keep what an
    agency has apart, since rights are asked as well. The function is the database's own, made by a migration.
    """

    function = "words_by_agency"
    output_field = ArrayField(models.TextField())


class Quarter(models.Func):
    """The first day of an instant's quarter, as the only one of a list, since the index holds lists."""

    template = "ARRAY[date_trunc('quarter', timezone('UTC', %(expressions)s))::date]"
    output_field = ArrayField(models.DateField())


def cut(text: str) -> list[str]:
    """Its words, as the index cuts them; none begins as a version does."""
    words = (word.lstrip(_VERSION) for word in text.translate(str.maketrans(APART, " " * len(APART))).split())
    return [word for word in words if word]


def quarter(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
