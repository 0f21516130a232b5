"""Every sheet of the editor: the parts of a procedure in the order in which they are written, and the items in them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.drafting.entries import Entry, Listing, Sheet
from camaug.catalogue.drafting.places import Content, Place, address_of, found_at
from camaug.catalogue.drafting.sheets import dossier, eform, steps, texts
from camaug.kernel.errors import NotFound

PARTS: dict[str, Sheet] = {
    "names": texts.NAMES,
    "ways": texts.WAYS,
    "competence": texts.COMPETENCE,
    "sequence": texts.SEQUENCE,
    "papers": dossier.PAPERS,
    "limits": dossier.LIMITS,
    "fees": dossier.FEES,
    "results": dossier.RESULTS,
    "basis": dossier.BASIS,
    "form": eform.FORM,
    "process": steps.PROCESS,
    "parts": texts.LINKED,
}
ITEMS: dict[str, Sheet] = {
    "receiving": texts.RECEIVING,
    "sequence": texts.SEQUENCE_STEP,
    "parts": texts.LINKED_PART,
    "papers": dossier.PAPER,
    "limits": dossier.LIMIT,
    "fees": dossier.FEE,
    "tiers": dossier.TIER,
    "bands": dossier.BAND,
    "cases": dossier.CASE,
    "waivers": dossier.WAIVER,
    "results": dossier.RESULT,
    "lines": dossier.SHEET_LINE,
    "basis": dossier.LEGAL_TEXT,
    "sections": eform.SECTION,
    "pages": eform.PAGE,
    "fields": eform.FIELD,
    "options": eform.OPTION,
    "checks": eform.CHECK,
    "steps": steps.STEP,
    "consultations": steps.CONSULTATION,
}
"""By the name of the list in which the item lies."""
TITLES = {
    **{name: sheet.title for name, sheet in PARTS.items()},
    "form": _("Form"),
    "process": _("Process"),
    "scenarios": _("Scenarios"),
}


def sheet_at(place: Place) -> tuple[Sheet, Place]:
    """The sheet for an address and where its values lie; NotFound."""
    if len(place) == 1 and isinstance(place[0], str) and place[0] in PARTS:
        sheet = PARTS[place[0]]
        return sheet, sheet.prefix
    if len(place) > 1 and isinstance(place[-1], int) and (found := ITEMS.get(str(place[-2]))):
        return found, place
    raise NotFound


def listing_at(place: Place) -> Listing | None:
    """The list that lies there, where a sheet has it."""
    for n in range(len(place)):
        above = place[:n]
        sheets = [ITEMS[str(above[-2])]] if n > 1 and isinstance(above[-1], int) and str(above[-2]) in ITEMS else []
        sheets += [sheet for sheet in PARTS.values() if sheet.prefix == above]
        for listing in (one for sheet in sheets for one in sheet.listings):
            if above + listing.path == place:
                return listing
    return None


def part_of(place: Place) -> str:
    """The part on whose page the place is shown."""
    first = str(place[0]) if place else "names"
    if first == "scenarios":
        return first
    if first in PARTS and (len(place) > 1 or first not in ("names", "ways")):
        return first
    known = (name for name, sheet in PARTS.items() if not sheet.prefix for e in sheet.entries if e.path[0] == first)
    return next(known, "names")


def shown_on(place: Place) -> str:
    """The address of the page that lists the item: the item or part above it, or the page of the form."""
    above = place[:-1]
    while above and isinstance(above[-1], str):
        above = above[:-1]
    if not above:
        return part_of(place)
    return "form" if str(above[-2]) in ("sections", "pages") else address_of(above)


def heading(item: object) -> str:
    """What an item of a list is called there."""
    if not isinstance(item, dict):
        return ""
    names = ("label", "short", "name", "title", "document", "sentence", "procedure", "id", "kind")
    return next((str(item[name]) for name in names if item.get(name)), "")


def page_of(content: Content, place: Place) -> Place:
    """The address of the page on which a place is mended: the deepest item or part that has a sheet."""
    for n in range(len(place), 1, -1):
        if isinstance(place[n - 1], int) and str(place[n - 2]) in ITEMS and found_at(content, place[:n]) is not None:
            return place[:n]
    return (part_of(place),)


def entries() -> Iterator[tuple[str, Sheet, Entry]]:
    """Every entry of every sheet, with the sheet's name."""
    for name, sheet in (*PARTS.items(), *ITEMS.items()):
        for entry in sheet.entries:
            yield name, sheet, entry
