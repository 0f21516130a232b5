from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.choose_language import choose_language
from camaug.access.queries import reach
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, members
from camaug.notify.actions.set_preference import set_preference
from camaug.notify.queries import Wish, wishes


@members
def preferences(request: Request) -> HttpResponseBase:
    """By which channels, and in which language, the reader wants to be told."""
    account_id = request.actor.account_id
    if account_id is None:
        raise NotFound
    known = [wish for wish in wishes(account_id) if wish.address]
    if request.method == "POST":
        return _save(request, account_id, known)
    shown = {
        "options": [{"value": wish.channel, "label": wish.label, "hint": wish.address} for wish in known],
        "wanted": [wish.channel for wish in known if wish.wanted],
        "languages": [{"value": code, "label": name} for code, name in settings.LANGUAGES],
        "language": reach(account_id).language,
    }
    return render(request, "notify/preferences.html", shown)


def _save(request: Request, account_id: UUID, known: list[Wish]) -> HttpResponseBase:
    choose_language(request.POST.get("language") or reach(account_id).language, by=request.actor, at=request.at)
    chosen = request.POST.getlist("channels")
    for wish in known:
        set_preference(wish.channel, wanted=wish.channel in chosen, by=request.actor, at=request.at)
    messages.success(request, _("Your choice has been saved."))
    return redirect("notify:preferences")
