from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page

from camaug.cases.queries import Today, most_used
from camaug.cases.queries import today as figures_of
from camaug.catalogue.queries import (
    FieldView,
    LifeEventView,
    ProcedureHit,
    by_codes,
    by_life_event,
    fields,
    life_events,
)
from camaug.catalogue.queries.listing import named, rows
from camaug.kernel.clock import LOCAL
from camaug.kernel.pages import Request, public
from camaug.ui.templatetags.words import share, thousands

KEPT_FOR = timedelta(minutes=2)
KEY = "portal-home-1"


@dataclass(frozen=True, slots=True)
class Province:
    """What the home page tells of the province, as of an instant."""

    at: datetime
    used: tuple[ProcedureHit, ...]
    events: tuple[tuple[LifeEventView, tuple[ProcedureHit, ...]], ...]
    fields: tuple[FieldView, ...]
    today: Today


@public
@gzip_page
def home(request: Request) -> HttpResponse:
    """The front door: search, what most people need, events of life, follow a case, the province's figures."""
    province = _province(request.at)
    shown = {
        "used": rows(province.used),
        "events": [_tile(view, hits) for view, hits in province.events],
        "fields": [{"code": view.code, "name": named(view), "n": view.procedures} for view in province.fields],
        "figures": figures(province.today),
        "as_of": province.at,
        "follow": _follow(),
    }
    return render(request, "portal/home.html", shown)


def _province(at: datetime) -> Province:
    kept = cache.get(KEY)
    if isinstance(kept, Province):
        return kept
    on = at.astimezone(LOCAL).date()
    found = Province(
        at=at,
        used=by_codes(most_used(at=at), on),
        events=tuple((view, by_life_event(view.code, on)) for view in life_events(on)),
        fields=fields(on),
        today=figures_of(at=at),
    )
    cache.set(KEY, found, KEPT_FOR.total_seconds())
    return found


def _tile(view: LifeEventView, hits: tuple[ProcedureHit, ...]) -> dict[str, object]:
    """An event of life; it promises the procedures that are there."""
    names = [row.short_name for row in rows(hits)]
    return {"code": view.code, "name": named(view), "words": ", ".join(names[:3]), "more": max(0, len(names) - 3)}


def figures(today: Today) -> list[dict[str, str]]:
    """The province's figures as numbers with words; what is not known yet is left out."""
    found = [
        {
            "number": str(thousands(today.sent)),
            "words": ngettext("case sent in today", "cases sent in today", today.sent),
        }
    ]
    if today.on_time_percent is not None:
        words = _("of this month's results were on time or early")
        found.append({"number": share(today.on_time_percent / 100), "words": words})
    if today.until_received is not None:
        words = _("on average from sending in to being received")
        found.append({"number": duration(today.until_received), "words": words})
    return found


def duration(span: timedelta) -> str:
    """ "2 hours 10 minutes", "1 day 4 hours"; two units at most."""
    minutes = int(span.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = [
        (days, ngettext("{n} day", "{n} days", days)),
        (hours, ngettext("{n} hour", "{n} hours", hours)),
        (minutes % 60, ngettext("{n} minute", "{n} minutes", minutes % 60)),
    ]
    said = [words.format(n=n) for n, words in parts if n]
    return " ".join(said[:2]) or _("less than a minute")


def _follow() -> str:
    try:
        return reverse("citizen:follow")
    except NoReverseMatch:
        return ""
