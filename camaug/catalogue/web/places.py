"""Choices for the address question while one fills in a form: what lies in a place, or which communes fit the words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.kernel.pages import Request, public

WORDS = 100
CODE = 10


@public
def places(request: Request) -> HttpResponse:
    """`?parent=964`: its units by code. `?words=tan an`: communes by full name. As options for a list."""
    registered = RegisteredPlaces(timezone.localdate(request.at))
    words = request.GET.get("words", "")[:WORDS]
    parent = request.GET.get("parent", "")[:CODE]
    found = registered.search(words) if words else registered.children(parent)
    return render(request, "catalogue/forms/places.html", {"places": found, "by_name": bool(words)})
