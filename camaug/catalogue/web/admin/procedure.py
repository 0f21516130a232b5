from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.catalogue.actions.copy_version import copy_version
from camaug.catalogue.actions.withdraw_version import withdraw_version
from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.comparing import compare
from camaug.catalogue.drafting.places import Content
from camaug.catalogue.profile_files import read_vocabulary
from camaug.catalogue.queries import version
from camaug.catalogue.queries.draft_history import history
from camaug.catalogue.queries.editing import (
    EditedProcedure,
    State,
    content_of_version,
    draft_of,
    edited,
    version_numbered,
)
from camaug.catalogue.web.admin.forms import Refusal, attempt, day_in, today
from camaug.catalogue.yaml_files import to_yaml
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators
from camaug.ui.reading import read_date

DRAFT = "draft"


@administrators
def edited_procedure(request: Request, code: str) -> HttpResponse:
    """One procedure: its versions, its draft, its history."""
    page = edited(code, on=today(request))
    content = page.draft.content if page.draft else _latest(page)
    past = history(page.id, Choices(content, on=today(request)), token=request.GET.get("from", ""))
    shown = {
        "page": page,
        "history": past,
        "older": f"?from={past.older}#history" if past.older else "",
        "newer": f"?from={past.newer}#history" if past.newer else "",
        "sides": _sides(page),
        "usual": _usual_sides(page),
    }
    return render(request, "catalogue/admin/procedure.html", shown)


def _latest(page: EditedProcedure) -> Content:
    return content_of_version(page.code, page.versions[0].number) if page.versions else {}


def _sides(page: EditedProcedure) -> list[dict[str, str]]:
    """What may be compared, the latest first."""
    words = _("Version {number}, from {day}")
    sides = [
        {"value": str(one.number), "label": words.format(number=one.number, day=f"{one.valid_from:%d/%m/%Y}")}
        for one in page.versions
    ]
    return [{"value": DRAFT, "label": _("The draft")}, *sides] if page.draft else sides


def _usual_sides(page: EditedProcedure) -> tuple[str, str]:
    values = [side["value"] for side in _sides(page)]
    return (values[1], values[0]) if len(values) > 1 else ("", "")


@administrators
def copying(request: Request, code: str, number: int) -> HttpResponseBase:
    """A draft of the next version, or of another procedure, from a version. POST begins it."""
    row = version_numbered(code, number, on=today(request))
    typed, refusal = request.POST.get("code", "").strip().lower(), None
    if request.method == "POST":
        begun: list[str] = []

        def act() -> None:
            begun.append(copy_version(row.id, code=typed, by=request.actor, at=request.at).procedure.code)

        refusal = attempt(act)
        if refusal is None:
            return redirect("catalogue:draft", begun[0])
    no = refusal or Refusal()
    shown = {"code": code, "row": row, "typed": typed, "errors": no.errors}
    return render(request, "catalogue/admin/copying.html", shown, status=no.status)


@administrators
def withdrawal(request: Request, code: str, number: int) -> HttpResponseBase:
    """A version in force ends on a day; a scheduled one is taken back."""
    row = version_numbered(code, number, on=today(request))
    refusal = None
    if request.method == "POST":

        def act() -> None:
            until = day_in(request.POST, "day") if row.state == State.NOW else None
            withdraw_version(row.id, until=until, by=request.actor, at=request.at)

        refusal = attempt(act)
        if refusal is None:
            messages.success(request, _("Taken back.") if row.state == State.COMING else _("Withdrawn."))
            return redirect("catalogue:edited_procedure", code)
    no = refusal or Refusal()
    shown = {
        "code": code,
        "row": row,
        "day": read_date(request.POST, "day") if request.method == "POST" else None,
        "errors": no.errors,
    }
    return render(request, "catalogue/admin/withdrawal.html", shown, status=no.status)


@administrators
def version_file(request: Request, code: str, number: int) -> HttpResponse:
    """A version as YAML."""
    row = version_numbered(code, number, on=today(request))
    text = to_yaml(version(row.id).definition, read_vocabulary(settings.PROFILE))
    return yaml_response(text, f"{code}.yaml")


def yaml_response(text: str, name: str) -> HttpResponse:
    """A download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@administrators
def comparison(request: Request, code: str) -> HttpResponse:
    """Two versions, or a version and the draft, part by part. `?before=1&after=draft`."""
    page = edited(code, on=today(request))
    usual = _usual_sides(page)
    before, after = request.GET.get("before", usual[0]), request.GET.get("after", usual[1])
    sides = _sides(page)
    parts, on = None, today(request)
    if before and after:
        old, new = _side(code, before), _side(code, after)
        parts = compare(old, new, Choices(old, on=on), Choices(new, on=on))
    names = {side["value"]: side["label"] for side in sides}
    shown = {
        "page": page,
        "sides": sides,
        "before": before,
        "after": after,
        "names": (names.get(before, ""), names.get(after, "")),
        "parts": parts,
        "changes": sum(len(part.changes) for part in parts or ()),
    }
    return render(request, "catalogue/admin/comparison.html", shown)


def _side(code: str, name: str) -> Content:
    if name == DRAFT:
        return draft_of(code).content
    if name.isascii() and name.isdigit() and len(name) < 6:
        return content_of_version(code, int(name))
    raise NotFound
