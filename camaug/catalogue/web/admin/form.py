"""The page of a draft's form: sections, pages and questions in their order, moved by dragging or by buttons."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.catalogue.actions.change_draft import change_draft
from camaug.catalogue.drafting.conditions import rows_of
from camaug.catalogue.drafting.edits import Added, Edit
from camaug.catalogue.drafting.naming import free_name
from camaug.catalogue.drafting.places import Place, address_of, list_at, place_in
from camaug.catalogue.drafting.sheets import heading
from camaug.catalogue.drafting.words import condition_words
from camaug.catalogue.queries.editing import DraftView, draft_of
from camaug.catalogue.web.admin.draft import address
from camaug.catalogue.web.admin.forms import seen_in, tell, today
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators

SECTIONS: Place = ("form", "sections")


@dataclass(frozen=True, slots=True)
class Row:
    """A section, page or question in the list; `up` and `down` are the places where a button puts it."""

    title: str
    was: str
    place: str
    href: str
    up: str
    down: str
    faults: int
    words: str = ""
    inside: tuple["Row", ...] = ()
    list: str = ""
    homes: tuple[dict[str, str], ...] = field(default=())


@administrators
def draft_form(request: Request, code: str) -> HttpResponse:
    """All of the form on one page."""
    page = draft_of(code)
    tree = _Tree(page, request)
    shown = {
        "page": page,
        "sections": tree.sections(),
        "faults": [(one, address(code, one.address)) for one in page.faults(request.at) if one.part == "form"],
    }
    return render(request, "catalogue/admin/draft_form.html", shown)


class _Tree:
    """The rows of one form."""

    def __init__(self, page: DraftView, request: Request) -> None:
        self.page = page
        self.faults = [fault.address for fault in page.faults(request.at)]
        self.choices = page.choices(today(request))
        self.homes = [
            {"value": address_of((*SECTIONS, s, "pages", p, "fields", 999)), "label": heading(one) or one.get("id", "")}
            for s, section in enumerate(list_at(page.content, SECTIONS))
            for p, one in enumerate(list_at(section, ("pages",)))
        ]

    def sections(self) -> tuple[Row, ...]:
        return self._rows(SECTIONS, ("pages", "fields"))

    def _rows(self, place: Place, below: tuple[str, ...]) -> tuple[Row, ...]:
        items = list_at(self.page.content, place)
        return tuple(self._row(place, n, item, len(items), below) for n, item in enumerate(items))

    def _row(self, place: Place, n: int, item: Any, count: int, below: tuple[str, ...]) -> Row:
        own = (*place, n)
        here = address_of(own)
        inner = (*own, below[0]) if below else ()
        return Row(
            title=heading(item) or _("(no name yet)"),
            was=heading(item),
            place=here,
            href=address(self.page.code, here),
            up=address_of((*place, n - 1)) if n else "",
            down=address_of((*place, n + 1)) if n + 1 < count else "",
            faults=sum(1 for one in self.faults if one == here or (not below and f"{one}/".startswith(f"{here}/"))),
            words=self._words(item),
            inside=self._rows(inner, below[1:]) if inner else (),
            list=address_of(inner),
            homes=tuple(home for home in self.homes if place_in(home["value"])[:-1] != place) if not below else (),
        )

    def _words(self, item: Any) -> str:
        said = [self.choices.word("field_types", item["type"])] if item.get("type") else []
        if item.get("required"):
            said.append(_("must be answered"))
        if item.get("when"):
            deep = rows_of(item["when"]) is None
            words = _("under a condition of several levels") if deep else condition_words(item["when"], self.choices)
            said.append(_("asked when {condition}").format(condition=words))
        return " · ".join(said)


@administrators
def draft_form_part(request: Request, code: str) -> HttpResponseBase:
    """POST: a new section, page or question (`list`) with its title; leads to its own page."""
    page = draft_of(code)
    if request.method != "POST":
        return redirect("catalogue:draft_form", code)
    place = place_in(request.POST.get("list", ""))
    edit = _new(page, place, request.POST.get("title", "").strip()[:200])
    if tell(request, lambda: change_draft(page.id, edit, seen=seen_in(request.POST), by=request.actor, at=request.at)):
        return redirect(address(code, address_of((*place, len(list_at(page.content, place))))))
    return redirect("catalogue:draft_form", code)


def _new(page: DraftView, place: Place, title: str) -> Edit:
    kind = str(place[-1]) if place[:2] == SECTIONS else ""
    blank: dict[str, dict[str, Any]] = {
        "sections": {"title": title, "pages": []},
        "pages": {"title": title, "fields": []},
        "fields": {"label": title, "type": "TEXT", "printed": True},
    }
    if kind not in blank or not title:
        raise NotFound
    name = free_name(page.content, title, underscore=kind == "fields")
    return Added(place=place, item={"id": name, **blank[kind]})
