from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.catalogue.queries import by_life_event, life_events
from camaug.catalogue.queries.guiding import begins_with
from camaug.catalogue.queries.listing import named, rows
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public


@public
def life_event(request: Request, code: str) -> HttpResponse:
    """The procedures of an event of life, and the other events."""
    events = life_events(request.at.date())
    here = next((view for view in events if view.code == code), None)
    if here is None:
        raise NotFound
    shown = {
        "name": named(here),
        "description": _(
            "What to do at this event of life: {name}. What you need, how long it takes, what it costs, where to go."
        ).format(name=named(here)),
        "rows": rows(by_life_event(code, request.at.date())),
        "guide": reverse("catalogue:guide_way", args=[code]) if begins_with(code) else "",
        "others_title": _("Other events of life"),
        "others": [
            {"href": reverse("catalogue:life_event", args=[view.code]), "name": named(view)}
            for view in events
            if view != here
        ],
    }
    return render(request, "catalogue/portal/group.html", shown)
