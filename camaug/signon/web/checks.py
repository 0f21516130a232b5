"""What mail servers and other systems ask at each of their own requests, answered at the doorway (`kernel.checks`)."""

from camaug.kernel.checks import Asked, Checked, as_json
from camaug.signon.queries import claims, opened_by
from camaug.signon.web.machines import NEVER_KEPT, TOLD_NOW, may_be_told
from camaug.signon.web.protocol.endpoints import introspected


def userinfo(asked: Asked) -> Checked | None:
    """What the bearer of an access token may know of its owner (Core 5.3)."""
    secret = asked.bearer
    if asked.method != "GET" or not secret:
        return None
    found = opened_by(secret, at=asked.at)
    if found is None or not may_be_told(found):
        return None
    return Checked(as_json(claims(found, at=asked.at)).encode(), TOLD_NOW)


def introspection(asked: Asked) -> Checked | None:
    """What a token opens (RFC 7662), where the system that asks shows its secret."""
    if asked.method != "POST":
        return None
    try:
        told = introspected(asked.authorization, asked.form, at=asked.at)
    except ValueError:
        return None
    return None if told is None else Checked(as_json(told).encode(), NEVER_KEPT)
