from django.http import HttpResponse
from django.shortcuts import render

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
        "rows": rows(by_field(code, request.at.date())),
        "others": [{"code": view.code, "name": named(view)} for view in all_fields if view != here],
    }
    return render(request, "catalogue/portal/field.html", shown)
