"""How long it takes, in words."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from camaug.catalogue.definition.limits import Channel, TimeLimit
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.wording import limit_words, told
from camaug.catalogue.leaflet.words import channel_words, sentence, spelled
from camaug.worktime.limits import CutoffEffect, Unit


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A limit; `whose` names its channels or its cases, and is empty where it holds for everybody."""

    whose: str
    words: str
    late_in_the_day: str
    days_off: str
    note: str
    verify: bool


def time_lines(definition: Definition, on: date) -> tuple[TimeLine, ...]:
    """The limits in force on that day: the general ones, channels with the same limit together, then special cases."""
    by_limit: dict[TimeLimit, list[Channel]] = {}
    for channel in definition.channels:
        by_limit.setdefault(definition.limit_for(channel, on), []).append(channel)
    alone = len(by_limit) == 1
    general = [
        _line(limit, "" if alone else sentence(channel_words(tuple(channels)))) for limit, channels in by_limit.items()
    ]
    special = [limit for limit in definition.limits if limit.when is not None and limit.in_force(on)]
    return (*general, *(_line(limit, _case(limit)) for limit in special))


def _case(limit: TimeLimit) -> str:
    case = told(limit, "when_text")
    return f"{case}, {channel_words(limit.channels)}" if limit.channels else case


def _line(limit: TimeLimit, whose: str) -> TimeLine:
    working = bool(limit.amount) and limit.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
    return TimeLine(
        whose=whose,
        words=limit_words(limit),
        late_in_the_day=_late(limit),
        days_off=_("Weekends and public holidays are not counted.") if working else "",
        note=spelled(told(limit, "note").removeprefix(f"{limit_words(limit)}. ")),
        verify=limit.verify or limit.amount is None,
    )


def _late(limit: TimeLimit) -> str:
    if limit.cutoff is None:
        return ""
    hour = _hour(limit.cutoff)
    if limit.cutoff_effect == CutoffEffect.HAND_OVER_ONLY:
        return _("What comes after {hour} is passed on the next working day; the time counts all the same.").format(
            hour=hour
        )
    if limit.amount == 0:
        return _(
            "Apply by {hour} and you have it the same day. Later than {hour}, you have it on the next working day."
        ).format(hour=hour)
    return _("What comes after {hour} counts from the next working day.").format(hour=hour)


def _hour(at: time) -> str:
    if at.minute:
        return _("{hours}:{minutes:02d}").format(hours=at.hour, minutes=at.minute)
    return _("{hours} o'clock").format(hours=at.hour)
