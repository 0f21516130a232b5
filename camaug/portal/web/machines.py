"""For search engines: what they may read, and where the pages are."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from camaug.catalogue.queries import browse, fields, life_events
from camaug.kernel.pages import Request, public

MOST = 5000


@public
def robots(request: Request) -> HttpResponse:
    """Nothing that belongs to one person, and no answers to forms, is to be indexed."""
    return render(request, "portal/robots.txt", {"site": settings.PUBLIC_URL}, content_type="text/plain")


@public
def sitemap(request: Request) -> HttpResponse:
    """The pages that everybody may read."""
    on = request.at.date()
    paths = [
        reverse("portal:home"),
        reverse("portal:procedures"),
        reverse("catalogue:agencies"),
        reverse("insight:province"),
        *(reverse("catalogue:procedure", args=[hit.code]) for hit in browse(on, limit=MOST)),
        *(reverse("catalogue:field", args=[view.code]) for view in fields(on)),
        *(reverse("catalogue:life_event", args=[view.code]) for view in life_events(on)),
    ]
    shown = {"addresses": [f"{settings.PUBLIC_URL}{path}" for path in paths]}
    return render(request, "portal/sitemap.xml", shown, content_type="application/xml")
