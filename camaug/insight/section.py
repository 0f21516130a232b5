"""The parts of the pages of figures: a question, a chart that answers it, the table behind the chart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.cases.queries import Figures, total
from camaug.insight import chart, lines, sheet
from camaug.insight.chart import Bar, Columns
from camaug.insight.line import Line
from camaug.insight.period import Period
from camaug.insight.sheet import Sheet
from camaug.insight.small import rating_is_shown
from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView, directory
from camaug.ui.templatetags.words import share, thousands

BUSIEST = 10
TIMELY_WORDS = {
    "early": gettext_lazy("Early"),
    "on-time": gettext_lazy("On time"),
    "late": gettext_lazy("Late"),
    "undated": gettext_lazy("Without a promised day"),
}
RATING_WORDS = {
    "early": gettext_lazy("Very satisfied"),
    "on-time": gettext_lazy("Satisfied"),
    "late": gettext_lazy("Not satisfied"),
}


@dataclass(frozen=True, slots=True)
class Legend:
    """A kind of segment in words, with its number and share in the whole."""

    kind: str
    words: str | Promise
    number: int
    share: str


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its chart and table. `whole` is the table of the file where the page shows a part of it."""

    name: str
    title: str
    sheet: Sheet
    legend: tuple[Legend, ...] = ()
    bars: tuple[tuple[Bar, str], ...] = ()
    columns: Columns | None = None
    note: str = ""
    whole: Sheet | None = None

    @property
    def file(self) -> Sheet:
        """The table as the CSV file holds it."""
        return self.whole or self.sheet


def of_province(period: Period, at: datetime) -> tuple[Section, ...]:
    """What the whole province's page shows."""
    found = lines.of_province(period, at=at)
    agencies, fields = found.agencies, found.fields
    return (
        _timely(_whole(fields, _("Whole province"))),
        _monthly(found.months),
        _cases("levels", _("By kind and level"), gettext_lazy("Kind and level"), lines.by_level(agencies)),
        _cases("agencies", _("By agency"), gettext_lazy("Agency"), agencies),
        _cases("fields", _("By field"), gettext_lazy("Field"), fields),
        *_rated(_whole(fields, _("Whole province")), gettext_lazy("Agency"), agencies),
    )


def of_agency(agency: AgencyView, period: Period, at: datetime) -> tuple[Section, ...]:
    """What an agency's page shows: its own cases, and those of the agencies right under it."""
    every, found = lines.of_province(period, at=at).agencies, lines.of_agency(agency, period, at=at)
    some = next((line.figures for line in every if line.key == agency.code), Figures())
    own = Line(agency.code, agency.name, some)
    under = {child.code for child in directory(min(period.last, at.astimezone(LOCAL).date())).children(agency.id)}
    below = [line for line in every if line.key in under]
    fields, procedures = found.fields, found.procedures
    few = _("Rows with fewer than 5 cases are put together, so that the figures point at nobody.")
    parts = [_timely(own), _monthly(found.months)]
    if fields:
        parts.append(_cases("fields", _("By field"), gettext_lazy("Field"), fields, note=few))
    if procedures:
        parts.append(_cases("procedures", _("By procedure"), gettext_lazy("Procedure"), procedures, note=few))
    if below:
        parts.append(_cases("below", _("Agencies that belong to it"), gettext_lazy("Agency"), below))
    return (*parts, *_rated(own, gettext_lazy("Agency"), [own] if own.figures.rated else []))


def of_field(name: str, code: str, period: Period, at: datetime) -> tuple[Section, ...]:
    """What a field's page shows, for the whole province."""
    found = lines.of_field(code, period, at=at)
    procedures = found.procedures
    whole = _whole(procedures, name)
    return (
        _timely(whole),
        _monthly(found.months),
        _cases("procedures", _("By procedure"), gettext_lazy("Procedure"), procedures),
        *_rated(whole, gettext_lazy("Procedure"), procedures),
    )


def _whole(parts: Sequence[Line], name: str) -> Line:
    return Line("whole", name, total(line.figures for line in parts))


def _timely(line: Line) -> Section:
    some = line.figures
    legend = _legend(some, chart.TIMELINESS, TIMELY_WORDS, some.early + some.on_time + some.late + some.undated)
    title = _("How many results came on time")
    bars = chart.bars([line], chart.TIMELINESS, full=True) if some.resolved else ()
    return Section(
        "timeliness",
        title,
        sheet.cases(title, gettext_lazy("Whose"), [line]),
        legend=legend,
        bars=tuple((bar, _resolved(bar.line.figures)) for bar in bars),
    )


def _monthly(months: Sequence[Line]) -> Section:
    title = _("Month by month")
    return Section("months", title, sheet.months(title, months), columns=chart.columns(months))


def _cases(name: str, title: str, first: str | Promise, found: Sequence[Line], *, note: str = "") -> Section:
    shown = list(found[:BUSIEST])
    cut = len(found) > BUSIEST
    whole = sheet.cases(title, first, found)
    bars = chart.bars(shown, chart.TIMELINESS)
    return Section(
        name,
        title,
        sheet.cases(title, first, shown, summed=False) if cut else whole,
        bars=tuple((bar, _resolved(bar.line.figures)) for bar in bars),
        note=note or (_("The {number} with the most cases.").format(number=BUSIEST) if cut else ""),
        whole=whole,
    )


def _rated(line: Line, first: str | Promise, parts: Sequence[Line]) -> tuple[Section, ...]:
    title = _("How people found the service")
    shown = [part for part in parts if rating_is_shown(part.figures)]
    some = line.figures
    if not rating_is_shown(some):
        few = _("Fewer than 5 people rated in this period; the shares are shown from 5 on.")
        return (Section("ratings", title, sheet.ratings(title, first, []), note=few),)
    whole = sheet.ratings(title, first, parts)
    bars = chart.bars([line, *(part for part in shown[:BUSIEST] if part != line)], chart.SATISFACTION, full=True)
    return (
        Section(
            "ratings",
            title,
            whole,
            legend=_legend(some, chart.SATISFACTION, RATING_WORDS, some.rated),
            bars=tuple((bar, _contented(bar.line.figures)) for bar in bars),
            note=_("Rating is everybody's free choice; no result depends on it."),
        ),
    )


def _legend(
    some: Figures, parts: Sequence[tuple[str, Callable[[Figures], int]]], words: Mapping[str, str | Promise], of: int
) -> tuple[Legend, ...]:
    found = [(kind, count(some)) for kind, count in parts]
    return tuple(
        Legend(kind, words[kind], number, share(number / of) if of else "")
        for kind, number in found
        if number or kind != "undated"
    )


def _resolved(some: Figures) -> str:
    if not some.resolved:
        return _("no result yet")
    number = thousands(some.resolved)
    if some.timely_share is None:
        return _("{number} resolved").format(number=number)
    return _("{number} resolved, {share} on time").format(number=number, share=share(some.timely_share))


def _contented(some: Figures) -> str:
    return _("{number} ratings, {share} satisfied").format(
        number=thousands(some.rated), share=share(some.content_share or 0)
    )
