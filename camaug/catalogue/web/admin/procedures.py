from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from camaug.catalogue.actions.begin_draft import begin_draft
from camaug.catalogue.actions.import_draft import import_draft
from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.profile_files import SIZE_LIMIT
from camaug.catalogue.queries.editing import edited_procedures
from camaug.catalogue.web.admin.forms import Refusal, attempt, today
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators

LONGEST = 100


@administrators
def procedures(request: Request) -> HttpResponse:
    """All procedures with the version in force, the one to come and the open draft."""
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("q", "field")}
    on = today(request)
    shown = {
        "rows": edited_procedures(on=on, words=asked["q"], field=asked["field"]),
        "asked": asked,
        "fields": [{"value": code, "label": name} for code, name in Choices({}, on=on).of("fields")],
    }
    return render(request, "catalogue/admin/procedures.html", shown)


@administrators
def beginning(request: Request) -> HttpResponseBase:
    """A procedure from nothing, or from a file."""
    typed = {name: request.POST.get(name, "").strip() for name in ("code", "name")}
    refusal = None
    if request.method == "POST":
        code = typed["code"].lower()
        refusal = attempt(lambda: begin_draft(code, name=typed["name"], by=request.actor, at=request.at))
        if refusal is None:
            return redirect("catalogue:draft", code)
    return _shown(request, "beginning", refusal, typed=typed)


class FileMissing(DomainError):
    """Nothing was chosen."""

    sentence = _("Choose the file to be imported.")


@administrators
def file(request: Request) -> HttpResponseBase:
    """A draft from a procedure's YAML file."""
    refusal = None
    if request.method == "POST":
        begun: list[str] = []
        refusal = attempt(lambda: begun.append(_imported(request)))
        if refusal is None:
            return redirect("catalogue:draft", begun[0])
    return _shown(request, "file", refusal, kilobytes=SIZE_LIMIT // 1024)


def _imported(request: Request) -> str:
    sent = request.FILES.get("file")
    if sent is None:
        raise FileMissing
    content = sent.read(SIZE_LIMIT + 1)
    return import_draft(content, file_name=sent.name or "", by=request.actor, at=request.at).procedure.code


def _shown(request: Request, page: str, refusal: Refusal | None, **more: Any) -> HttpResponse:
    no = refusal or Refusal()
    shown = {"errors": no.errors, **more}
    return render(request, f"catalogue/admin/{page}.html", shown, status=no.status)
