"""What all operations of the REST API share: who calls, who may, how an answer looks, how lists are paged.

A part says its operations in `rest/`, each one action call and/or one query; `gateway` puts them together:

    operations = Operations("catalogue")

    @operations.get("/procedures/{code}", _("One procedure"), Procedure)
    def procedure(request: Call, code: str) -> Procedure: ...
"""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import wraps
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated, Any, Concatenate
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from ninja import P, QueryEx, Router
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.pages import Audience, Door, Request
from camaug.kernel.problems import NotSignedIn, ProofTooOld, ScopeMissing, SecondFactorMissing

EVERYBODY = Door(Audience.PUBLIC)
MEMBERS = Door(Audience.MEMBERS)
STAFF = Door(Audience.STAFF)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST = 100
"""The longest page of a list."""
_LONGEST_NUMBER = 9
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
After = QueryEx[str, P(max_length=300, description="`next` of the page before")]
Limit = QueryEx[int, P(ge=1, le=MOST)]


OCTETS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""In the OpenAPI: the body is a file."""


class Scope(StrEnum):
    """What a token was made for: to look, or also to act."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls. `key` is what limits and repeated requests are counted by; `per_minute` how often he may call.

    `two_factors`: whoever made the token had shown two; `shown_at`: when, None where that is not known.
    """

    actor: Actor
    key: str
    scopes: frozenset[Scope]
    per_minute: int
    two_factors: bool = False
    shown_at: datetime | None = None


class Call(Request):
    """A request as operations get it."""

    caller: Caller


class Body(BaseModel):
    """What is sent in: a name that is not known is refused, so that nothing is misspelt in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_a_day(said: object) -> object:
    if not isinstance(said, str) or not _DAY.fullmatch(said):
        raise PydanticCustomError("day", "Write the day as 2026-12-31.")
    return said


Whole = Annotated[int, Field(strict=True)]
"""A number in JSON; neither `true` nor "1", which would otherwise pass for one."""
YesNo = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_as_a_day)]
"""A day as ISO 8601 writes it; no number of seconds."""


class Answer(BaseModel):
    """What is sent back; made from what the query gave, attribute by attribute."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Page[T](Answer):
    """A page of a list. `next` is the cursor of the page after it, null on the last one."""

    items: Sequence[T]
    next: str | None = Field(default=None, description="Send it as `after` to get the next page.")


@dataclass(frozen=True, slots=True)
class Made:
    """Something new, and where it is found."""

    answer: BaseModel
    location: str


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that the database wrote as JSON; `revision` of the thing goes into its ETag, `next` as in `Page`."""

    octets: bytes
    revision: int | None = None
    next: str | None = None


type Result = BaseModel | Made | Written | HttpResponseBase | None
type View[**P] = Callable[Concatenate[Call, P], Result]


class Operations:
    """The operations of a part under one tag; each decorator says address, sentence and answer.

    `methods` are those of each address, by the name of its first operation.
    """

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])
        self.methods: dict[str, set[str]] = {}
        self._names: dict[str, str] = {}

    def get[**P](
        self, path: str, sentence: str | Promise, answer: Any, *, door: Door = EVERYBODY, **more: Any
    ) -> Callable[[View[P]], View[P]]:
        """Reading. `more` goes into the OpenAPI."""
        return self._operation("GET", path, sentence, answer, door=door, status=200, more=more)

    def post[**P](
        self,
        path: str,
        sentence: str | Promise,
        answer: Any,
        *,
        door: Door,
        status: int = 201,
        weighty: bool = False,
        **more: Any,
    ) -> Callable[[View[P]], View[P]]:
        """Making something, or a move; a `weighty` one wants a token of somebody who has just shown two factors."""
        if weighty:
            more["x-two-factors"] = True
        return self._operation("POST", path, sentence, answer, door=door, status=status, weighty=weighty, more=more)

    def put[**P](
        self, path: str, sentence: str | Promise, answer: Any, *, door: Door, **more: Any
    ) -> Callable[[View[P]], View[P]]:
        """Setting something."""
        return self._operation("PUT", path, sentence, answer, door=door, status=200, more=more)

    def patch[**P](
        self, path: str, sentence: str | Promise, answer: Any, *, door: Door, **more: Any
    ) -> Callable[[View[P]], View[P]]:
        """Changing what is named."""
        return self._operation("PATCH", path, sentence, answer, door=door, status=200, more=more)

    def delete[**P](
        self, path: str, sentence: str | Promise, *, door: Door, **more: Any
    ) -> Callable[[View[P]], View[P]]:
        """Taking something away."""
        return self._operation("DELETE", path, sentence, None, door=door, status=204, more=more)

    def _operation[**P](
        self,
        method: str,
        path: str,
        sentence: str | Promise,
        answer: Any,
        *,
        door: Door,
        status: int,
        more: Any,
        weighty: bool = False,
    ) -> Callable[[View[P]], View[P]]:
        scope = Scope.READ if method in SAFE else Scope.WRITE

        def named(view: View[P]) -> View[P]:
            @wraps(view)
            def run(call: Call, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
                admit(call.caller, door, scope)
                if weighty:
                    demand_proof(call.caller, at=call.at)
                return rendered(call, view(call, *args, **kwargs), status)

            name = self._names.setdefault(path, view.__name__)
            self.methods.setdefault(name, set()).add(method)
            self.router.api_operation(
                [method],
                path,
                response={status: answer},
                operation_id=view.__name__,
                url_name=name,
                summary=sentence,  # type: ignore[arg-type]  # said in the reader's language when it is shown
                openapi_extra={"x-door": door.audience.value, "x-scope": scope.value, **more},
            )(run)
            return view

        return named


def admit(caller: Caller, door: Door, scope: Scope) -> None:
    """NotSignedIn for strangers, NotFound for those whom it does not concern, ScopeMissing for a smaller token."""
    if door.audience == Audience.PUBLIC:
        return
    if caller.actor.kind == ActorKind.ANONYMOUS:
        raise NotSignedIn
    if not door.admits(caller.actor):
        raise NotFound
    if scope not in caller.scopes:
        raise ScopeMissing(scope=scope)


def demand_proof(caller: Caller, *, at: datetime) -> None:
    """SecondFactorMissing for a token made with one factor, ProofTooOld where its maker showed them long ago."""
    if not caller.two_factors:
        raise SecondFactorMissing
    minutes = settings.STEP_UP_MINUTES
    if caller.shown_at is None or at - caller.shown_at >= timedelta(minutes=minutes):
        raise ProofTooOld(minutes=minutes)


def rendered(call: Call, result: Result, status: int) -> HttpResponseBase:
    """The result of an operation as an answer; a list says in `Link` where its next page is."""
    if isinstance(result, HttpResponseBase):
        return result
    if result is None:
        return HttpResponse(status=204)
    if isinstance(result, Made):
        response = _json(result.answer.model_dump_json().encode(), 201)
        response["Location"] = result.location
        return response
    if isinstance(result, Written):
        response, following = _json(result.octets, status), result.next
        if result.revision is not None:
            response["ETag"] = f'"{result.revision}-{sha256(result.octets).hexdigest()[:16]}"'
    else:
        response, following = _json(result.model_dump_json().encode(), status), getattr(result, "next", None)
    if following:
        query = {**call.GET.dict(), "after": following}
        response["Link"] = f'<{settings.PUBLIC_URL}{call.path}?{urlencode(query)}>; rel="next"'
    return response


def revision_seen(request: Call) -> int | None:
    """The revision in the ETag of `If-Match`; None where there is none, InvalidInput for no ETag of ours."""
    said = request.headers.get("If-Match", "").strip()
    if said in ("", "*"):
        return None
    number = said.removeprefix("W/").strip('"').partition("-")[0]
    if not number.isascii() or not number.isdigit() or len(number) > _LONGEST_NUMBER:
        raise InvalidInput({"If-Match": _("Send the ETag of the case as you read it.")})
    return int(number)


def cursor(place: str, *, of: str) -> str:
    """A place in the list named `of`, as a client carries it: it fits that list only and cannot be made up."""
    plain = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    return f"{plain}.{_signature(plain, of)}"


def place_of(after: str, *, of: str) -> str:
    """The place that a cursor names, "" for none; InvalidInput for one that this list did not give out."""
    if not after:
        return ""
    plain, _dot, signature = after.partition(".")
    if not compare_digest(signature.encode(), _signature(plain, of).encode()):
        raise InvalidInput({"after": _("This cursor does not belong to this list. Begin without it.")})
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (ValueError, binascii.Error):
        return ""


def _signature(plain: str, of: str) -> str:
    return salted_hmac("camaug.rest.cursor", f"{of}:{plain}", algorithm="sha256").hexdigest()[:24]


def _json(octets: bytes, status: int) -> HttpResponse:
    return HttpResponse(octets, content_type="application/json", status=status)
