"""The rows of every table, with names as of the period and the links to drill by; kept for a minute for all readers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.cases.queries import WHOLE, Figures, Scope, by_month, figures, total
from camaug.catalogue.queries import by_codes, fields
from camaug.catalogue.queries.listing import named, rows
from camaug.insight.line import Line
from camaug.insight.period import Period, months_up_to
from camaug.insight.small import grouped, nested
from camaug.kernel.clock import LOCAL
from camaug.kernel.text import sort_key
from camaug.people.queries import AgencyView, directory

KEPT_FOR = timedelta(minutes=1)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one page; empty where the page has no such table."""

    agencies: tuple[Line, ...] = ()
    fields: tuple[Line, ...] = ()
    procedures: tuple[Line, ...] = ()
    months: tuple[Line, ...] = ()


def of_province(period: Period, *, at: datetime) -> Found:
    """Every agency that had a case, every field, the months; the busiest first."""

    def make() -> Found:
        found = figures("agency and field", period.first, period.until, at=at)
        agencies = _added((agency_id, some) for (agency_id, _field), some in found.items())
        fields_all = _added((field, some) for (_agency, field), some in found.items())
        return Found(
            agencies=_busiest(_agency_line(key, some, period, at) for key, some in agencies.items()),
            fields=_field_lines(fields_all, period, at),
            months=_month_lines(period, WHOLE),
        )

    return _kept(f"province-{period.key}", make)


def of_agency(agency: AgencyView, period: Period, *, at: datetime) -> Found:
    """The fields of one agency, and its procedures, both with small numbers grouped; the months."""

    def make() -> Found:
        scope = Scope(agency_id=agency.id)
        found = figures("field", period.first, period.until, at=at, scope=scope)
        fields_here = (replace(line, href="") for line in _field_lines(found, period, at))  # theirs is the province
        shown = grouped(fields_here, _("Other fields"))
        procedures = nested(shown, _procedure_lines(period, scope, at), _("Other procedures of the field"))
        return Found(fields=shown, procedures=procedures, months=_month_lines(period, scope))

    return _kept(f"agency-{agency.id}-{period.key}", make)


def of_field(field: str, period: Period, *, at: datetime) -> Found:
    """The procedures of a field, in the whole province; the months."""

    def make() -> Found:
        scope = Scope(field=field)
        return Found(procedures=_procedure_lines(period, scope, at), months=_month_lines(period, scope))

    return _kept(f"field-{field}-{period.key}", make)


def by_level(agencies: Iterable[Line]) -> tuple[Line, ...]:
    """The agencies added up by level and kind."""
    found = _added((line.group, line.figures) for line in agencies)
    return _busiest(Line(group, group, some) for group, some in found.items())


def _month_lines(period: Period, scope: Scope) -> tuple[Line, ...]:
    months = months_up_to(period, MONTHS)
    found = by_month(months[0].first, months[-1].until, scope=scope)
    lines = [Line(month.key, month.label, found.get(month.first, Figures())) for month in months]
    begun = next((n for n, line in enumerate(lines) if line.figures != Figures()), len(lines) - 1)
    return tuple(lines[begun:])


def _added[K](parts: Iterable[tuple[K, Figures]]) -> dict[K, Figures]:
    found: dict[K, list[Figures]] = {}
    for key, some in parts:
        found.setdefault(key, []).append(some)
    return {key: total(some) for key, some in found.items()}


def _field_lines(found: Mapping[str, Figures], period: Period, at: datetime) -> tuple[Line, ...]:
    names = {view.code: named(view) for view in fields(_day(period, at))}
    return _busiest(
        Line(code, names.get(code, code), some, _href("field", code, period)) for code, some in found.items()
    )


def _procedure_lines(period: Period, scope: Scope, at: datetime) -> tuple[Line, ...]:
    found = figures("procedure", period.first, period.until, at=at, scope=scope)
    hits = rows(by_codes([code for _field, code in found], _day(period, at)))
    names = {row.code: row.short_name for row in hits}
    return _busiest(
        Line(code, names.get(code, code), some, reverse("catalogue:procedure", args=[code]), field)
        for (field, code), some in found.items()
    )


def _agency_line(agency_id: UUID, some: Figures, period: Period, at: datetime) -> Line:
    for day in (_day(period, at), period.first):
        known = directory(day)
        if agency_id in known:
            view = known.get(agency_id)
            name = view.name_en if _english() and view.name_en else view.name
            level = view.level_name.lower()
            group = view.kind_name if level in view.kind_name else f"{view.kind_name} ({level})"
            return Line(view.code, name, some, _href("agency", view.code, period), group)
    closed = _("An agency that no longer exists")
    return Line(str(agency_id), closed, some, "", closed)


def _busiest(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.figures.all, sort_key(line.label))))


def _href(page: str, code: str, period: Period) -> str:
    return f"{reverse(f'insight:{page}', args=[code])}?period={period.key}"


def _day(period: Period, at: datetime) -> date:
    return min(period.last, at.astimezone(LOCAL).date())


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _kept[T](key: str, make: Callable[[], T]) -> T:
    """Lists of names differ by language."""
    whole = f"insight-1-{get_language()}-{key}"
    found: T | None = cache.get(whole)
    if found is None:
        found = make()
        cache.set(whole, found, KEPT_FOR.total_seconds())
    return found
