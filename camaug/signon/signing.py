"""Claims as signed tokens, and back: what comes back must be ours, whatever it says of itself."""

from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from camaug.signon.issuer import issuer
from camaug.signon.keys import ALGORITHMS, key_set, signing_key

_LONGEST = 4096


def signed(claims: dict[str, Any], *, algorithm: str, kind: str, at: datetime) -> str:
    """The claims as a JWT; `kind` is its `typ`. NoSigningKey."""
    key = signing_key(algorithm, at=at)
    return jwt.encode({"alg": key.algorithm, "kid": key.kid, "typ": kind}, claims, key.key, algorithms=[key.algorithm])


def ours(token: str) -> dict[str, Any] | None:
    """The claims of an ID token that we have signed, however old (RP-Initiated Logout 2); None for anything else."""
    if len(token) > _LONGEST:
        return None
    try:
        read = jwt.decode(token, key_set(), algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, TypeError, AttributeError, KeyError):  # whatever a stranger may write
        return None
    is_ours = read.claims.get("iss") == issuer() and read.header.get("typ") == "JWT"
    return dict(read.claims) if is_ours else None
