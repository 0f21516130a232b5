from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from camaug.catalogue.actions.discard_draft import discard_draft
from camaug.catalogue.actions.schedule_draft import schedule_draft
from camaug.catalogue.drafting.faults import DraftFault, definition_of
from camaug.catalogue.drafting.places import Content, list_at
from camaug.catalogue.drafting.sheets import TITLES
from camaug.catalogue.drafting.words import limit_said
from camaug.catalogue.profile_files import read_vocabulary
from camaug.catalogue.queries.editing import DraftView, draft_of, surroundings
from camaug.catalogue.web.admin.forms import Refusal, attempt, day_in, seen_in, today
from camaug.catalogue.web.admin.procedure import yaml_response
from camaug.catalogue.yaml_files import to_yaml
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators
from camaug.ui.reading import read_date

OWN_PAGES = ("form", "process", "scenarios")
"""The parts that have a page of their own kind."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part on the draft's page: what it holds in a word, and how much is wrong in it."""

    code: str
    title: str
    href: str
    holds: str
    faults: int


@administrators
def draft(request: Request, code: str) -> HttpResponse:
    """What the draft holds, part by part, and what is still missing or does not fit together."""
    page = draft_of(code)
    faults = page.faults(request.at)
    shown = {
        "page": page,
        "parts": [_row(page, part, faults) for part in TITLES],
        "faults": [(one, address(code, one.address)) for one in faults],
    }
    return render(request, "catalogue/admin/draft.html", shown)


def address(code: str, place: str) -> str:
    """The page of a place in the draft."""
    if place in OWN_PAGES:
        return reverse(f"catalogue:draft_{place}", args=[code])
    return reverse("catalogue:draft_place", args=[code, place])


def _row(page: DraftView, part: str, faults: tuple[DraftFault, ...]) -> PartRow:
    own = sum(1 for fault in faults if fault.part == part)
    return PartRow(part, str(TITLES[part]), address(page.code, part), _holds(page.content, part), own)


def _holds(content: Content, part: str) -> str:
    if part == "limits":
        return ", ".join(dict.fromkeys(limit_said(one) for one in list_at(content, ("limits",))))
    if part == "form":
        pages = [page for section in list_at(content, ("form", "sections")) for page in list_at(section, ("pages",))]
        fields = sum(len(list_at(page, ("fields",))) for page in pages)
        return _("{pages} pages, {fields} questions").format(pages=len(pages), fields=fields)
    if part == "process":
        return _("{n} steps").format(n=len(list_at(content, ("process", "steps"))))
    if part in ("papers", "fees", "results", "basis", "sequence", "parts", "scenarios"):
        return str(len(list_at(content, (part,))) or "")
    return str(content.get("plain_name") or "") if part == "names" else ""


@administrators
def scheduling(request: Request, code: str) -> HttpResponseBase:
    """The draft becomes the next version, from today or a day to come."""
    page = draft_of(code)
    refusal = None
    if request.method == "POST":

        def act() -> None:
            schedule_draft(
                page.id,
                valid_from=day_in(request.POST, "day"),
                known=surroundings(request.at),
                seen=seen_in(request.POST),
                by=request.actor,
                at=request.at,
            )

        refusal = attempt(act)
        if refusal is None:
            messages.success(request, _("The version is published and comes into force on the day chosen."))
            return redirect("catalogue:edited_procedure", code)
    no = refusal or Refusal()
    shown = {
        "page": page,
        "faults": [(one, address(code, one.address)) for one in page.faults(request.at)],
        "day": read_date(request.POST, "day") if request.method == "POST" else today(request),
        "errors": no.errors,
    }
    return render(request, "catalogue/admin/scheduling.html", shown, status=no.status)


@administrators
def discarding(request: Request, code: str) -> HttpResponseBase:
    """The draft is thrown away."""
    page = draft_of(code)
    refusal = None
    if request.method == "POST":
        seen = seen_in(request.POST)
        refusal = attempt(lambda: discard_draft(page.id, seen=seen, by=request.actor, at=request.at))
        if refusal is None:
            messages.success(request, _("The draft is discarded."))
            return redirect("catalogue:edited_procedures")
    no = refusal or Refusal()
    shown = {"page": page, "errors": no.errors}
    return render(request, "catalogue/admin/discarding.html", shown, status=no.status)


@administrators
def draft_file(request: Request, code: str) -> HttpResponseBase:
    """The draft as YAML; what is not whole yet has no file."""
    page = draft_of(code)
    try:
        definition = definition_of(page.content)
    except ValidationError:
        messages.warning(request, _("The draft has no file yet: something is still missing."))
        return redirect("catalogue:draft", code)
    return yaml_response(to_yaml(definition, read_vocabulary(settings.PROFILE)), f"{code}.yaml")
