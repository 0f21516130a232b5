from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.save import Changes, save
from camaug.cases.queries import Draft
from camaug.cases.web.portal import walk
from camaug.cases.web.portal.wording import language
from camaug.catalogue.definition.eform import Page
from camaug.catalogue.forms import pages
from camaug.catalogue.forms.answers import check
from camaug.catalogue.forms.prefill import copied
from camaug.catalogue.forms.reading import Reading
from camaug.catalogue.forms.render import page_view
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request


@walk.drafted
def page(request: Request, draft: Draft, page: str) -> HttpResponseBase:
    """One page of the form. POST keeps what was typed, right or wrong; only right answers lead on."""
    form, answers, on = draft.definition.form, draft.case.answers, draft.on
    asked = pages.page_of(form, answers, page, on=on)
    if asked is None:
        return _not_asked(draft, page)
    to_check = walk.leads_to_check(request)
    if request.method != "POST":
        wrong = check(form, answers, on=on, page=asked, places=draft.places) if to_check else {}
        return _shown(request, draft, asked, {**answers, **copied(form, asked, answers, on)}, wrong)
    reading = pages.answer(form, asked, request.POST, previous=answers, on=on, places=draft.places)
    save(draft.case.id, Changes(answers=changed(form.pages(), page, reading)), by=request.actor, at=request.at)
    if "later" in request.POST:
        return later(request)
    if reading.stay:
        return redirect(request.get_full_path() + _pressed(request))
    if reading.errors:
        return _shown(request, draft, asked, reading.answers, reading.errors, status=422)
    return redirect(walk.forward(draft, reading.answers, page, to_check=to_check))


def changed(all_pages: tuple[Page, ...], page_id: str, reading: Reading) -> dict[str, Any]:
    """What the page says of each of its questions; None where an answer was taken away."""
    whole = next(one for one in all_pages if one.id == page_id)
    return {field.id: reading.answers.get(field.id) for field in whole.fields}


def later(request: Request) -> HttpResponseBase:
    """Saved; to be continued another day."""
    messages.success(request, _("Your application is saved. Go on whenever you like."))
    return redirect("citizen:my_cases")


def _shown(
    request: Request,
    draft: Draft,
    asked: Page,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    painted = page_view(asked, answers, errors, language=language(), places=draft.places)
    shown = {
        "procedure": told(draft.definition, "plain_name"),
        "title": painted.heading or painted.fields[0].label,
        "back": walk.backward(draft, asked.id, to_check=walk.leads_to_check(request)),
        "page": painted,
        "errors": painted.errors,
        **walk.place(draft, asked.id),
    }
    return render(request, "cases/portal/page.html", shown, status=status)


def _not_asked(draft: Draft, page_id: str) -> HttpResponseBase:
    if page_id not in {one.id for one in draft.definition.form.pages()}:
        raise NotFound
    return redirect(walk.go_on(draft))


def _pressed(request: Request) -> str:
    if name := request.POST.get("choose"):
        return f"#{name}-places"
    name = request.POST.get("add") or request.POST.get("remove", "").rsplit("-", 1)[0]
    return f"#{name}-rows" if name else ""
