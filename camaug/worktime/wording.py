"""Working time in words."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camaug.worktime.limits import WORKING_DAY

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def remaining_words(left: timedelta, *, past: bool = False) -> str:
    """What is left of a limit (negative: how late it is), in the largest unit that fits, rounded down.

    Units: working days of 8 hours, working hours, working minutes. `past`: the instant itself has passed, though no
    working time has gone by since, as in the evening of the day.
    """
    size = abs(left)
    if size < MINUTE:
        return _("only just overdue") if past or left < timedelta() else _("due now")
    unit = next(unit for unit in (WORKING_DAY, HOUR, MINUTE) if size >= unit)
    n = size // unit
    words = _late(unit, n) if left < timedelta() else _left(unit, n)
    return words.format(n=n)


def _left(unit: timedelta, n: int) -> str:
    if unit == WORKING_DAY:
        return ngettext("{n} working day left", "{n} working days left", n)
    if unit == HOUR:
        return ngettext("{n} working hour left", "{n} working hours left", n)
    return ngettext("{n} working minute left", "{n} working minutes left", n)


def _late(unit: timedelta, n: int) -> str:
    if unit == WORKING_DAY:
        return ngettext("{n} working day late", "{n} working days late", n)
    if unit == HOUR:
        return ngettext("{n} working hour late", "{n} working hours late", n)
    return ngettext("{n} working minute late", "{n} working minutes late", n)
