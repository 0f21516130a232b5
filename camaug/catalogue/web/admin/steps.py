"""The page of a draft's process: a step is chosen in the diagram, changed beside it, and the diagram drawn anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.catalogue.actions.change_draft import change_draft
from camaug.catalogue.drafting import steps
from camaug.catalogue.drafting.edits import Edit, Put, StepAdded, StepRemoved, WayChanged
from camaug.catalogue.drafting.naming import free_name
from camaug.catalogue.drafting.places import Place, address_of, list_at
from camaug.catalogue.drafting.reading import read_sheet
from camaug.catalogue.drafting.sheets import heading, sheet_at
from camaug.catalogue.drafting.showing import shown as controls
from camaug.catalogue.queries.editing import DraftView, draft_of
from camaug.catalogue.web.admin.draft import address
from camaug.catalogue.web.admin.forms import Refusal, attempt, seen_in, tell, today, typed_in
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators

LONGEST = 200


@administrators
def draft_process(request: Request, code: str) -> HttpResponseBase:
    """The diagram with the chosen step (`?step=`) beside it. POST writes the step."""
    page = draft_of(code)
    chosen = _chosen(page, request.GET.get("step", ""))
    refusal = None
    if request.method == "POST" and chosen is not None:
        place: Place = (*steps.STEPS, chosen)
        named: list[str] = []

        def act() -> None:
            values = read_sheet(sheet_at(place)[0], typed_in(request))
            edit = Put(place=place, values=values, was=request.POST.get("was"))
            change_draft(page.id, edit, seen=seen_in(request.POST), by=request.actor, at=request.at)
            named.append(str(values["id"]))

        refusal = attempt(act)
        if refusal is None:
            messages.success(request, _("Saved."))
            return redirect(_at(code, named[0]))
    return _shown(request, page, chosen, refusal or Refusal())


def _chosen(page: DraftView, name: str) -> int | None:
    return steps.number_of(page.content, name) if name else None


def _at(code: str, step: str) -> str:
    return f"{reverse('catalogue:draft_process', args=[code])}?step={step}#step" if step else address(code, "process")


def _shown(request: Request, page: DraftView, chosen: int | None, no: Refusal) -> HttpResponse:
    all_steps = list_at(page.content, steps.STEPS)
    faults = page.faults(request.at)
    own = [one for one in faults if one.part == "process"]
    shown: dict[str, Any] = {
        "page": page,
        "process": steps.drawable(page.content),
        "faulty": {all_steps[n].get("id") for n in range(len(all_steps)) if _faulty(own, n)},
        "faults": [(one, _address(page, one.address)) for one in own],
        "errors": no.errors,
        "step": None,
        "chosen": all_steps[chosen].get("id") if chosen is not None else None,
    }
    if chosen is not None:
        step = all_steps[chosen]
        place: Place = (*steps.STEPS, chosen)
        typed = typed_in(request) if no.errors else None
        shown |= {
            "step": step,
            "title": heading(step),
            "was": heading(step) if typed is None else typed.get("was", ""),
            "sheet": controls(sheet_at(place)[0], step, page.choices(today(request)), typed=typed, errors=no.errors),
            "ways": [_way(way, step, all_steps) for way in steps.WAYS],
            "asked": address(page.code, address_of(place)),
            "consultations": len(step.get("consultations") or ()),
            "own_faults": [one for one in own if _is_at(one.address, chosen)],
        }
    return render(request, "catalogue/admin/draft_process.html", shown, status=no.status)


def _faulty(faults: list[Any], n: int) -> bool:
    return any(_is_at(fault.address, n) for fault in faults)


def _is_at(fault: str, n: int) -> bool:
    return f"{fault}/".startswith(f"{address_of((*steps.STEPS, n))}/")


def _address(page: DraftView, fault: str) -> str:
    all_steps = list_at(page.content, steps.STEPS)
    n = next((n for n in range(len(all_steps)) if fault == address_of((*steps.STEPS, n))), None)
    return address(page.code, fault) if n is None else _at(page.code, str(all_steps[n].get("id", "")))


def _way(way: str, step: dict[str, Any], all_steps: list[dict[str, Any]]) -> dict[str, Any]:
    titles = {one.get("id"): heading(one) for one in all_steps}
    there = list(step.get(way) or ())
    return {
        "way": way,
        "title": _("Then follows") if way == "next" else _("May go back to"),
        "rows": [{"id": name, "title": titles.get(name) or name, "usual": n == 0} for n, name in enumerate(there)],
        "others": [
            {"value": name, "label": title} for name, title in titles.items() if name not in (*there, step.get("id"))
        ],
    }


@administrators
def draft_step(request: Request, code: str) -> HttpResponseBase:
    """POST: add a step after another (`add`), take one out (`remove`), set a way (`connect`, `disconnect`, `usual`)."""
    page = draft_of(code)
    if request.method != "POST":
        return redirect("catalogue:draft_process", code)
    step = request.POST.get("step", "")
    edit = _edit(page, request, step)
    tell(request, lambda: change_draft(page.id, edit, seen=seen_in(request.POST), by=request.actor, at=request.at))
    if isinstance(edit, StepAdded):
        step = str(edit.item["id"])
    return redirect(_at(code, "" if isinstance(edit, StepRemoved) else step))


def _edit(page: DraftView, request: Request, step: str) -> Edit:
    typed = request.POST
    n = steps.number_of(page.content, step)
    if n is None:
        raise NotFound
    place: Place = (*steps.STEPS, n)
    if "add" in typed:
        return StepAdded(place=(*steps.STEPS, n + 1), after=step, item=_new(page, typed["add"].strip()[:LONGEST], n))
    if "remove" in typed:
        return StepRemoved(place=place, step=step)
    for how in ("connect", "disconnect", "usual"):
        if how in typed:
            return WayChanged(place=place, step=step, way=typed.get("way", ""), target=typed[how], how=how)
    raise NotFound


def _new(page: DraftView, name: str, n: int) -> dict[str, Any]:
    """A step of the same agency as the one before it, with a short name of its own."""
    before = list_at(page.content, steps.STEPS)[n]
    title = name or _("New step")
    return {
        "id": free_name(page.content, title),
        "name": title,
        "kind": "EXAMINE",
        "agency": before.get("agency") or "RECEIVING",
        "role": "",
        "hours": "4",
        "consultations": [],
    }
