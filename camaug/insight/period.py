"""Periods of reports: a month "2026-11", a quarter "2026-q4", a year "2026"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

MONTHS_OFFERED, QUARTERS_OFFERED, YEARS_OFFERED = 12, 8, 6
_KEY = re.compile(r"^(20\d\d)(?:-(0[1-9]|1[0-2])|-q([1-4]))?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """From the day `first` to the day before `until`, whole months."""

    key: str
    first: date
    until: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)

    @property
    def months(self) -> int:
        """How many months it has: 1, 3 or 12."""
        return _ordinal(self.until) - _ordinal(self.first)

    @property
    def label(self) -> str:
        """Its name: "November 2026", "4th quarter of 2026", "The year 2026"."""
        year = self.first.year
        if self.months == 1:
            return _("Month {month}/{year}").format(month=self.first.month, year=year)
        if self.months == 3:
            return _("Quarter {quarter}/{year}").format(quarter=(self.first.month + 2) // 3, year=year)
        return _("Year {year}").format(year=year)

    def before(self) -> "Period":
        """The period of the same length right before."""
        return _period(_shifted(self.first, -self.months), self.months)

    def after(self) -> "Period":
        """The period of the same length right after."""
        return _period(self.until, self.months)


def month_of(day: date) -> Period:
    """The month in which the day lies."""
    return _period(day.replace(day=1), 1)


def period_from(key: str, today: date) -> Period:
    """The period that a key names; this month for a key that names none, or one that has not begun."""
    found = _KEY.match(key)
    if found is None:
        return month_of(today)
    year, month, quarter = int(found[1]), found[2], found[3]
    first = date(year, int(month or (int(quarter) * 3 - 2 if quarter else 1)), 1)
    return _period(first, 1 if month else 3 if quarter else 12) if first <= today else month_of(today)


def offered(today: date, oldest: date | None) -> Iterator[tuple[str, tuple[Period, ...]]]:
    """The periods to choose from, by sort, the newest first, back to the month of the oldest figure."""
    since = oldest or today
    quarter = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
    newest = (
        (_("Months"), month_of(today), MONTHS_OFFERED),
        (_("Quarters"), _period(quarter, 3), QUARTERS_OFFERED),
        (_("Years"), _period(today.replace(day=1, month=1), 12), YEARS_OFFERED),
    )
    for name, period, most in newest:
        found: list[Period] = []
        while len(found) < most and period.until > since:
            found.append(period)
            period = period.before()
        yield name, tuple(found)


def months_up_to(period: Period, number: int) -> tuple[Period, ...]:
    """The last months of a period and before it, `number` of them, in order."""
    last = _shifted(period.until, -1)
    return tuple(_period(_shifted(last, back), 1) for back in range(1 - number, 1))


def _period(first: date, months: int) -> Period:
    key = {1: f"{first:%Y-%m}", 3: f"{first:%Y}-q{(first.month + 2) // 3}", 12: f"{first:%Y}"}[months]
    return Period(key, first, _shifted(first, months))


def _shifted(first: date, months: int) -> date:
    year, month = divmod(_ordinal(first) + months, 12)
    return date(year, month + 1, 1)


def _ordinal(first: date) -> int:
    return first.year * 12 + first.month - 1
