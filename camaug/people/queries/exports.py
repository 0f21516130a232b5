"""Agencies, officers and positions as rows of the tables that can be imported again; read one by one."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _

from camaug.people.models import AgencyTerm, Officer, Position, SheetKind
from camaug.people.numbers import display_phone
from camaug.people.sheets.columns import COLUMNS

CHUNK = 1000


def table_head(kind: SheetKind) -> list[str]:
    """The titles of the columns."""
    return [str(column.title) for column in COLUMNS[kind]]


def table_rows(kind: SheetKind, day: date) -> Iterator[Sequence[str]]:
    """What holds on that day, in the order of the columns."""
    return _ROWS[kind](day)


def _agencies(day: date) -> Iterator[Sequence[str]]:
    rows = AgencyTerm.objects.filter(_running(day), valid_from__lte=day).select_related("agency", "kind", "level")
    rows = rows.annotate(parent_code=F("parent__code"), place_code=F("place__code"))
    for term in rows.order_by("level__rank", "agency__code").iterator(chunk_size=CHUNK):
        yield (
            term.agency.code,
            term.name,
            term.short_name,
            term.name_en,
            term.kind.name,
            term.level.name,
            term.parent_code or "",
            term.place_code or "",
            term.address,
            _phone(term.phone),
            term.email,
            term.hours,
            _day(term.valid_from),
        )


def _officers(day: date) -> Iterator[Sequence[str]]:
    """Personal numbers do not leave in a table; an empty cell leaves them as they are."""
    rows = Officer.objects.filter(Q(left_date=None) | Q(left_date__gt=day)).order_by("sort_key", "id")
    for officer in rows.iterator(chunk_size=CHUNK):
        yield officer.official_email, officer.full_name, _phone(officer.phone), ""


def _positions(day: date) -> Iterator[Sequence[str]]:
    serving = Q(officer__left_date=None) | Q(officer__left_date__gt=day)
    rows = Position.objects.filter(serving, _running(day)).select_related("officer", "agency")
    for position in rows.order_by("agency__code", "officer__sort_key", "id").iterator(chunk_size=CHUNK):
        yield (
            position.officer.official_email,
            position.agency.code,
            position.title,
            ", ".join(position.roles),
            _("yes") if position.main else _("no"),
            _day(position.valid_from),
            _day(position.valid_until),
        )


def _running(day: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=day)


def _phone(e164: str) -> str:
    return display_phone(e164) if e164 else ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


_ROWS: dict[SheetKind, Callable[[date], Iterator[Sequence[str]]]] = {
    SheetKind.AGENCIES: _agencies,
    SheetKind.OFFICERS: _officers,
    SheetKind.POSITIONS: _positions,
}
