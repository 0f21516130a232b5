from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.cases.actions.look_up import look_up
from camaug.cases.masking import masked_name
from camaug.cases.queries import Progress
from camaug.cases.queries import follow as find
from camaug.cases.web import post_words
from camaug.cases.web.portal import telling
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public

KEPT = "followed"
SHOWN_FOR = timedelta(minutes=30)


class FollowForm(forms.Form):
    """The code and the second fact."""

    code = forms.CharField(
        max_length=60, error_messages={"required": gettext_lazy("Enter the code of the application.")}
    )
    fact = forms.RegexField(
        r"^[0-9]{4}$",
        error_messages={
            "required": gettext_lazy("Enter the last four digits of your phone number or personal number."),
            "invalid": gettext_lazy("Enter exactly four digits."),
        },
    )


@public
def follow(request: Request) -> HttpResponseBase:
    """Follow a case without an account. The second fact travels in a form only, never in an address."""
    if request.method != "POST":
        return _asked(request, {"code": request.GET.get("code", "")[:60], "fact": ""}, {})
    form = FollowForm(request.POST)
    typed = {name: request.POST.get(name, "")[:60] for name in ("code", "fact")}
    if not form.is_valid():
        return _asked(request, typed, {name: str(said[0]) for name, said in form.errors.items()}, status=422)
    code, fact = form.cleaned_data["code"].upper(), form.cleaned_data["fact"]
    try:
        look_up(code, fact, by=request.actor, at=request.at)
    except DomainError as no:
        status = 429 if isinstance(no, TooManyAttempts) else 422
        return _asked(request, typed, {"": str(no)}, status=status)
    request.session[KEPT] = {"code": code, "fact": fact, "until": (request.at + SHOWN_FOR).isoformat()}
    return redirect("citizen:followed")


@public
def followed(request: Request) -> HttpResponseBase:
    """Where the case stands, to whoever held its code and the second fact a short while ago."""
    seen = followed_by(request)
    return _told(request, seen) if seen else redirect("citizen:follow")


def kept_in(request: Request) -> dict[str, Any]:
    """The code and the second fact that were right a short while ago; empty where there are none."""
    kept: dict[str, Any] = request.session.get(KEPT, {})
    return kept if kept and request.at <= datetime.fromisoformat(kept["until"]) else {}


def followed_by(request: Request) -> Progress | None:
    """The case that this browser follows without an account."""
    kept = kept_in(request)
    return find(kept["code"], kept["fact"], at=request.at) if kept else None


def _asked(request: Request, typed: dict[str, str], errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    shown = {
        "typed": typed,
        "errors": errors,
        "wrong": {"code": errors.get("code", ""), "fact": errors.get("fact", "")},
    }
    return render(request, "cases/portal/follow.html", shown, status=status)


def _told(request: Request, seen: Progress) -> HttpResponse:
    promised, left = telling.due(seen)
    shown = {
        "seen": seen,
        "code": seen.case.code,
        "procedure": told(seen.definition, "plain_name"),
        "applicant": masked_name(seen.case.applicant_name),
        "tone": telling.state_tone(seen),
        "steps": telling.steps(seen),
        "parts": telling.parts(seen, owner=False),
        "promised": promised,
        "left": left,
        "owed": seen.owed,
        "legs": post_words.shown(seen.legs, names=False),
        "timeline": telling.history(seen, request, words=False),
        **telling.rating(seen, reverse("citizen:followed_rating"), at=request.at, words=False),
        "ready": _("The result is ready: sign in to download it, or take it at the counter."),
    }
    return render(request, "cases/portal/followed.html", shown)
