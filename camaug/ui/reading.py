"""What a person typed, as values. Errors are sentences for the field; nothing here raises for a typing mistake."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

_SUM = re.compile(r"(\d{1,3}(?:[. \u00a0]\d{3})*|\d+)\s*(?:đồng|đ|vnđ|vnd)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date as typed in three boxes: `date` where it is one, else None with the sentence that says what is wrong."""

    day: str
    month: str
    year: str
    date: date | None
    error: str

    def __bool__(self) -> bool:
        return bool(self.day or self.month or self.year)


def read_date(typed: Mapping[str, str], name: str) -> TypedDate:
    """Read `name-day`, `name-month`, `name-year`. An empty one has neither date nor error."""
    day, month, year = (typed.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year"))
    if not (day or month or year):
        return TypedDate(day, month, year, None, "")
    if not all(part.isascii() and part.isdigit() for part in (day, month, year)):
        return TypedDate(day, month, year, None, _("Write day, month and year in figures, for example 5 2 1990."))
    if len(year) != 4:
        return TypedDate(day, month, year, None, _("Write the year with four figures, for example 1990."))
    try:
        return TypedDate(day, month, year, date(int(year), int(month), int(day)), "")
    except ValueError:
        return TypedDate(day, month, year, None, _("There is no such day; check day and month."))


def read_money(text: str) -> int | None:
    """Dong from "1.234.567", "1234567" or "1.234.567 đ"; None for anything else, also above 15 digits."""
    found = _SUM.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return int(digits) if 0 < len(digits) <= 15 else None
