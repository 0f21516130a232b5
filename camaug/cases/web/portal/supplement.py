from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.behalf.queries import Act
from camaug.cases.actions.correct import correct
from camaug.cases.actions.supplement import supplement as send
from camaug.cases.models import CaseFile, Supplement
from camaug.cases.queries import Progress, progress_of
from camaug.cases.web.portal.page import changed
from camaug.cases.web.portal.papers import ACCEPT, limits_said, pictures_among, remove, take_in, to_joining
from camaug.cases.web.portal.wording import language
from camaug.catalogue.definition.eform import Page
from camaug.catalogue.forms import pages
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.forms.render import page_view
from camaug.catalogue.forms.summary import summary
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, members


@members
def supplement(request: Request, case: UUID) -> HttpResponseBase:
    """What the office asked for, each with its place to send it. POST with `send` answers the request."""
    seen = progress_of(case, request.actor, Act.SUPPLEMENT, at=request.at)
    asked = seen.supplement
    if asked is None:
        return redirect("citizen:my_case", case)
    if request.method != "POST":
        return _shown(request, seen, asked)
    if "remove" in request.POST:
        remove(request, case)
        return redirect(request.path)
    errors = take_in(request, case, _papers(seen, asked))
    if not errors and "upload" in request.POST:
        return redirect(request.path)
    if not errors and "join" in request.POST:
        return to_joining(request, case, _papers(seen, asked))
    answer = request.POST.get("answer", "")[:4000]
    errors = (_missing(seen, asked) if not answer.strip() else {}) | errors
    if errors:
        return _shown(request, seen, asked, errors, answer)
    try:
        send(case, by=request.actor, at=request.at, seen=_revision(request), answer=answer, answers=asked.corrections)
    except DomainError as no:
        return _shown(request, seen, asked, {"": str(no)}, answer)
    messages.success(request, _("Sent. The office has your supplement."))
    return redirect("citizen:my_case", case)


@members
def page(request: Request, case: UUID, page: str) -> HttpResponseBase:
    """One page of the form, to correct what the office found wrong; sent together with the supplement."""
    seen = progress_of(case, request.actor, Act.SUPPLEMENT, at=request.at)
    asked = seen.supplement
    if asked is None:
        return redirect("citizen:my_case", case)
    form, on = seen.definition.form, request.at.date()
    answers, places = {**seen.case.answers, **asked.corrections}, RegisteredPlaces(on)
    one = pages.page_of(form, answers, page, on=on)
    if one is None:
        raise NotFound
    if request.method != "POST":
        return _page_shown(request, seen, one, answers, {})
    reading = pages.answer(form, one, request.POST, previous=answers, on=on, places=places)
    correct(case, changed(form.pages(), page, reading), by=request.actor, at=request.at)
    if reading.stay:
        return redirect(request.get_full_path())
    if reading.errors:
        return _page_shown(request, seen, one, reading.answers, reading.errors)
    left = pages.first_unanswered(form, reading.answers, on, places=places)
    return redirect("citizen:supplement_page", case, left.id) if left else redirect("citizen:supplement", case)


def _papers(seen: Progress, asked: Supplement) -> list[str]:
    known = {paper.id for paper in seen.definition.papers}
    return list(dict.fromkeys(item["paper"] for item in asked.items if item["paper"] in known))


def _new_files(seen: Progress, asked: Supplement) -> list[CaseFile]:
    files = seen.case.files.filter(removed_at__isnull=True, added_at__gte=asked.requested_at)
    return list(files.select_related("blob").order_by("added_at"))


def _missing(seen: Progress, asked: Supplement) -> dict[str, str]:
    sent = {file.paper for file in _new_files(seen, asked)}
    sentence = _("Send this paper, or write below why you cannot.")
    return {paper: sentence for paper in _papers(seen, asked) if paper not in sent}


def _revision(request: Request) -> int | None:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _shown(
    request: Request, seen: Progress, asked: Supplement, errors: dict[str, str] | None = None, answer: str = ""
) -> HttpResponse:
    wrong, new = errors or {}, _new_files(seen, asked)
    infected = list(seen.case.files.infected().filter(added_at__gte=asked.requested_at))
    known = _papers(seen, asked)
    corrected = {**seen.case.answers, **asked.corrections}
    shown = {
        "title": _("Supplement the application"),
        "seen": seen,
        "case": seen.case,
        "asked": asked,
        "procedure": told(seen.definition, "plain_name"),
        "back": reverse("citizen:my_case", args=[seen.case.id]),
        "to_send": [_item(item, new, infected, wrong) for item in asked.items if item["paper"] in known],
        "to_mend": [item for item in asked.items if item["paper"] not in known],
        "about_form": any(not item["paper"] for item in asked.items) or bool(asked.corrections),
        "sections": _sections(seen, corrected),
        "errors": wrong,
        "answer": answer,
        "limits": limits_said(),
        "accept": ACCEPT,
    }
    return render(request, "cases/portal/supplement.html", shown, status=422 if wrong else 200)


def _item(
    item: Mapping[str, str], new: list[CaseFile], infected: list[CaseFile], wrong: Mapping[str, str]
) -> dict[str, Any]:
    paper = item["paper"]
    files = [file for file in new if file.paper == paper]
    return {
        "paper": paper,
        "name": item["name"],
        "reason": item.get("reason", ""),
        "files": files,
        "pictures": pictures_among(files),
        "infected": [file for file in infected if file.paper == paper],
        "error": wrong.get(paper, ""),
    }


def _sections(seen: Progress, answers: Mapping[str, Any]) -> list[tuple[str, list[dict[str, str]]]]:
    return [
        (
            section.title,
            [{"label": row.label, "value": row.text, "href": _href(seen, row.page_id)} for row in section.rows],
        )
        for section in summary(seen.definition.form, answers, language=language())
    ]


def _href(seen: Progress, page_id: str) -> str:
    return reverse("citizen:supplement_page", args=[seen.case.id, page_id])


def _page_shown(
    request: Request, seen: Progress, one: Page, answers: Mapping[str, Any], errors: Mapping[str, str]
) -> HttpResponse:
    painted = page_view(one, answers, errors, language=language(), places=RegisteredPlaces(request.at.date()))
    shown = {
        "procedure": told(seen.definition, "plain_name"),
        "title": painted.heading or painted.fields[0].label,
        "back": reverse("citizen:supplement", args=[seen.case.id]),
        "page": painted,
        "errors": painted.errors,
    }
    return render(request, "cases/portal/supplement_page.html", shown, status=422 if errors else 200)
