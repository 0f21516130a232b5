"""The site with two pages more: the example form one thing a page, and as the counter's. Answers live in the session."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from camaug.catalogue.forms.answers import check
from camaug.catalogue.forms.pages import answer, page_of
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.forms.render import compact_view, page_view
from camaug.kernel.pages import Request, public
from config.urls import urlpatterns as site
from tests.unit.forms.example import FORM, TODAY

PLACES = RegisteredPlaces(TODAY)


@public
def one_page(request: Request, page_id: str) -> HttpResponse:
    answers = request.session.get("answers", {})
    page = page_of(FORM, answers, page_id, on=TODAY)
    assert page
    errors: dict[str, str] = {}
    if request.method == "POST":
        reading = answer(FORM, page, request.POST, previous=answers, on=TODAY, places=PLACES)
        request.session["answers"], errors = reading.answers, reading.errors
        page = page_of(FORM, reading.answers, page_id, on=TODAY) or page
    view = page_view(page, request.session.get("answers", {}), errors, language="vi", places=PLACES, on=TODAY)
    return render(request, "forms_page.html", {"page": view, "done": request.method == "POST" and not errors})


@public
def counter(request: Request) -> HttpResponse:
    answers = request.session.get("answers", {})
    errors: dict[str, str] = {}
    if request.method == "POST":
        reading = answer(FORM, None, request.POST, previous={}, on=TODAY, places=PLACES)
        answers, errors = reading.answers, reading.errors
        request.session["answers"] = answers
        if not errors and not reading.stay:
            assert check(FORM, answers, on=TODAY, places=PLACES) == {}
            return render(request, "forms_counter.html", {"done": True, "form": None})
    view = compact_view(FORM, answers, errors, language="vi", places=PLACES)
    return render(request, "forms_counter.html", {"form": view, "done": False})


urlpatterns = [path("example/counter/", counter), path("example/<slug:page_id>/", one_page), *site]
