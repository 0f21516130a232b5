from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.catalogue.queries import by_field, fields
from camaug.catalogue.queries.listing import named, rows
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public


@public
def field(request: Request, code: str) -> HttpResponse:
    """The procedures of a field of work, and the other fields."""
    all_fields = fields(request.at.date())
    here = next((view for view in all_fields if view.code == code), None)
    if here is None:
        raise NotFound
    shown = {
        "name": named(here),
        "description": _(
            "Procedures in the field “{name}”: what you need, how long it takes, what it costs, where to go."
        ).format(name=named(here)),
        "rows": rows(by_field(code, request.at.date())),
        "others_title": _("Other fields"),
        "others": [
            {"href": reverse("catalogue:field", args=[view.code]), "name": named(view)}
            for view in all_fields
            if view != here
        ],
    }
    return render(request, "catalogue/portal/group.html", shown)
