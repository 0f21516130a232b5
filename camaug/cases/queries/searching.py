"""What the desk's search finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import Combinable

from camaug.cases.models import Case, Quarter, Sought, quarter
from camaug.cases.queries.lists import CaseRow, rows_of
from camaug.cases.queries.meaning import meant
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.numbers import NotAPhone, parse_phone

RANKED = 1_000
"""So many hits of a search are compared with the words as they were spelled."""
_BEST = """
SELECT id, hits
FROM (SELECT id, spelled, count(*) OVER () AS hits, row_number() OVER (ORDER BY submitted_at DESC, id DESC) AS place
      FROM ({newest}) AS newest (submitted_at, id, spelled)) AS placed
WHERE place <= %s
ORDER BY spelled DESC, place
LIMIT %s"""
_QUARTER = Quarter.template % {"expressions": "cases_case.submitted_at"}

type Part = tuple[str, list[Any]]
"""A condition on a case's quarter, with its values."""
_WHOLE: list[Part] = [("true", [])]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first; `too_many`: there are more than `ranked`, so only the newest were ranked."""

    rows: tuple[CaseRow, ...]
    ranked: int = RANKED
    too_many: bool = False


def search(actor: Actor, asked: str, *, at: datetime, limit: int = 50, ranked: int = RANKED) -> Found:
    """Cases that the actor may see, by code, number, phone or whole words; of the newest `ranked` accented matches
    first, then the newest.
    """
    asked = " ".join(asked.split())
    seen = Case.objects.visible_to(actor).submitted()
    exact = _exact(seen, asked)
    if exact is not None:
        newest = _newest(exact, (), _WHOLE, limit)
    elif (words := meant(asked)).folded:
        parts = _parts(at.astimezone(LOCAL).date())
        newest = _newest(seen.with_words(words.folded, actor), words.accented, parts, ranked + 1)
    else:
        newest = None
    if newest is None:
        return Found(())
    order, hits = _best(newest, limit=limit, ranked=ranked)
    found = Case.objects.as_rows().filter(pk__in=order).select_related("assignee__officer").in_bulk()
    best = [found[one] for one in order if one in found]
    return Found(rows_of(best, at=at), ranked=ranked, too_many=hits > ranked)


def _newest(hits: QuerySet[Case], asked: Sequence[Sought], parts: list[Part], most: int) -> Part | None:
    """The statement of the newest hits, and whether they are spelled as asked; None where the actor sees nothing.

    The database looks at the parts in their order, and goes on only where it has too few: what many cases have is found
    in the newest quarters alone, what few have costs little to look for in all.
    """
    try:
        told = hits.order_by().annotate(spelled=_spelled(asked)).values_list("submitted_at", "id", "spelled")
        statement, values = told.query.sql_with_params()
    except EmptyResultSet:
        return None
    each = [f"({statement} AND {part} ORDER BY submitted_at DESC, id DESC LIMIT %s)" for part, _values in parts]
    given = [one for _part, theirs in parts for one in (*values, *theirs, most)]
    return f"SELECT * FROM ({' UNION ALL '.join(each)}) AS parts LIMIT %s", [*given, most]  # noqa: S608 (our own words)


def _spelled(asked: Sequence[Sought]) -> Combinable:
    """Whether each word stands in the case, or in its procedure's names, with the accents it was given."""
    each = (Q(accented__contains=one.word) | Q(version__in=sorted(one.versions)) for one in asked)
    return ExpressionWrapper(reduce(and_, each) if asked else Q(state__isnull=False), BooleanField())


def _best(newest: Part, *, limit: int, ranked: int) -> tuple[list[UUID], int]:
    """The ids in the order in which they are shown, and how many hits there are, counted to one more than `ranked`."""
    statement, values = newest
    with connection.cursor() as cursor:
        cursor.execute(_BEST.format(newest=statement), [*values, ranked, limit])
        found = cursor.fetchall()
    return [case_id for case_id, _hits in found], found[0][1] if found else 0


def _parts(day: date) -> list[Part]:
    """The quarter of the day, the one before, all others."""
    this = quarter(day)
    last = quarter(this - timedelta(days=1))
    one, others = f"{_QUARTER} && %s::date[]", f"NOT {_QUARTER} && %s::date[]"
    return [(one, [[this]]), (one, [[last]]), (others, [[this, last]])]


def _exact(seen: QuerySet[Case], asked: str) -> QuerySet[Case] | None:
    if " " not in asked and asked[:1] in "Hh" and asked[1:2].isdigit():
        return seen.filter(code__startswith=asked.upper())
    digits = asked.replace(" ", "").replace(".", "").removeprefix("+84")
    if not digits.isdigit() or len(digits) < 9:
        return None
    return seen.filter(Q(applicant_number=asked.replace(" ", "")) | Q(applicant_phone=_phone(asked)))


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except NotAPhone:
        return "-"
