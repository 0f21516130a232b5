"""What every call of the API passes: who calls, how often, whether it is the same request again."""

import hashlib
import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from camaug.access.actions.note_use import note_use
from camaug.access.queries import caller_by_secret, is_of_a_page
from camaug.access.web.session import PASSWORD_DUE
from camaug.gateway.actions.answer_once import AnsweredBefore, Claim, Kept, answered
from camaug.gateway.allowance import Standing, spend
from camaug.kernel.errors import DomainError, InvalidInput
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.pages import Request, for_programs
from camaug.kernel.problems import NotSignedIn, Problem, answer, refused
from camaug.kernel.rest import SAFE, Call, Caller, Scope
from camaug.kernel.transactions import as_one
from camaug.kernel.varying import vary
from camaug.signon.queries import caller_by_access_token

KEY = "Idempotency-Key"
LONGEST_KEY, KEYS = 120, r"^[!-~]+$"
JSON, OCTETS = "application/json", "application/octet-stream"
_CONDITIONS = frozenset({"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"})
_REPEATED = ("Content-Type", "Location", "ETag")

VARYING = ("Authorization", "Accept-Language", "Cookie")
MAY_BE_KEPT = "private, no-cache"

type View = Callable[..., HttpResponse]


def guarded(view: View, methods: Collection[str]) -> Callable[..., HttpResponseBase]:
    """A view of the API: public at its door, since each operation asks itself whom it lets in.

    It needs no CSRF token: the session's cookie opens nothing but reading.
    """

    def entry(request: Request, **named: object) -> HttpResponseBase:
        if request.method not in methods:
            refusal = answer(Problem(405, ""))
            refusal["Allow"] = ", ".join(sorted(methods))
            return refusal
        try:
            call = _call(request)
            standing = spend(call.caller.key, call.caller.per_minute, at=call.at)
            response = view(call, **named) if call.method in SAFE else _write(call, view, named)
        except DomainError as no:
            return refused(no)
        return _finished(call, response, standing)

    return csrf_exempt(for_programs(entry))


def _call(request: Request) -> Call:
    """The request with its caller: by token, or to read by the session.

    NotSignedIn where the token opens nothing, and while an administrator owes the session another password.
    """
    call, origin = cast(Call, request), request.actor.origin
    word, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if word.lower() == "bearer":
        try:
            call.caller = caller_by_token(secret.strip(), at=request.at, origin=origin)
        except NotSignedIn:
            spend(*_stranger(origin), at=request.at)
            raise
        call.actor = call.caller.actor
        return call
    if word:
        raise NotSignedIn
    actor = request.actor
    if actor.account_id and PASSWORD_DUE in request.session:
        raise NotSignedIn
    if actor.account_id and request.method in SAFE:
        call.caller = Caller(actor, str(actor.account_id), frozenset({Scope.READ}), settings.API_CALLS_A_MINUTE)
        return call
    if actor.account_id:
        raise NotSignedIn
    key, a_minute = _stranger(origin)
    call.caller = Caller(actor, key, frozenset(), a_minute)
    return call


def _stranger(origin: str) -> tuple[str, int]:
    """By what calls are counted whose caller is not known, those with a token that opens nothing among them."""
    return f"from {origin}", settings.API_STRANGERS_CALLS_A_MINUTE


def caller_by_token(secret: str, *, at: datetime, origin: str) -> Caller:
    """By one that its owner made on a page, or that a system got when he signed in to it; NotSignedIn."""
    if not is_of_a_page(secret):
        return caller_by_access_token(secret, at=at, origin=origin)
    opened = caller_by_secret(secret, at=at, origin=origin)
    note_use(opened.token_id, opened.last_used_at, at=at)
    return opened.caller


def etag_of(octets: bytes) -> str:
    """What an answer without a revision is known by."""
    return f'"{hashlib.sha256(octets).hexdigest()[:24]}"'


def _write(call: Call, view: View, named: dict[str, object]) -> HttpResponse:
    """A write together with what was answered to it, in one transaction; the same request again is answered alike."""
    if call.caller.actor.account_id is None:
        raise NotSignedIn
    if (wrong := _read(call)) is not None:
        return wrong
    key = call.headers.get(KEY, "")
    if len(key) > LONGEST_KEY or not re.fullmatch(KEYS, key):
        raise InvalidInput({KEY: _("Send a key of your own for this request, 1 to 120 letters, such as a UUID.")})
    owner, digest = call.caller.key, _digest(call)
    while True:
        try:
            return _once(call, view, named, (owner, key, digest))
        except AnsweredBefore:
            kept = answered(owner, key, digest)
            if kept is not None:
                return _again(kept)


def _once(call: Call, view: View, named: dict[str, object], claimed: tuple[str, str, str]) -> HttpResponse:
    """AnsweredBefore where it was done before, however it would be refused now."""
    with as_one():
        claim = Claim(*claimed, at=call.at)
        response = view(call, **named)
        if response.status_code >= 400:
            claim.settle()
            transaction.set_rollback(True)
        else:
            headers = {name: response[name] for name in _REPEATED if name in response}
            claim.keep(Kept(response.status_code, headers, response.content))
    return response


def _read(call: Call) -> HttpResponse | None:
    """Read what was sent, within limits; a problem where it cannot be taken."""
    kind = (call.content_type or "").lower()
    if kind not in (JSON, OCTETS):
        if call.headers.get("Content-Length", "0") not in ("", "0") or "Transfer-Encoding" in call.headers:
            return answer(Problem(415, ""))
        call._body = b""
        return None
    if kind == OCTETS:
        octets = call.read(LIMITS.bytes + 1)
        if len(octets) > LIMITS.bytes:
            raise FileTooLarge(name="", megabytes=LIMITS.megabytes)
        call._body = octets  # where Django keeps what it read itself, but with a smaller limit
        return None
    try:
        sent = call.body
    except RequestDataTooBig:
        return answer(Problem(413, ""))
    if b"\\u0000" in sent:
        return answer(Problem(422, _("Nobody types a NUL.")))
    return None


def _digest(call: Call) -> str:
    told = hashlib.sha256(f"{call.method} {call.get_full_path()}\n".encode())
    told.update(call.body)
    return told.hexdigest()


def _again(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def _finished(call: Call, response: HttpResponse, standing: Standing) -> HttpResponseBase:
    """The answer with what holds for all; 304 where the caller has it already."""
    for name, value in standing.headers.items():
        response[name] = value
    vary(response, *VARYING)
    if call.method != "GET" or response.status_code != 200 or response.streaming:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    response.headers.setdefault("Cache-Control", MAY_BE_KEPT)
    if "ETag" not in response:
        response["ETag"] = etag_of(response.content)
    if call.META.keys().isdisjoint(_CONDITIONS):
        return response
    same = get_conditional_response(call, etag=response["ETag"], response=response)
    return same or response
