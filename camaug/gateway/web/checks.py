"""Who calls, answered at the doorway (`kernel.checks`): what programs ask to see whether their token still opens."""

from camaug.access.rest.me import told_of
from camaug.gateway.allowance import spend
from camaug.gateway.web.guard import MAY_BE_KEPT, VARYING, caller_by_token, etag_of
from camaug.kernel.checks import Asked, Checked

_ALWAYS = {"Vary": ", ".join(VARYING), "Cache-Control": MAY_BE_KEPT}


def me(asked: Asked) -> Checked | None:
    """`GET /api/v1/me` by a token; the call is counted as every other."""
    secret = asked.bearer
    if asked.method != "GET" or not secret:
        return None
    caller = caller_by_token(secret, at=asked.at, origin=asked.origin)
    standing = spend(caller.key, caller.per_minute, at=asked.at)
    body = told_of(caller).model_dump_json().encode()
    return Checked(body, {**_ALWAYS, **standing.headers, "ETag": etag_of(body)})
