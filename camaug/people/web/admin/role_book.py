"""The role book: what a role grants, changing one line of it, and who may do something."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.pages import Request, fresh
from camaug.kernel.permissions import permissions
from camaug.people.actions.change_grant import change_grant
from camaug.people.actions.entrust_role import ReasonMissing
from camaug.people.queries import directory
from camaug.people.queries.book_pages import grant_page, reach_words, role_page
from camaug.people.queries.rights import who_may
from camaug.ui.administration import administrators

LONGEST = 100


@administrators
def role(request: Request, role: str) -> HttpResponse:
    """What a role grants, and how far."""
    return render(request, "people/admin/role.html", {"page": role_page(role, at=request.at)})


@fresh
@administrators
def role_grant(request: Request, role: str, permission: str) -> HttpResponseBase:
    """GET shows a line of the book; POST first shows whom a change touches, then, confirmed, makes it."""
    page = grant_page(role, permission, at=request.at)
    typed = {name: request.POST.get(name, "").strip()[:300] for name in ("reach", "reason", "confirmed")}
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        if not typed["reason"]:
            errors, status = {"reason": str(ReasonMissing())}, 422
        elif typed["confirmed"]:
            try:
                change_grant(
                    role, permission, reach=typed["reach"], reason=typed["reason"], by=request.actor, at=request.at
                )
            except NotFound:
                raise
            except DomainError as no:
                errors, status = {"reach": str(no)}, 403 if isinstance(no, NotAllowed) else 422
            else:
                messages.success(request, _("Changed. It holds at once, everywhere."))
                return redirect("people:role", role)
    shown = {
        "page": page,
        "choices": [{"value": value, "label": words} for value, words in page.choices],
        "typed": typed if request.method == "POST" else {"reach": page.row.reach, "reason": ""},
        "asks": request.method == "POST" and not errors,
        "wanted": next((words for value, words in page.choices if value == typed["reach"]), reach_words("")),
        "errors": errors,
    }
    return render(request, "people/admin/role_grant.html", shown, status=status)


@administrators
def able(request: Request) -> HttpResponse:
    """Who may do something for an agency, and why."""
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("permission", "agency")}
    agencies = directory(request.at.astimezone(LOCAL).date())
    wanted = asked["agency"].lower()
    found = [one for one in agencies if wanted and wanted in (one.code.lower(), one.name.lower())]
    errors: dict[str, str] = {}
    if asked["agency"] and len(found) != 1:
        errors["agency"] = _("No single agency has this code or name. Write its identity code.")
    ready = asked["permission"] in permissions() and len(found) == 1
    shown: dict[str, Any] = {
        "asked": asked,
        "errors": errors,
        "agency": found[0] if ready else None,
        "rows": who_may(asked["permission"], found[0].id, at=request.at) if ready else (),
        "options": sorted(
            ({"value": code, "label": str(one.words)} for code, one in permissions().items() if one.reaches),
            key=lambda option: option["label"],
        ),
        "agencies_url": reverse("people:agencies"),
    }
    return render(request, "people/admin/able.html", shown)
