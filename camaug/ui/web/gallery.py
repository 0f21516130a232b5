"""Every component in every state, and the frames that pages stand in."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.ids import uuid7
from camaug.kernel.pages import public
from camaug.kernel.text import fold
from camaug.ui.navigation import Group, Link

SPECIMENS = Path(__file__).parent.parent / "specimens.yaml"
FRAMES = ("home", "desk", "case", "confirmation", "question", "error", "print")


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SPECIMENS.read_text(encoding="utf-8"))
    return found


def _context() -> dict[str, Any]:
    return {"words": _words(), "born": date(1994, 5, 17), "frames": FRAMES}


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@public
def show(request: HttpRequest) -> HttpResponse:
    """All components on one page, in demo mode."""
    _only_in_demo()
    return render(request, "ui/gallery/page.html", _context())


@public
def show_in_frame(request: HttpRequest, frame: str) -> HttpResponse:
    """A whole page as an example: home, desk, case, ... in demo mode."""
    _only_in_demo()
    if frame not in FRAMES:
        raise Http404
    found = _context()
    if frame in ("desk", "case"):
        found["frame"] = _DeskSpecimen(request)
    return render(request, f"ui/gallery/{frame}.html", found)


@public
def suggestions(request: HttpRequest) -> HttpResponse:
    """The fragment that a search box shows while one types, in demo mode."""
    _only_in_demo()
    wanted = fold(request.GET.get("q", ""))
    found = [name for name in _words()["procedures"] if wanted in fold(name)]
    return render(request, "ui/gallery/suggestions.html", {"found": found})


@public
def repeat(request: HttpRequest) -> HttpResponse:
    """A repeating group: each press comes back with one group more or less, in demo mode."""
    _only_in_demo()
    names = [value for key, value in request.POST.items() if key.startswith("child-")] or [""]
    if "add" in request.POST:
        names.append("")
    if removed := request.POST.get("remove", "").removeprefix("child-"):
        names = [name for number, name in enumerate(names, start=1) if str(number) != removed]
    groups = [{"number": number, "name": name} for number, name in enumerate(names, start=1)]
    return render(request, "ui/gallery/repeat.html", {**_context(), "groups": groups})


class _DeskSpecimen:
    """The frame of an invented officer, so that the rail and the bar are seen filled."""

    demo = True

    def __init__(self, request: HttpRequest) -> None:
        from camaug.ui.context import Frame

        real = Frame(request)
        self.theme, self.site = real.theme, real.site
        who = _words()["officer"]
        post = Post(id=uuid7(), unit_id=uuid7(), title=who["post"], roles=frozenset())
        self.actor = Actor(kind=ActorKind.STAFF, name=who["name"], posts=(post,))
        self.desk = tuple(
            Group(group["label"], tuple(Link(href="#main-content", **link) for link in group["links"]))
            for group in _words()["rail"]
        )
