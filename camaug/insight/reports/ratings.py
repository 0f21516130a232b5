"""Lines of ratings, by agency and by officer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.cases.queries.reports.rated import OfficerSaid, Said, said_by_agency, said_by_officer
from camaug.insight.reports.choice import Choice
from camaug.insight.reports.files import titles
from camaug.insight.reports.names import agency_name, agency_names
from camaug.kernel.tables.streaming import Cell, Sheet
from camaug.ui.templatetags.words import share

SAID: tuple[tuple[str, Any], ...] = (
    ("total", gettext_lazy("Ratings")),
    ("very_satisfied", gettext_lazy("Very satisfied")),
    ("satisfied", gettext_lazy("Satisfied")),
    ("not_satisfied", gettext_lazy("Not satisfied")),
)


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A line: whose, the numbers each with the address of its ratings ("" for none), the share of the satisfied."""

    label: str
    cells: tuple[tuple[Any, int, str], ...]
    share: str


def agency_lines(choice: Choice, found: Mapping[UUID, Said]) -> Iterator[RatingLine]:
    """One line an agency, the most rated first."""
    agencies = agency_names(choice.span.first, choice.day)
    for key, said in sorted(found.items(), key=lambda one: (-one[1].total, str(one[0]))):
        agency = agencies.get(key)
        own = replace(choice, agency=agency, below=False) if agency else None
        yield _line(agency_name(agency), said, own)


def officer_lines(choice: Choice, found: Sequence[OfficerSaid]) -> Iterator[RatingLine]:
    """One line a post."""
    for one in found:
        yield _line(one.name or _("Unknown"), one.said, choice, post=str(one.post))


def ratings_sheet(choice: Choice, narrowed: str) -> Sheet:
    """Both tables as one sheet."""
    asked, window = choice.asked(), choice.window()
    lines = [
        *((_("Agency"), line) for line in agency_lines(choice, said_by_agency(asked, window))),
        *((_("Officer"), line) for line in officer_lines(choice, said_by_officer(asked, window))),
    ]
    rows: list[list[Cell]] = [[sort, one.label, *(n for _w, n, _h in one.cells), one.share] for sort, one in lines]
    said = _("A rating counts at the agency that decided, and with every officer who had the case in hand.")
    return Sheet(
        name=_("Ratings"),
        titles=titles(choice, _("Ratings by applicants"), narrowed, said),
        head=[_("Line"), _("Whose"), *(str(words) for _name, words in SAID), _("Satisfied and more")],
        widths=[12, 44, 14, 14, 14, 14, 14],
        rows=rows,
    )


def _line(label: str, said: Said, choice: Choice | None, **more: str) -> RatingLine:
    cells = []
    for name, words in SAID:
        number = getattr(said, name)
        linked = choice.address("insight:report_ratings_list", said=name, **more) if choice and number else ""
        cells.append((words, number, linked))
    return RatingLine(label, tuple(cells), share(said.content) if said.content is not None else "")
