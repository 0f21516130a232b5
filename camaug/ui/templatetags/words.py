"""Filters that say dates, sums and numbers the Vietnamese way. `{% load words %}`"""

import re
from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from camaug.ui import vietnamese

register = template.Library()


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


@register.filter
def day(value: date | datetime | None) -> str:
    """23/11/2026"""
    if value is None:
        return ""
    return (_local(value) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


@register.filter
def clock(value: datetime | None) -> str:
    """08:12"""
    return "" if value is None else _local(value).strftime("%H:%M")


@register.filter
def moment(value: datetime | None) -> str:
    """08:12, 23/11/2026"""
    return "" if value is None else f"{clock(value)}, {day(value)}"


@register.filter
def long_day(value: date | datetime) -> str:
    """ngày 23 tháng 11 năm 2026"""
    return vietnamese.long_date(_local(value).date() if isinstance(value, datetime) else value)


@register.filter
def long_moment(value: datetime) -> str:
    """08 giờ 12 phút, ngày 23 tháng 11 năm 2026"""
    return vietnamese.long_time(_local(value))


@register.filter
def near(value: datetime, now: datetime) -> str:
    """ "today, 17:00", "tomorrow, 17:00", else "17:00, 25/11/2026". `now` is the page's instant."""
    there, here = _local(value), _local(now)
    words = {
        here.date(): _("today"),
        here.date() + timedelta(days=1): _("tomorrow"),
        here.date() - timedelta(days=1): _("yesterday"),
    }
    return f"{words[there.date()]}, {clock(value)}" if there.date() in words else moment(value)


@register.filter
def thousands(value: int | str | None) -> str:
    """1.234.567; what is no whole number comes back as it is."""
    if value is None or value == "":
        return ""
    return vietnamese.grouped(value) if isinstance(value, int) else str(value)


@register.filter
def dong(value: int | None) -> str:
    """1.234.567 đ"""
    return "" if value is None else f"{vietnamese.grouped(value)}\u00a0đ"


@register.filter
def dong_in_words(value: int) -> str:
    """Một triệu hai trăm ba mươi nghìn đồng"""
    return vietnamese.money_in_words(value)


@register.filter
def day_in_words(value: date) -> str:
    """Ngày mười tám tháng mười một năm hai nghìn không trăm hai mươi sáu"""
    return vietnamese.date_in_words(value)


@register.filter
def working_time(minutes: int) -> str:
    """Working minutes in words: "2 working hours 10 minutes"."""
    hours, rest = divmod(abs(int(minutes)), 60)
    parts = [_("{count} working hours").format(count=hours)] if hours else []
    if rest or not hours:
        parts.append(_("{count} minutes").format(count=rest))
    return " ".join(parts)


@register.filter
def phone(value: str) -> str:
    """A number in E.164 as people write it: +84912345678 gives 0912 345 678; a foreign one stays international."""
    if not value.startswith("+84"):
        return value
    national = "0" + value[3:]
    return re.sub(r"^(\d{4})(\d{3})(\d+)$", r"\1 \2 \3", national)


@register.filter
def share(value: float) -> str:
    """0.987 gives 98,7 %"""
    return f"{value * 100:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0%"
