"""Days as people type them."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError

EARLIEST_YEAR, LATEST_YEAR = 1850, 2200
_TYPED = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_RUN_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


class NotADate(DomainError):
    """Text without day, month and year."""

    sentence = _("Write day, month and year in digits, for example 27/3/2007.")


class NoSuchDay(DomainError):
    """A day that the calendar does not have, or one centuries away."""

    sentence = _("The calendar has no such day. Check day, month and year.")


def parse_day(text: str) -> date:
    """The day of '27/3/2007', '27-03-2007', '27.3.2007', '27032007' or '2007-03-27'. Raises NotADate or NoSuchDay."""
    iso = _ISO.fullmatch(text)
    typed = _TYPED.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif typed:
        day, month, year = (int(part) for part in typed.groups())
    else:
        raise NotADate
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NoSuchDay
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay from None


def boxes(text: str) -> tuple[str, str, str]:
    """The three boxes day, month, year that show an answer, typed or stored, good or bad."""
    if iso := _ISO.fullmatch(text):
        return str(int(iso["day"])), str(int(iso["month"])), iso["year"]
    if joined := _RUN_TOGETHER.fullmatch(text):
        return joined[1], joined[2], joined[3]
    parts = re.split(r"[/.\- ]", text, maxsplit=2)
    day, month, year = [*parts, "", ""][:3]
    return day, month, year


def display_day(iso: str) -> str:
    """'2007-03-27' as '27/03/2007'; anything else as it is."""
    match = _ISO.fullmatch(iso)
    return f"{match['day']}/{match['month']}/{match['year']}" if match else iso
