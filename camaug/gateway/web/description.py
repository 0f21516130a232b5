"""The OpenAPI 3.1 of the API: what the operations say of themselves, and what holds for all of them."""

import json
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from camaug.gateway.web.api import api
from camaug.gateway.web.guard import KEY, KEYS, LONGEST_KEY
from camaug.kernel.problems import MEDIA_TYPE

type Json = dict[str, Any]

INTRODUCTION = """\
Catalogue, applications and cases of the province's one-stop offices. Everything that a page shows or does, a program
can ask and do, with the same rights.

**Who calls.** `Authorization: Bearer` with a token that its owner made on the page of access tokens, or that a system
got when he signed in to it by OpenID Connect with the scopes `api.read`, `api.write`. Without one there is what is open
to everybody. What the caller may not know of is 404; without a token 401; what he sees but may not do
403.

**Decisions** (`x-two-factors`) need a token of somebody who has shown two factors, and that shortly before. Otherwise
401 with `WWW-Authenticate: Bearer error="insufficient_user_authentication"`, its `acr_values` and `max_age` (RFC 9470):
have the person sign in once more with that `max_age`. A refreshed token is as old as the sign-in.

**Writes.** Each needs an `Idempotency-Key`, a word of the caller's own such as a UUID, and is done once: the same
request under the same key within 24 hours gets the same answer, with `Idempotent-Replayed: true`. Another request under
the same key is refused with 422. After a lost answer, send the same request again.

**Refusals** are `application/problem+json` (RFC 9457): `type` names the refusal, `title` is its sentence in the
`Accept-Language` (vi, en), `errors` has a sentence by field.

**Lists** come in pages: `limit` up to 100, `next` (and `Link: rel="next"`) gives the cursor to send as `after`.

**Freshness.** Reads carry an `ETag`; `If-None-Match` with it is answered 304. A move of a case may carry the case's
`ETag` in `If-Match`: it is refused with 409 if somebody moved the case meanwhile.

**Limits.** `RateLimit` says what is left of the minute's calls; beyond it 429 with `Retry-After`.
"""
PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
        "reference": {"type": "string"},
    },
}
WORDS = {
    400: "The request could not be understood",
    401: "No token, or one that opens nothing",
    403: "Seen, but not to be done by this caller",
    404: "There is no such thing for this caller",
    409: "It was changed meanwhile, or stands in another state",
    413: "Too large",
    415: "Sent as something else than was described",
    422: "A rule says no; `errors` says it by field",
    429: "Too many calls in this minute",
}
READ, WRITE = (400, 401, 403, 404, 422, 429), (400, 401, 403, 404, 409, 413, 415, 422, 429)
_KEY: Json = {
    "name": KEY,
    "in": "header",
    "required": True,
    "description": "A word of the caller's own for this request, such as a UUID",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": KEYS},
}


@cache
def described(language: str = "en") -> Json:
    """The whole description, its sentences in that language; put together once a process, which takes half a second:
    to be read, not changed.
    """
    with translation.override(language):
        made = api.get_openapi_schema(path_prefix="api/v1")
        whole: Json = json.loads(json.dumps(made, cls=DjangoJSONEncoder))
    for methods in whole["paths"].values():
        for method, operation in methods.items():
            _complete(operation, method)
    whole["info"]["description"] = INTRODUCTION
    whole["components"]["schemas"]["Problem"] = PROBLEM
    whole["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    whole["components"]["responses"] = {str(status): _problem(words) for status, words in WORDS.items()}
    whole["paths"] = dict(sorted(whole["paths"].items()))
    del whole["servers"]
    return whole


@cache
def written() -> str:
    """The description as it stands in docs/api/openapi.json."""
    return json.dumps(described(), ensure_ascii=False, indent=1)


def _complete(operation: Json, method: str) -> None:
    """What the guard adds: the key of writes, the token, the refusals."""
    open_to_all = operation["x-door"] == "PUBLIC"
    operation["security"] = [{}, {"token": []}] if open_to_all else [{"token": []}]
    if method != "get":
        operation["parameters"] = [_KEY, *operation["parameters"]]
    for status in READ if method == "get" else WRITE:
        operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{status}"})


def _problem(words: str) -> Json:
    return {"description": words, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
