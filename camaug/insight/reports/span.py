"""The days of a report: a period by its key, or two free days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from camaug.catalogue.forms.dates import parse_day
from camaug.insight.period import Period, month_of, period_from
from camaug.kernel.errors import DomainError

FREE = "days"
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` up to `until` (exclusive); `key` is the period's, or "days"."""

    key: str
    first: date
    until: date
    label: str

    @property
    def last(self) -> date:
        """Its last day, on which the report closes."""
        return self.until - timedelta(days=1)

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        if self.key != FREE:
            return {"period": self.key}
        return {"period": FREE, "from": self.first.isoformat(), "to": self.last.isoformat()}

    def months(self) -> Iterator["Span"]:
        """Its months; the first and the last perhaps in part."""
        month = month_of(self.first)
        while month.first < self.until:
            first, until = max(month.first, self.first), min(month.until, self.until)
            yield of_period(month) if (first, until) == (month.first, month.until) else free(first, until)
            month = month.after()


def of_period(period: Period) -> Span:
    """A month, quarter or year as a span."""
    return Span(period.key, period.first, period.until, period.label)


def free(first: date, until: date) -> Span:
    """Days of one's own choice."""
    last = until - timedelta(days=1)
    words = _("From {first} to {last}").format(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    return Span(FREE, first, until, words)


def span_from(key: str, typed: dict[str, str], today: date) -> tuple[Span, dict[str, str]]:
    """The span that an address names, and what is wrong with its days; then it is this month."""
    if key != FREE:
        return of_period(period_from(key, today)), {}
    days, errors = dict[str, date](), dict[str, str]()
    for name in ("from", "to"):
        try:
            days[name] = parse_day(typed.get(name, ""))
        except DomainError as refusal:
            errors[name] = str(refusal)
    if not errors:
        errors = _impossible(days["from"], days["to"], today)
    if errors:
        return of_period(month_of(today)), errors
    return free(days["from"], days["to"] + timedelta(days=1)), {}


def _impossible(first: date, last: date, today: date) -> dict[str, str]:
    if last < first:
        return {"to": _("The last day lies before the first.")}
    if first > today:
        return {"from": _("This day has not come yet.")}
    if last - first > LONGEST:
        return {"to": _("Choose at most one year.")}
    return {}
