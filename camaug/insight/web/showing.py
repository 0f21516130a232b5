"""What every page of figures shows around its sections."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.queries import Figures, first_month
from camaug.insight.period import Period, offered, period_from
from camaug.insight.section import Section
from camaug.kernel.pages import Request
from camaug.ui.templatetags.words import share, thousands


def asked_period(request: Request) -> Period:
    """The period in the address; this month where none, or none that is one, is asked for."""
    return period_from(request.GET.get("period", ""), request.at.date())


def frame(request: Request, period: Period, sections: Sequence[Section], **scope: str) -> dict[str, Any]:
    """Period, choices, headline figures, sections with the addresses of their files."""
    today, oldest = request.at.date(), first_month()
    older, newer = period.before(), period.after()
    some = sections[0].sheet.lines[0].figures
    return {
        "period": period,
        "choices": tuple(offered(today, oldest)),
        "older": _at(request, older) if oldest and older.until > oldest else "",
        "newer": _at(request, newer) if newer.first <= today else "",
        "running": period.until > today,
        "at": request.at,
        "headline": headline(some),
        "figures": some,
        "sections": [(section, file_of(section.name, period, **scope)) for section in sections],
    }


def headline(some: Figures) -> list[dict[str, str]]:
    """The few numbers that most people come for."""
    found = [
        {"number": str(thousands(some.received)), "words": _("cases received")},
        {"number": str(thousands(some.resolved)), "words": _("cases resolved")},
    ]
    if some.timely_share is not None:
        found.append({"number": share(some.timely_share), "words": _("of the results early or on time")})
    under_way = _("cases under way, {number} of them overdue").format(number=thousands(some.overdue))
    return [*found, {"number": str(thousands(some.open)), "words": under_way}]


def file_of(name: str, period: Period, **scope: str) -> str:
    """The address of a table's CSV file."""
    return f"{reverse('insight:table', args=[name])}?{urlencode({'period': period.key, **scope})}"


def _at(request: HttpRequest, period: Period) -> str:
    return f"{request.path}?period={period.key}"
