"""A report, and the cases behind a number, as rows of files."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from camaug.cases.queries.reports import Column, streamed
from camaug.insight.reports.choice import Choice
from camaug.insight.reports.names import agency_name, agency_names
from camaug.insight.reports.table import FIRST, ReportLine, ReportTable, table_of
from camaug.insight.reports.words import CHANNELS, STANDINGS
from camaug.kernel.actors import Actor
from camaug.kernel.tables.streaming import Cell, Sheet
from camaug.ui.templatetags.words import moment


def report_sheet(choice: Choice, narrowed: str) -> Sheet:
    """The table as the page shows it: ordinals, the sum below, and under it what the form has no column for."""
    table = table_of(choice)
    head = [
        pgettext("prescribed form", "No."),
        str(FIRST[choice.by]),
        *(f"{one.over} – {one.words}" for one in table.columns),
    ]
    return Sheet(
        name=_("Report"),
        titles=titles(choice, _("Report on the resolution of cases"), narrowed, table.formula.source),
        head=head,
        widths=[7, 44, *([13] * len(table.columns))],
        rows=[*_numbered(table), *(["", words] for words, _href in table.beside())],
    )


def cases_sheet(choice: Choice, column: Column, narrowed: str, *, actor: Actor) -> Sheet:
    """All cases behind a number; read while they are sent."""
    columns: list[tuple[str, int]] = [
        (_("No."), 7),
        (_("Case code"), 27),
        (_("Procedure"), 44),
        (_("Agency that decides"), 34),
        (_("Channel"), 13),
        (_("Applicant"), 26),
        (_("Received"), 17),
        (_("Promised"), 17),
        (_("Resolved"), 17),
        (_("State"), 20),
        (_("In this report"), 16),
    ]
    title = f"{_('Cases')}: {column.over} – {column.words}"
    return Sheet(
        name=_("Cases"),
        titles=titles(choice, title, narrowed, str(column.says)),
        head=[words for words, _width in columns],
        widths=[width for _words, width in columns],
        rows=_cases(choice, column, actor),
    )


def titles(choice: Choice, title: str, narrowed: str, said: str) -> list[str]:
    """What stands above every table: title, whose, when, as of when, by which formula."""
    agency = choice.agency.name
    whose = _("{agency} and all agencies under it").format(agency=agency) if choice.below else agency
    closed = _("As of {at}").format(at=moment(choice.window().as_of))
    return [title, "; ".join(part for part in (whose, narrowed) if part), f"{choice.span.label}. {closed}.", said]


def _numbered(table: ReportTable) -> Iterator[list[Cell]]:
    for ordinal, line in enumerate(table.lines, start=1):
        yield [ordinal, *_numbers(line, table)]
    yield ["", *_numbers(table.foot, table)]


def _numbers(line: ReportLine, table: ReportTable) -> list[Cell]:
    return [line.label, *(line.numbers[column.name] for column in table.columns)]


def _cases(choice: Choice, column: Column, actor: Actor) -> Iterator[list[Cell]]:
    names = {key: agency_name(one) for key, one in agency_names(choice.span.first, choice.day).items()}
    closed = agency_name(None)
    found = streamed(choice.asked(), column, choice.window(), actor=actor)
    for number, row in enumerate(found, start=1):
        yield [
            number,
            row.code,
            row.procedure,
            names.get(row.agency_id, closed),
            str(CHANNELS[row.channel]),
            row.applicant,
            row.received_at,
            row.promised_at,
            row.finished_at,
            str(row.state_label),
            str(STANDINGS[row.standing][0]),
        ]
