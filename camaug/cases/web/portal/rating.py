"""How the applicant found the service: asked kindly, never a condition for anything."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.actions.rate import rate, rate_as_holder
from camaug.cases.queries import Progress, progress_of
from camaug.cases.web.portal import telling
from camaug.cases.web.portal.follow import followed_by, kept_in
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import InvalidInput
from camaug.kernel.pages import Request, members, public


@members
def rating(request: Request, case: UUID) -> HttpResponseBase:
    """Rate one's own case, or change the rating."""
    seen = progress_of(case, request.actor, at=request.at)
    back = reverse("citizen:my_case", args=[case])
    if request.method != "POST":
        return _asked(request, seen, back, own=True)
    try:
        rate(case, **_typed(request), by=request.actor, at=request.at)
    except InvalidInput as wrong:
        return _asked(request, seen, back, wrong.errors, own=True)
    return _thanked(request, back)


@public
def followed_rating(request: Request) -> HttpResponseBase:
    """The same for whoever held the code and the second fact a short while ago."""
    seen = followed_by(request)
    if seen is None:
        return redirect("citizen:follow")
    back = reverse("citizen:followed")
    if request.method != "POST":
        return _asked(request, seen, back, own=False)
    kept = kept_in(request)
    try:
        rate_as_holder(kept["code"], kept["fact"], **_typed(request), by=request.actor, at=request.at)
    except InvalidInput as wrong:
        return _asked(request, seen, back, wrong.errors, own=False)
    return _thanked(request, back)


def _typed(request: Request) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("satisfaction", "words")}


def _asked(
    request: Request, seen: Progress, back: str, errors: Mapping[str, str] | None = None, *, own: bool
) -> HttpResponse:
    shown = {
        **telling.rating(seen, request.path, at=request.at, words=own),
        "code": seen.case.code,
        "procedure": told(seen.definition, "plain_name"),
        "back": back,
        "errors": errors or {},
        **(_typed(request) if errors else {}),
    }
    return render(request, "cases/portal/rating.html", shown, status=422 if errors else 200)


def _thanked(request: Request, back: str) -> HttpResponse:
    messages.success(request, _("Thank you. What you said helps the office to serve everybody better."))
    return redirect(back)
