from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.queries import FieldView, ProcedureHit, browse, fields, search
from camaug.catalogue.queries.listing import named, rows
from camaug.kernel.pages import Request, public
from camaug.people.queries import directory

WORDS = 100
MOST = 100
FILTERS = ("field", "level", "channel")
CHANNELS = {
    Channel.ONLINE: gettext_lazy("Online"),
    Channel.COUNTER: gettext_lazy("At a counter"),
    Channel.POST: gettext_lazy("By post"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for in the address: words and filters, each empty where none is set."""

    q: str
    field: str
    level: str
    channel: str

    def address(self, *, without: str = "") -> str:
        """The query of a list with these filters, but for one."""
        left = {"q": self.q, **{name: getattr(self, name) for name in FILTERS if name != without}}
        return "?" + urlencode({name: value for name, value in left.items() if value})


@public
@gzip_page
def procedures(request: Request) -> HttpResponse:
    """All procedures, or those that fit the words and the filters; the whole choice lives in the address."""
    today = request.at.date()
    known = fields(today)
    options = _options(request, known)
    choice = _choice(request, options)
    found = _found(choice, request)
    shown = {
        "choice": choice,
        "rows": rows(found),
        "options": options,
        "chosen": _chosen(choice, options),
        "clear": Choice(choice.q, "", "", "").address(),
        "fields": [{"code": view.code, "name": named(view)} for view in known],
    }
    return render(request, "portal/procedures.html", shown)


def _options(request: Request, known: tuple[FieldView, ...]) -> dict[str, list[dict[str, str]]]:
    levels = {agency.level: agency.level_name for agency in directory(request.at.date()) if agency.level != "CENTRAL"}
    return {
        "field": [{"value": view.code, "label": named(view)} for view in known],
        "level": [{"value": code, "label": name} for code, name in levels.items()],
        "channel": [{"value": channel, "label": str(words)} for channel, words in CHANNELS.items()],
    }


def _choice(request: Request, options: dict[str, list[dict[str, str]]]) -> Choice:
    known = {name: {option["value"] for option in options[name]} for name in FILTERS}
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    return Choice(
        q=request.GET.get("q", "").strip()[:WORDS],
        **{name: value if value in known[name] else "" for name, value in asked.items()},
    )


def _found(choice: Choice, request: Request) -> tuple[ProcedureHit, ...]:
    on = request.at.date()
    if not choice.q:
        return browse(on, field=choice.field, level=choice.level, channel=choice.channel, limit=MOST)
    return tuple(
        hit
        for hit in search(choice.q, on, limit=MOST)
        if choice.field in ("", hit.field)
        and choice.level in ("", hit.level)
        and (not choice.channel or choice.channel in hit.channels)
    )


def _chosen(choice: Choice, options: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    titles = {"field": _("Field"), "level": _("Level"), "channel": _("How")}
    return [
        {"label": f"{titles[name]}: {option['label']}", "href": choice.address(without=name)}
        for name in FILTERS
        for option in options[name]
        if option["value"] == getattr(choice, name)
    ]
