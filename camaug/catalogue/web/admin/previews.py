"""A draft as citizens and clerks would see it. Nothing is stored: answers travel with the form."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import ValidationError

from camaug.catalogue.definition.eform import EForm, Page
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.drafting.faults import definition_of, form_of
from camaug.catalogue.forms import pages
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.forms.prefill import copied
from camaug.catalogue.forms.render import compact_view, page_view
from camaug.catalogue.forms.summary import summary
from camaug.catalogue.forms.wording import told
from camaug.catalogue.leaflet.leaflet import leaflet as leaflet_of
from camaug.catalogue.leaflet.words import dong
from camaug.catalogue.queries import fees, papers
from camaug.catalogue.queries.editing import DraftView, draft_of
from camaug.catalogue.web.admin.forms import today
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators
from camaug.ui.qr import qr

LONGEST = 100_000


@administrators
def leaflet_preview(request: Request, code: str) -> HttpResponseBase:
    """The procedure's page on the portal with what the draft says."""
    page = draft_of(code)
    definition = _whole(page)
    if definition is None:
        return _not_yet(request, code)
    on = today(request)
    shown = {
        "page": page,
        "leaflet": leaflet_of(definition, on),
        "definition": definition,
        "version": {"valid_from": on, "valid_until": None},
        "offices": {"total": 0, "few": True, "asked": "", "found": ()},
        "start": reverse("catalogue:trial", args=[code]),
        "address": request.build_absolute_uri(reverse("catalogue:procedure", args=[code])),
        "qr": qr(request.build_absolute_uri(reverse("catalogue:procedure", args=[code]))),
        "in_force": True,
        "others": (),
        "asked": None,
        "field": {},
    }
    return render(request, "catalogue/admin/leaflet_preview.html", shown)


@administrators
def counter_preview(request: Request, code: str) -> HttpResponseBase:
    """The form as a clerk fills it in at the counter, the papers and the steps that follow."""
    page = draft_of(code)
    definition = _whole(page)
    if definition is None:
        return _not_yet(request, code)
    form = compact_view(definition.form, {}, language=_language(), places=RegisteredPlaces(today(request)))
    shown = {
        "page": page,
        "definition": definition,
        "form": form,
        "papers": [
            {"name": told(paper, "name"), "when": told(paper, "when_text")}
            for paper in definition.papers
            if not paper.declaration
        ],
    }
    return render(request, "catalogue/admin/counter_preview.html", shown)


@administrators
def trial(request: Request, code: str) -> HttpResponseBase:
    """The form of the draft page by page, as the portal asks it; at its end what would have to be paid and filed."""
    page = draft_of(code)
    try:
        form = form_of(page.content)
    except ValidationError:
        return _not_yet(request, code)
    on, answers = today(request), _so_far(request)
    if request.method != "POST":
        return _asked(request, page, form, pages.next_page(form, {}, None, on=on), {}, {})
    here = request.POST.get("page", "")
    if "back" in request.POST:
        before = pages.previous_page(form, answers, here, on=on)
        return _asked(request, page, form, before or pages.next_page(form, {}, None, on=on), answers, {})
    asked = pages.page_of(form, answers, here, on=on)
    if asked is None:
        raise NotFound
    reading = pages.answer(form, asked, request.POST, previous=answers, on=on, places=RegisteredPlaces(on))
    if reading.stay or reading.errors:
        again = pages.page_of(form, reading.answers, here, on=on) or asked
        return _asked(request, page, form, again, reading.answers, reading.errors)
    following = pages.next_page(form, reading.answers, here, on=on)
    return _asked(request, page, form, following, reading.answers, {})


def _asked(
    request: Request,
    draft: DraftView,
    form: EForm,
    asked: Page | None,
    answers: dict[str, Any],
    errors: dict[str, str],
) -> HttpResponse:
    on = today(request)
    shown: dict[str, Any] = {"draft": draft, "so_far": json.dumps(answers, ensure_ascii=False)}
    if asked is None:
        shown |= {"summary": summary(form, answers, language=_language(), on=on), **_outcome(draft, answers, request)}
        return render(request, "catalogue/admin/trial_end.html", shown)
    begun = {**answers, **copied(form, asked, answers, on)}
    places = RegisteredPlaces(on)
    painted = page_view(asked, begun, errors, language=_language(), places=places)
    number, count = pages.progress(form, answers, asked, on=on)
    shown |= {"page": painted, "number": number, "count": count}
    return render(request, "catalogue/admin/trial.html", shown, status=422 if errors else 200)


def _outcome(draft: DraftView, answers: dict[str, Any], request: Request) -> dict[str, Any]:
    """What these answers would cost and call for; nothing while the draft is not whole."""
    definition = _whole(draft)
    if definition is None:
        return {"fees": None, "papers": ()}
    on = today(request)
    channel = Channel.ONLINE if Channel.ONLINE in definition.channels else definition.channels[0]
    unknown = _("The sum is being verified")
    sums = {told(item, "name"): item.amount for item in fees(definition, answers, channel, on)}
    return {
        "fees": [(name, unknown if amount is None else dong(amount)) for name, amount in sums.items()],
        "papers": [told(need.paper, "name") for need in papers(definition, answers, on) if need.to_file],
    }


def _so_far(request: Request) -> dict[str, Any]:
    text = request.POST.get("so-far", "")
    try:
        found = json.loads(text) if 0 < len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _whole(page: DraftView) -> Definition | None:
    try:
        return definition_of(page.content)
    except ValidationError:
        return None


def _not_yet(request: Request, code: str) -> HttpResponseBase:
    messages.warning(request, _("There is no preview yet: mend what is listed here first."))
    return redirect("catalogue:draft", code)


def _language() -> str:
    return get_language() or "vi"
