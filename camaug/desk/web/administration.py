from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request
from camaug.ui.administration import administrators


@administrators
def administration(request: Request) -> HttpResponse:
    """The home page of the administrators' area: its sections, as the parts have registered them."""
    return render(request, "desk/administration.html")
