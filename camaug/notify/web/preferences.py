from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, members
from camaug.notify.actions.set_preference import set_preference
from camaug.notify.queries import Wish, wishes


@members
def preferences(request: Request) -> HttpResponseBase:
    """By which channels the reader wants messages."""
    if request.actor.account_id is None:
        raise NotFound
    known = wishes(request.actor.account_id)
    if request.method == "POST":
        chosen = request.POST.getlist("channels")
        for wish in known:
            if wish.address:
                set_preference(wish.channel, wanted=wish.channel in chosen, by=request.actor, at=request.at)
        messages.success(request, _("Your choice has been saved."))
        return redirect("notify:preferences")
    shown = {
        "options": [_option(wish) for wish in known if wish.address],
        "wanted": [wish.channel for wish in known if wish.wanted],
    }
    return render(request, "notify/preferences.html", shown)


def _option(wish: Wish) -> dict[str, object]:
    return {"value": wish.channel, "label": wish.label, "hint": wish.address}
