from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request, staff
from camaug.signon.queries import enterable


@staff
def launcher(request: Request) -> HttpResponse:
    """The systems that the officer may enter with this sign-in."""
    return render(request, "signon/launcher.html", {"tiles": enterable(request.actor, at=request.at)})
