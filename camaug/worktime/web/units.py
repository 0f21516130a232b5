"""Whose calendar a page is about: the province's, or that of the agency whose code stands in the address."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError, NotFound
from camaug.people.queries import AgencyView, directory


class NoSuchAgency(DomainError):
    """The code names no agency of that day."""

    sentence = _("There is no agency with the code “{code}”. Choose one of the list.")


def agency_called(code: str, *, on: date) -> AgencyView | None:
    """The agency of that identity code; None for the province (""), NoSuchAgency."""
    wanted = code.strip().upper()
    if not wanted:
        return None
    try:
        return directory(on).by_code(wanted)
    except NotFound as missing:
        raise NoSuchAgency(code=code.strip()) from missing
