"""The columns of each kind of table. The head of a file may bear a column's name or its title in any language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.kernel.tables.reading import Cell
from camaug.kernel.text import fold
from camaug.people.models import SheetKind
from camaug.people.sheets import cells


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what the help says of it, how its cells are read.

    `needed`: no line without it; `for_new`: only a line that enters something new must have it.
    """

    name: str
    title: str | Promise
    help: str | Promise
    read: Callable[[Cell], Any]
    needed: bool = False
    for_new: bool = False
    width: int = 20

    def is_headed(self, head: str) -> bool:
        """Whether a file's head means this column; accents, letter case and an asterisk do not matter."""
        found = fold(head.rstrip(" *"))
        return found in {self.name, self.name.replace("_", " "), *(fold(one) for one in self._titles())}

    def _titles(self) -> list[str]:
        found = []
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found.append(str(self.title))
        return found


_FROM = _("The first day on which the line holds, as in 23/11/2026; today where nothing stands here.")

AGENCIES = (
    Column(
        "code",
        _("Identity code"),
        _("As QĐ 20/2020/QĐ-TTg gives it; the line is known by it."),
        cells.code,
        needed=True,
    ),
    Column("name", _("Name of the agency"), _("In full."), cells.text(200), for_new=True, width=44),
    Column("short_name", _("Short name"), _("Where there is one."), cells.text(80)),
    Column("name_en", _("Name in English"), _("Where there is one."), cells.text(200), width=30),
    Column(
        "kind",
        _("Kind of agency"),
        _("Code or name of a kind in the list below."),
        cells.text(80),
        for_new=True,
        width=24,
    ),
    Column(
        "level", _("Level"), _("Code or name of a level in the list below."), cells.text(80), for_new=True, width=14
    ),
    Column("parent", _("Code of the agency above"), _("It may stand in the same file, in any line."), cells.code),
    Column(
        "place",
        _("Code of the place"),
        _("The statistics code of the commune, district or province."),
        cells.text(10),
        width=14,
    ),
    Column("address", _("Address"), _("House, street, hamlet."), cells.text(300), width=36),
    Column("phone", _("Telephone"), _("As in 0290 3831 234."), cells.phone, width=16),
    Column("email", _("E-mail"), _("The agency's own address."), cells.email, width=28),
    Column("hours", _("Opening hours in words"), _("As citizens read them."), cells.text(200), width=30),
    Column("from_date", _("From day"), _FROM, cells.day, width=13),
)
OFFICERS = (
    Column(
        "official_email",
        _("Official e-mail"),
        _("The sign-in name; the line is known by it."),
        cells.email,
        needed=True,
        width=36,
    ),
    Column(
        "full_name", _("Name of the officer"), _("As in the personnel file."), cells.text(120), for_new=True, width=28
    ),
    Column("phone", _("Telephone"), _("As in 0918 000 123."), cells.phone, width=16),
    Column(
        "personal_number",
        _("Personal number"),
        _("12 digits, where it is known: the officer is kept out of their own cases."),
        cells.personal_number,
        width=18,
    ),
)
POSITIONS = (
    Column(
        "official_email",
        _("Official e-mail"),
        _("The officer's; he must have been entered before."),
        cells.email,
        needed=True,
        width=36,
    ),
    Column(
        "agency",
        _("Identity code of the agency"),
        _("The agency must be there on that day."),
        cells.code,
        needed=True,
        width=22,
    ),
    Column(
        "title",
        _("Title of the position"),
        _("Officer, agency and title together name the line."),
        cells.text(120),
        needed=True,
        width=30,
    ),
    Column(
        "roles",
        _("Roles"),
        _("Codes or names from the list below, divided by commas; “-” for none."),
        cells.several,
        width=34,
    ),
    Column(
        "main", _("Main position"), _("“có” or “không”; “có” where nothing stands here."), cells.yes_or_no, width=14
    ),
    Column("from_date", _("From day"), _FROM, cells.day, width=13),
    Column("until_date", _("Ends on day"), _("The first day without it, where it ends."), cells.day, width=16),
)
COLUMNS: Mapping[SheetKind, tuple[Column, ...]] = {
    SheetKind.AGENCIES: AGENCIES,
    SheetKind.OFFICERS: OFFICERS,
    SheetKind.POSITIONS: POSITIONS,
}
TITLES: Mapping[SheetKind, str | Promise] = {
    SheetKind.AGENCIES: _("Agencies"),
    SheetKind.OFFICERS: _("Officers"),
    SheetKind.POSITIONS: _("Positions"),
}
# How the file of each kind is called when it is downloaded.
FILES: Mapping[SheetKind, str] = {
    SheetKind.AGENCIES: "co-quan",
    SheetKind.OFFICERS: "can-bo",
    SheetKind.POSITIONS: "vi-tri",
}
