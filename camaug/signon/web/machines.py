"""What systems ask without anybody at a keyboard: discovery, keys, tokens, userinfo, introspection, revocation."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from camaug.kernel.pages import Request, for_programs
from camaug.signon.issuer import metadata
from camaug.signon.keys import published
from camaug.signon.models import TokenKind
from camaug.signon.queries import Opened, claims, opened_by
from camaug.signon.scopes import OPENID
from camaug.signon.web.protocol.endpoints import introspected
from camaug.signon.web.protocol.server import Server

_KEPT = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
_FORM = "application/x-www-form-urlencoded"
TOLD_NOW = {"Cache-Control": "no-store"}
NEVER_KEPT = {**TOLD_NOW, "Pragma": "no-cache"}


@for_programs
def discovery(_request: Request) -> HttpResponse:
    """Where everything is and what is understood (Discovery 4)."""
    return JsonResponse(metadata(), headers=_KEPT)


@for_programs
def keys(_request: Request) -> HttpResponse:
    """The keys that sign now, next and lately (RFC 7517)."""
    return JsonResponse({"keys": published()}, headers=_KEPT)


@csrf_exempt
@for_programs
def token(request: Request) -> HttpResponseBase:
    """A code or refresh token becomes tokens."""
    return _asked(request) or _answered(request, lambda server: server.create_token_response(request))


@csrf_exempt
@for_programs
def revoke(request: Request) -> HttpResponseBase:
    """A token opens nothing any more (RFC 7009)."""
    return _asked(request) or _answered(request, lambda server: server.create_endpoint_response("revocation", request))


@csrf_exempt
@for_programs
def introspect(request: Request) -> HttpResponseBase:
    """What a token opens (RFC 7662)."""
    if (no := _asked(request)) is not None:
        return no
    try:
        told = introspected(request.META.get("HTTP_AUTHORIZATION", ""), request.POST, at=request.at)
    except ValueError:
        return _not_understood()
    if told is not None:
        return JsonResponse(told, headers=NEVER_KEPT)
    return _answered(request, lambda server: server.create_endpoint_response("introspection", request))


@csrf_exempt
@for_programs
def userinfo(request: Request) -> HttpResponseBase:
    """What the bearer of an access token may know of its owner (Core 5.3)."""
    if request.method not in ("GET", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    secrets = _bearers(request)
    if len(secrets) != 1:
        return _refused(400, "invalid_request") if secrets else _refused(401, "")
    found = opened_by(secrets[0], at=request.at)
    if found is None or found.kind != TokenKind.ACCESS:
        return _refused(401, "invalid_token")
    if not may_be_told(found):
        return _refused(403, "insufficient_scope")
    return JsonResponse(claims(found, at=request.at), headers=TOLD_NOW)


def may_be_told(found: Opened) -> bool:
    """Whether the token is for asking at userinfo."""
    return found.kind == TokenKind.ACCESS and OPENID in found.scopes


def _asked(request: Request) -> HttpResponse | None:
    """None for a form that says each thing once (RFC 6749 3.2); otherwise the answer that says no."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.content_type == _FORM and not _says_twice(request.POST):
        return None
    return _not_understood()


def _answered(request: Request, ask: Callable[[Server], HttpResponse]) -> HttpResponse:
    try:
        return ask(Server(request.at))
    except ValueError:  # Authlib repeats what was asked, and refuses to say what may not stand in an error
        return _not_understood()


def _not_understood() -> HttpResponse:
    return JsonResponse({"error": "invalid_request"}, status=400, headers={"Cache-Control": "no-store"})


def _says_twice(form: QueryDict) -> bool:
    return any(len(values) > 1 for _name, values in form.lists())


def _bearers(request: Request) -> list[str]:
    """Access tokens in the header and in the form (RFC 6750 2); never in the address."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    in_header = [secret.strip()] if scheme.lower() == "bearer" else []
    return in_header + request.POST.getlist("access_token")


def _refused(status: int, error: str) -> HttpResponse:
    challenge = f'Bearer error="{error}"' if error else "Bearer"
    return HttpResponse(status=status, headers={"WWW-Authenticate": challenge, "Cache-Control": "no-store"})
