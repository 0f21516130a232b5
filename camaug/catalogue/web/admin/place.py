from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.catalogue.actions.change_draft import change_draft
from camaug.catalogue.drafting.edits import Added, Edit, Moved, Put, Removed
from camaug.catalogue.drafting.entries import Listing, Sheet
from camaug.catalogue.drafting.faults import DraftFault
from camaug.catalogue.drafting.places import Place, address_of, found_at, list_at, place_in, value_at
from camaug.catalogue.drafting.reading import read_sheet
from camaug.catalogue.drafting.sheets import TITLES, heading, listing_at, sheet_at, shown_on
from camaug.catalogue.drafting.showing import shown as controls
from camaug.catalogue.drafting.words import limit_said
from camaug.catalogue.queries.editing import DraftView, draft_of
from camaug.catalogue.web.admin.draft import address
from camaug.catalogue.web.admin.forms import Refusal, attempt, seen_in, tell, today, typed_in
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators

OWN_PAGES = ("form", "process")


@administrators
def draft_place(request: Request, code: str, place: str) -> HttpResponseBase:
    """What the draft says at one place: a part, or one item of a list. POST writes it."""
    page, at = draft_of(code), place_in(place)
    sheet, values_at = sheet_at(at)
    value_at(page.content, values_at)
    refusal = None
    if request.method == "POST":

        def act() -> None:
            edit = Put(place=at, values=read_sheet(sheet, typed_in(request)), was=request.POST.get("was"))
            change_draft(page.id, edit, seen=seen_in(request.POST), by=request.actor, at=request.at)

        refusal = attempt(act)
        if refusal is None:
            messages.success(request, _("Saved."))
            return redirect(_way_back(code, at))
    return _shown(request, page, at, refusal or Refusal())


def _shown(request: Request, page: DraftView, at: Place, no: Refusal) -> HttpResponse:
    sheet, values_at = sheet_at(at)
    item, faults = found_at(page.content, values_at), page.faults(request.at)
    typed = typed_in(request) if no.errors else None
    shown = {
        "page": page,
        "title": heading(item) if len(at) > 1 and heading(item) else sheet.title,
        "kind": sheet.title if len(at) > 1 else "",
        "place": address_of(at),
        "sheet": controls(sheet, item, page.choices(today(request)), typed=typed, errors=no.errors),
        "listings": [_listing(page, values_at, one, faults) for one in sheet.listings],
        "was": heading(item) if typed is None else typed.get("was", ""),
        "faults": [fault for fault in faults if fault.address == address_of(at)],
        "errors": {name: _sentence(sheet, name, said) for name, said in no.errors.items()},
        "back": _way_back(page.code, at),
        "back_words": _back_words(page, at),
    }
    return render(request, "catalogue/admin/place.html", shown, status=no.status)


def _sentence(sheet: Sheet, name: str, said: str) -> str:
    label = next((str(entry.label) for entry in sheet.entries if entry.name == name), "")
    return f"{label}: {said}" if label else said


def _listing(page: DraftView, values_at: Place, listing: Listing, faults: tuple[DraftFault, ...]) -> dict[str, Any]:
    place = values_at + listing.path
    items = list_at(page.content, place)
    rows = []
    for n, item in enumerate(items):
        own = address_of((*place, n))
        rows.append(
            {
                "title": title_of(listing.name, item),
                "was": heading(item),
                "href": address(page.code, own),
                "place": own,
                "up": address_of((*place, n - 1)) if n else "",
                "down": address_of((*place, n + 1)) if n + 1 < len(items) else "",
                "faults": sum(1 for fault in faults if f"{fault.address}/".startswith(f"{own}/")),
            }
        )
    return {"title": listing.label, "one": listing.one, "place": address_of(place), "rows": rows}


def title_of(name: str, item: Any) -> str:
    """What an item is called in its list."""
    if name == "limits":
        return limit_said(item)
    if name.endswith("tiers"):
        return _("up to {n}").format(n=item["up_to"]) if item.get("up_to") else _("the rest")
    return heading(item) or _("(no name yet)")


def _way_back(code: str, at: Place) -> str:
    """From an item to the page of its list; from a part to the draft, or to the form's or the process's own page."""
    if len(at) > 1:
        return address(code, shown_on(at))
    return address(code, str(at[0])) if at[0] in OWN_PAGES else reverse("catalogue:draft", args=[code])


def _back_words(page: DraftView, at: Place) -> str:
    if len(at) == 1 and at[0] not in OWN_PAGES:
        return page.name
    place = place_in(shown_on(at))
    return heading(found_at(page.content, place)) if len(place) > 1 else str(TITLES[str(place[0])])


@administrators
def draft_order(request: Request, code: str) -> HttpResponseBase:
    """POST: add to a list (`add`), take an item out (`remove`), put it elsewhere (`move`, `to`)."""
    page = draft_of(code)
    if request.method != "POST":
        return redirect("catalogue:draft", code)
    edit, seen = _edit(request), seen_in(request.POST)
    done = tell(request, lambda: change_draft(page.id, edit, seen=seen, by=request.actor, at=request.at))
    if done and isinstance(edit, Added):
        return redirect(address(code, address_of((*edit.place, len(list_at(page.content, edit.place))))))
    return redirect(address(code, shown_on((*edit.place, 0) if isinstance(edit, Added) else edit.place)))


def _edit(request: Request) -> Edit:
    typed = request.POST
    if "add" in typed:
        place = place_in(typed["add"])
        if listing_at(place) is None:
            raise NotFound
        return Added(place=place)
    if "remove" in typed:
        return Removed(place=_item(typed["remove"]), was=typed.get("was", ""))
    return Moved(place=_item(typed.get("move", "")), to=_item(typed.get("to", "")), was=typed.get("was", ""))


def _item(text: str) -> Place:
    place = place_in(text)
    if len(place) < 2 or not isinstance(place[-1], int):
        raise NotFound
    sheet_at(place)
    return place
