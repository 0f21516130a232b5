from dataclasses import dataclass
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.queries import TABS, Filters, Inbox
from camaug.cases.queries import inbox as inbox_of
from camaug.cases.web.desk.narrowing import CHOICES, WORDS
from camaug.catalogue.queries import by_agency
from camaug.desk.navigation import is_clerk, is_set_apart, only_answers
from camaug.kernel.actors import Actor
from camaug.kernel.pages import Request, staff
from camaug.kernel.sought import Words
from camaug.people.queries import directory
from camaug.ui.administration import is_administrator

ROWS = 50
AT_THE_COUNTER = ("receive", "return")


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab with its count; None where none is counted."""

    label: str
    href: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, with the address without it."""

    label: str
    href: str


@staff
def home(request: Request) -> HttpResponseBase:
    """Where the day begins: the inbox, or for who only administers or operates the first page of that area."""
    if not is_set_apart(request.actor):
        return inbox(request)
    return redirect("desk:administration" if is_administrator(request.actor) else "desk:troubles")


@staff
def inbox(request: Request, tab: str = "") -> HttpResponseBase:
    """The officer's work by tab. Filters and the place in the list stand in the address."""
    if onward := WORDS.onward(request):
        return onward
    chosen, words = tab or _first_tab(request.actor), WORDS.read(request)
    asked = {name: request.GET.get(name, "").strip() for name in CHOICES}
    asked = {name: value for name, value in asked.items() if value} | words.query
    filters = Filters(
        procedure=asked.get("procedure", ""),
        channel=asked.get("channel", ""),
        mine="mine" in asked,
        words=words.text,
    )
    if filters.words:
        note_list_read("search.inbox", {"words": filters.words}, by=request.actor, at=request.at)
    found = inbox_of(
        request.actor, chosen, at=request.at, filters=filters, place=request.GET.get("from", ""), size=ROWS
    )
    procedures = _procedures(request)
    shown = {
        "inbox": found,
        "tabs": _tabs(found, asked, clerk=is_clerk(request.actor)),
        "filters": asked,
        "words": words.text,
        "procedures": procedures,
        "channels": _channels(),
        "chips": _chips(found, asked, words, {option.value: option.label for option in (*procedures, *_channels())}),
        "older": _page(asked, found.older),
        "newer": _page(asked, found.newer),
        "now": request.at,
    }
    return render(request, "desk/inbox.html", shown)


def _first_tab(actor: Actor) -> str:
    """Where the day begins: a clerk's with what came in, of whom others ask something with that."""
    if is_clerk(actor):
        return "receive"
    return "answer" if only_answers(actor) else "todo"


def _tabs(found: Inbox, asked: dict[str, str], *, clerk: bool) -> list[TabLink]:
    query = f"?{urlencode(asked)}" if asked else ""
    return [
        TabLink(
            label=str(tab.label),
            href=reverse(f"desk:{tab.name}") + query,
            current=tab.name == found.tab.name,
            count=found.counts.get(tab.name),
        )
        for tab in TABS
        if tab.name not in AT_THE_COUNTER or clerk or found.counts[tab.name] or tab.name == found.tab.name
    ]


def _chips(found: Inbox, asked: dict[str, str], sought: Words, labels: dict[str, str]) -> list[Chip]:
    def without(name: str) -> str:
        rest = {key: value for key, value in asked.items() if key != name}
        return reverse(f"desk:{found.tab.name}") + (f"?{urlencode(rest)}" if rest else "")

    words = {"mine": _("Assigned to me"), **dict.fromkeys(sought.query, f"“{sought.text}”")}
    return [Chip(words.get(name) or labels.get(value, value), without(name)) for name, value in asked.items()]


def _page(asked: dict[str, str], place: str) -> str:
    return f"?{urlencode({**asked, 'from': place})}" if place else ""


def _channels() -> tuple[Option, ...]:
    return (
        Option("ONLINE", _("Applied online")),
        Option("COUNTER", _("Applied at the counter")),
        Option("POST", _("Applied by post")),
    )


def _procedures(request: Request) -> tuple[Option, ...]:
    today = request.at.date()
    found = {hit.code: hit for kind, level in _sorts(request) for hit in by_agency(kind, level, today)}
    english = (get_language() or "").startswith("en")
    return tuple(Option(hit.code, hit.name_en if english and hit.name_en else hit.name) for hit in found.values())


def _sorts(request: Request) -> set[tuple[str, str]]:
    """Kind and level of the agencies in which the officer works, and of those right above them."""
    agencies = directory(request.at.date())
    own = [agencies.get(unit) for unit in request.actor.unit_ids if unit in agencies]
    above = [parent for agency in own for parent in agencies.above(agency.id)[:1]]
    return {(agency.kind, agency.level) for agency in (*own, *above)}
