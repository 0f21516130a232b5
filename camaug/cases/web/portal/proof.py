import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from camaug.cases.models import Case
from camaug.cases.queries import progress_of
from camaug.cases.queries.proof import proof_of_case, proof_of_followed
from camaug.cases.web.portal.follow import followed_by
from camaug.kernel.pages import Request, members, public


@members
def proof(request: Request, case: UUID) -> HttpResponseBase:
    """The sealed history of one's own case, as a file that a stranger can check; a sentence where it is too early."""
    seen = progress_of(case, request.actor, at=request.at)
    return _answer(request, seen.case, proof_of_case(seen.case), back=reverse("citizen:my_case", args=[case]))


@public
def followed_proof(request: Request) -> HttpResponseBase:
    """The same of the case that this browser follows by its code, as far as that page shows it."""
    seen = followed_by(request)
    if seen is None:
        return redirect("citizen:follow")
    return _answer(request, seen.case, proof_of_followed(seen.case), back=reverse("citizen:followed"))


def as_file(made: Mapping[str, Any], name: str) -> HttpResponse:
    """The proof to keep and to hand on."""
    return HttpResponse(
        json.dumps(made, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _answer(request: Request, case: Case, made: Mapping[str, Any] | None, *, back: str) -> HttpResponse:
    if made is None:
        return render(request, "cases/portal/no_proof_yet.html", {"case": case, "back": back})
    return as_file(made, f"{case.code}-lich-su.json")
