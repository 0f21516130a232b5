"""Whom one lets help, whom one helps, and what was done: the person's page and the helper's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from camaug.behalf.actions.confirm_mandate import confirm_in_account
from camaug.behalf.actions.end_mandate import end_mandate
from camaug.behalf.queries import given_by, held_by, mandate_of
from camaug.cases.web.portal.mandate_words import journal_items, shown
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, fresh, members


@members
def mandates(request: Request) -> HttpResponse:
    """Who may act for oneself, and for whom one acts."""
    at = request.at
    listed = {
        "given": [shown(one, at=at) for one in given_by(request.actor, at=at)],
        "held": [shown(one, at=at) for one in held_by(request.actor, at=at)],
    }
    return render(request, "cases/portal/mandates.html", listed)


@members
def mandate(request: Request, mandate: UUID) -> HttpResponse:
    """One mandate, whole, with its journal."""
    one = mandate_of(mandate, request.actor, at=request.at)
    page = {
        "mandate": shown(one, at=request.at),
        "mine": one.helper_id != request.actor.person_id,
        "journal": journal_items(one, at=request.at),
    }
    return render(request, "cases/portal/mandate.html", page)


@fresh
@members
@require_POST
def confirmation(request: Request, mandate: UUID) -> HttpResponse:
    """The person lets the helper act."""
    try:
        confirm_in_account(mandate, by=request.actor, at=request.at)
        messages.success(request, _("Confirmed. You can end it at any time on this page."))
    except NotFound:
        raise
    except DomainError as no:
        messages.warning(request, str(no))
    return redirect("citizen:mandate", mandate)


@members
def ending(request: Request, mandate: UUID) -> HttpResponseBase:
    """Ends it at once. GET asks first."""
    one = mandate_of(mandate, request.actor, at=request.at)
    if request.method != "POST":
        page = {"mandate": shown(one, at=request.at), "mine": one.helper_id != request.actor.person_id}
        return render(request, "cases/portal/mandate_ending.html", page)
    end_mandate(mandate, by=request.actor, at=request.at)
    messages.success(request, _("It has ended."))
    return redirect("citizen:mandates")
