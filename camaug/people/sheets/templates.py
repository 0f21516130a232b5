"""Empty tables to fill in, and the page of help that comes with the workbook."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from camaug.kernel.tables.writing import Page
from camaug.people.models import SheetKind
from camaug.people.sheets.columns import COLUMNS, TITLES

type Words = Sequence[tuple[str, str]]


def empty_table(kind: SheetKind) -> Page:
    """The sheet with nothing but its head."""
    columns = COLUMNS[kind]
    return Page(str(TITLES[kind]), [str(one.title) for one in columns], (), [one.width for one in columns])


def help_page(kind: SheetKind, lists: Sequence[tuple[str, Words]]) -> Page:
    """What stands in each column; below it the lists (title, (code, name)) of what may be chosen."""
    return Page(
        _("Help"), [_("Column"), _("Must be filled in"), _("What stands here")], _help(kind, lists), (30, 22, 60)
    )


def _help(kind: SheetKind, lists: Sequence[tuple[str, Words]]) -> Iterator[Sequence[str]]:
    for column in COLUMNS[kind]:
        when = _("always") if column.needed else _("for a new line") if column.for_new else ""
        yield str(column.title), when, str(column.help)
    yield ()
    yield (_("An empty cell leaves what is there. Nothing is ever deleted."),)
    for title, words in lists:
        yield ()
        yield (title,)
        for code, name in words:
            yield code, "", name
