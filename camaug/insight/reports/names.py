"""Names as of the days of a report, in the reader's language."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.catalogue.queries import by_codes, fields
from camaug.catalogue.queries.listing import named, rows
from camaug.people.queries import AgencyView, directory


def agency_names(*days: date) -> dict[UUID, AgencyView]:
    """Every agency that was there on one of these days, as of the last of them."""
    return {one.id: one for day in days for one in directory(day)}


def agency_name(agency: AgencyView | None) -> str:
    """Its name; what was there on none of the days has lost it."""
    if agency is None:
        return _("An agency that no longer exists")
    english = (get_language() or "").startswith("en")
    return agency.name_en if english and agency.name_en else agency.name


def field_names(day: date) -> dict[str, str]:
    """Fields by code."""
    return {view.code: named(view) for view in fields(day)}


def procedure_names(codes: Collection[str], day: date) -> dict[str, str]:
    """Procedures by code, in plain words."""
    return {row.code: row.short_name for row in rows(by_codes([*codes], day))}
