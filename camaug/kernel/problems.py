"""Refusals for programs: `application/problem+json` (RFC 9457), the sentence in the language that was asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import camel_case_to_spaces, slugify
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError, InvalidInput, MovedOn, NotAllowed, NotFound, TooOften
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.lifecycle import WrongState

API = "/api/"
MEDIA_TYPE = "application/problem+json"


class NotSignedIn(DomainError):
    """The operation is for somebody who says who he is."""

    sentence = _("Send a valid access token in the header Authorization: Bearer.")


class ScopeMissing(DomainError):
    """The token was made for less."""

    sentence = _("This access token was not made for this: it lacks the scope “{scope}”.")


TWO_FACTORS = ("LoA2", "LoA3")
"""The levels (`acr`) of whoever has shown two."""


class StepUpNeeded(DomainError):
    """Whoever made the token must show again, or more surely, who he is: told as RFC 9470 has it."""


class ProofTooOld(StepUpNeeded):
    """A decision is not made long after its maker has shown who he is; refreshing a token shows nothing."""

    sentence = _(
        "A decision needs an access token of somebody who has shown who he is in the last {minutes} minutes. "
        "Sign in again for a new one."
    )


class SecondFactorMissing(StepUpNeeded):
    """A decision is not made by a token that a password alone was enough for."""

    sentence = _(
        "A decision needs an access token that was made after a sign-in with a second factor. "
        "Set one up under account security, sign in with it and make a new token."
    )


STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (NotSignedIn, 401),
    (ScopeMissing, 403),
    (StepUpNeeded, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (MovedOn, 409),
    (WrongState, 409),
    (FileTooLarge, 413),
    (TooOften, 429),
    (DomainError, 422),
)
"""The first kind that fits says the status."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a program is told. `kind` is the refusal's name; `errors` has a sentence by field, "" for the whole."""

    status: int
    title: str | Promise
    kind: str = ""
    errors: Mapping[str, str] | None = None
    reference: str = ""


def is_for_a_program(request: HttpRequest) -> bool:
    """Whether the request is of the API, so that whatever is refused is refused as a problem."""
    return request.path.startswith(API)


def kind_of(refusal: type[DomainError]) -> str:
    """The name of a refusal in addresses: `case-moved-on`."""
    return slugify(camel_case_to_spaces(refusal.__name__))


def of_refusal(no: DomainError) -> Problem:
    """The problem that a refusal is."""
    status = next(status for kind, status in STATUSES if isinstance(no, kind))
    errors = {name: str(said) for name, said in no.errors.items()} if isinstance(no, InvalidInput) else None
    return Problem(status, str(no), kind_of(type(no)), errors)


def answer(problem: Problem) -> HttpResponse:
    """The problem as an answer."""
    told: dict[str, object] = {
        "type": f"{settings.PUBLIC_URL}/api/v1/docs/#{problem.kind}" if problem.kind else "about:blank",
        "title": str(problem.title) or HTTPStatus(problem.status).phrase,
        "status": problem.status,
    }
    if problem.errors is not None:
        told["errors"] = dict(problem.errors)
    if problem.reference:
        told["reference"] = problem.reference
    response = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=MEDIA_TYPE, status=problem.status)
    response["Cache-Control"] = "no-store"
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="CaMau-G"'
    return response


def refused(no: DomainError) -> HttpResponse:
    """The answer to a refusal; 429 says when to try again, a token that is too weak or too old what is wanted."""
    response = answer(of_refusal(no))
    if isinstance(no, StepUpNeeded):
        wanted = f'acr_values="{" ".join(TWO_FACTORS)}", max_age="{settings.STEP_UP_MINUTES * 60}"'
        response["WWW-Authenticate"] += f', error="insufficient_user_authentication", {wanted}'
    if isinstance(no, TooOften):
        response["Retry-After"] = str(no.facts.get("seconds", 60))
    return response
