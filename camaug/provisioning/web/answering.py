"""Who asks, what is asked and how it is answered; the protocol itself is scim2-server's."""

import json

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.http.request import RawPostDataException
from scim2_models import ForbiddenException, PayloadTooLargeException, SCIMException, UnauthorizedException
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse

from camaug.kernel.pages import Request
from camaug.provisioning.queries import View, part_of
from camaug.provisioning.web.reading import handler, service
from camaug.signon.issuer import issuer
from camaug.signon.queries import OwnOpened, own_opened_by
from camaug.signon.scopes import SCIM

ROOT = "/scim/v2"
_OPEN = frozenset({"ServiceProviderConfig", "ResourceTypes", "Schemas"})
"""What anybody may read, since it says nothing of anybody (RFC 7644 4)."""


def answer(request: Request, path: str) -> HttpResponse:
    """In application/scim+json, refusals too (RFC 7644 3.12)."""
    secret = _bearer(request)
    try:
        seen = own_opened_by(secret, at=request.at) if secret else None
        if path.strip("/").split("/")[0] not in _OPEN:
            _check(seen)
        return _written(handler(_view(request, seen), issuer() + ROOT).handle(_asked(request, path)))
    except SCIMException as no:
        response = _written(service().error_response(no))
        if response.status_code == 401 and secret:
            response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        elif seen and SCIM not in seen.scopes:
            response["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{SCIM}"'
        return response


def _check(seen: OwnOpened | None) -> None:
    if seen is None:
        raise UnauthorizedException(detail="A system shows a token of its own, in the header Authorization")
    if SCIM not in seen.scopes:
        raise ForbiddenException(detail=f"The token has not the scope {SCIM}")


def _view(request: Request, seen: OwnOpened | None) -> View:
    """Of nobody who showed no token anything is read: what is open to all lies in no row."""
    if seen is None:
        return View(request.at, "", frozenset(), (), request.at)
    part = part_of(seen.told_of, at=request.at)
    return View(request.at, seen.audience, seen.roles, part, seen.changed_at)


def _asked(request: Request, path: str) -> ScimRequest:
    try:
        body = request.body
    except RequestDataTooBig as no:
        raise PayloadTooLargeException from no
    except RawPostDataException:  # a form, which has been read as one by now; nothing here is one
        body = b""
    method = "GET" if request.method == "HEAD" else str(request.method)
    query = {name: str(value) for name, value in request.GET.items()}
    return ScimRequest(method, issuer() + ROOT, path, query, dict(request.headers.items()), body)


def _written(told: ScimResponse) -> HttpResponse:
    body = json.dumps(told.body, ensure_ascii=False).encode() if told.body is not None else b""
    response = HttpResponse(body, status=int(told.status))
    for name, value in told.headers.items():
        response[name] = value
    response["Cache-Control"] = "private, no-cache"
    return response


def _bearer(request: Request) -> str:
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
