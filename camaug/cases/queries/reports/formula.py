"""The columns of Biểu II.06a/VPCP/KSTT (TT 01/2020/TT-VPCP): what each counts, in words and as the one condition of it.

A formula is dated: a report is counted by the one in force on the last day of its period, and says which. The form
counts two sorts of cases as resolved on time that the public figures do not: what waits for a supplement when the
period closes, and what was returned or withdrawn. What was late when the supplement was asked, or was asked for one
twice, is late in both. PUBLIC counts as the public figures do (`queries.counting`).

One instant of a case, `promised_at`, says of every closing instant whether the case was past its time then, so that a
report of a month that is over stays what it was, whatever stops and apologies came since.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from camaug.cases.lifecycle import State
from camaug.cases.queries.reports.window import Window
from camaug.catalogue.definition.limits import Channel


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in addresses, the words over it and its neighbours, its own, what it counts, and the cases,
    among all of the window.

    `parts` are the columns that add up to it. `rare`: the form has no place for it; told below the table where any are.
    """

    name: str
    over: Any
    words: Any
    says: Any
    condition: Callable[[Window], Q]
    parts: tuple[str, ...] = ()
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """The columns as they are counted from the day `since` on."""

    version: str
    since: date
    source: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((one for one in self.columns if one.name == name), None)


_ONLINE = Q(channel=Channel.ONLINE)
_SECOND = Q(second_supplement=True)
_PROMISED = Q(promised_at__isnull=False)
_KEPT = ~_SECOND & _PROMISED & Q(finished_at__lte=F("promised_at"))
_EARLIER_DAY = Q(ended_day__lt=F("promised_day"))


def _late(window: Window) -> Q:
    return window.ended() & (_SECOND | (_PROMISED & Q(finished_at__gt=F("promised_at"))))


def _past(window: Window) -> Q:
    return Q(promised_at__lt=window.as_of)


def _not_past(window: Window) -> Q:
    return Q(promised_at__isnull=True) | Q(promised_at__gte=window.as_of)


def _waiting_late(window: Window) -> Q:
    return window.waiting() & (_past(window) | window.waiting(again=True))


def _waiting_in_time(window: Window) -> Q:
    return window.waiting() & _not_past(window) & ~window.waiting(again=True)


_IN, _OUT, _OPEN = _("Received"), _("Resolved"), _("Under way")
_TOTAL = pgettext_lazy("cases", "Total")

_COLUMNS = (
    Column(
        "received",
        _IN,
        _TOTAL,
        _("All that was to be done: carried over, and taken in during the period."),
        lambda window: window.everything(),
        parts=("online", "direct", "carried"),
    ),
    Column(
        "online",
        _IN,
        _("Online"),
        _("Sent online, and taken in by reception during the period."),
        lambda window: window.received() & _ONLINE,
    ),
    Column(
        "direct",
        _IN,
        _("Counter, post"),
        _("Brought to the counter or sent by post, and taken in during the period."),
        lambda window: window.received() & ~_ONLINE,
    ),
    Column(
        "carried",
        _IN,
        _("Carried over"),
        _("Taken in before the period, without a result when it began."),
        lambda window: window.carried(),
    ),
    Column(
        "resolved",
        _OUT,
        _TOTAL,
        _("Brought to a result or a stop before the period closes; the result is published, not yet handed out."),
        lambda window: window.ended(),
        parts=("early", "on_time", "late", "undated"),
    ),
    Column(
        "early",
        _OUT,
        _("Early"),
        _("The result came on a day before the promised one."),
        lambda window: window.ended() & _KEPT & _EARLIER_DAY,
    ),
    Column(
        "on_time",
        _OUT,
        _("On time"),
        _("The result came on the promised day, at the promised hour or before. Times that do not count by law are not "
          "counted; what was promised first holds, not the new date of an apology."),
        lambda window: window.ended() & _KEPT & ~_EARLIER_DAY,
    ),
    Column(
        "late",
        _OUT,
        _("Late"),
        _("The result came after the promised time, or the applicant was asked twice for papers. What was late when "
          "the clock was stopped stays late."),
        _late,
    ),
    Column(
        "undated",
        _OUT,
        _("Without a promised day"),
        _("Resolved, where no time was promised."),
        lambda window: window.ended() & ~_SECOND & Q(promised_at__isnull=True),
        rare=True,
    ),
    Column(
        "open",
        _OPEN,
        _TOTAL,
        _("Without a result when the period closes, or now."),
        lambda window: window.under_way(),
        parts=("in_time", "overdue"),
    ),
    Column(
        "in_time",
        _OPEN,
        _("In time"),
        _("Under way and not past the promised time, or with the clock stopped: papers or money are awaited."),
        lambda window: window.under_way() & _not_past(window),
    ),
    Column(
        "overdue",
        _OPEN,
        _("Overdue"),
        _("Under way and past the promised time when the period closes, or now; what was past it when the clock was "
          "stopped stays so."),
        lambda window: window.under_way() & _past(window),
    ),
)  # fmt: skip

_RETURNED = Q(state=State.STOPPED)


def _but_returned(column: Column) -> Column:
    return replace(column, condition=lambda window: column.condition(window) & ~_RETURNED)


def _but_waiting(column: Column) -> Column:
    return replace(column, condition=lambda window: column.condition(window) & ~window.waiting())


_AS_THE_FORM_SAYS: dict[str, Callable[[Column], Column]] = {
    "resolved": lambda column: replace(
        column,
        says=_("Brought to a result or a stop before the period closes, or waiting for a supplement when it closes; "
               "the result is published, not yet handed out."),
        condition=lambda window: column.condition(window) | window.waiting(),
    ),
    "on_time": lambda column: replace(
        column,
        says=_("The result came on the promised day, at the promised hour or before; also what waits for a supplement "
               "when the period closes and was asked for it in time, and what was returned or withdrawn. What was "
               "promised first holds, not the new date of an apology."),
        condition=lambda window: (
            column.condition(window) | (window.ended() & _RETURNED) | _waiting_in_time(window)
        ),
    ),
    "early": _but_returned,
    "late": lambda column: replace(
        column,
        says=_("The result came after the promised time, or the applicant was asked twice for papers; also what waits "
               "for a supplement when the period closes and was late when asked for it, or was asked twice. What was "
               "late when the clock was stopped stays late."),
        condition=lambda window: _but_returned(column).condition(window) | _waiting_late(window),
    ),
    "undated": _but_returned,
    "open": lambda column: replace(
        _but_waiting(column),
        says=_("Without a result when the period closes, or now, and not waiting for a supplement."),
    ),
    "in_time": _but_waiting,
    "overdue": _but_waiting,
}  # fmt: skip
_OF_THE_FORM = tuple(_AS_THE_FORM_SAYS.get(column.name, replace)(column) for column in _COLUMNS)

FORMULAS: tuple[Formula, ...] = (
    Formula("1", date(2020, 1, 1), "Biểu II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP)", _OF_THE_FORM),
)
"""In order; the next circular (07a/BTP) becomes a second line here."""
PUBLIC = Formula("public", date(2020, 1, 1), "", _COLUMNS)
"""How the public figures count."""


def formula_on(day: date) -> Formula:
    """The formula in force on that day; the first one before it."""
    return next((one for one in reversed(FORMULAS) if one.since <= day), FORMULAS[0])
