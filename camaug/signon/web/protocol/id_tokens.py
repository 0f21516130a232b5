from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from camaug.signon.issuer import issuer
from camaug.signon.models import Authorization
from camaug.signon.signing import signed

LIFETIME = timedelta(minutes=10)


def id_token(authorization: Authorization, *, access_token: str, first: bool, at: datetime) -> str:
    """What the system is told of the sign-in (Core 2); only the `first` has the nonce. NoSigningKey."""
    sign_on = authorization.sign_on
    claims: dict[str, Any] = {
        "iss": issuer(),
        "sub": str(sign_on.account_id),
        "aud": sign_on.system.client_id,
        "iat": int(at.timestamp()),
        "exp": int((at + LIFETIME).timestamp()),
        "auth_time": int(authorization.authenticated_at.timestamp()),
        "acr": authorization.level,
        "amr": authorization.methods,
        "sid": str(sign_on.id),
        "at_hash": _half_digest(access_token),
    }
    if first and authorization.nonce:
        claims["nonce"] = authorization.nonce
    return signed(claims, algorithm=sign_on.system.algorithm, kind="JWT", at=at)


def _half_digest(token: str) -> str:
    """Core 3.1.3.6; both our algorithms are with SHA-256."""
    return urlsafe_b64encode(sha256(token.encode("ascii")).digest()[:16]).rstrip(b"=").decode()
