"""What a system may ask for itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.kernel.prepared import asked
from camaug.signon.codes import digest_of
from camaug.signon.models import SystemToken

_OPENED = """SELECT s.id, s.client_id, s.audience, s.roles, s.told_of_id, s.scopes, t.scopes, t.issued_at, t.expires_at,
    greatest(s.created_at, (SELECT max(e.at) FROM kernel_eventrecord e
                            WHERE e.subject_id = s.id AND e.name = 'signon.SystemChanged'))
FROM signon_systemtoken t JOIN signon_system s ON s.id = t.system_id
WHERE t.digest = %(digest)s AND t.expires_at > %(at)s::timestamptz AND t.revoked_at IS NULL AND s.closed_at IS NULL"""


@dataclass(frozen=True, slots=True)
class OwnOpened:
    """A system that asks for itself: whom it lets in, of what it is told, and since when it is what it is.

    `told_of`: that agency and all below it; None: the whole province.
    """

    system_id: UUID
    client_id: str
    audience: str
    roles: frozenset[str]
    told_of: UUID | None
    scopes: tuple[str, ...]
    issued_at: datetime
    expires_at: datetime
    changed_at: datetime


def own_opened_by(secret: str, *, at: datetime) -> OwnOpened | None:
    """What the secret opens at that instant; a scope that was taken from the system opens nothing any more."""
    for row in asked(_OPENED, {"digest": digest_of(secret), "at": at}):
        system_id, client_id, audience, roles, told_of, allowed, scopes, issued_at, expires_at, changed_at = row
        return OwnOpened(
            system_id=system_id,
            client_id=client_id,
            audience=audience,
            roles=frozenset(roles),
            told_of=told_of,
            scopes=tuple(scope for scope in scopes if scope in allowed),
            issued_at=issued_at,
            expires_at=expires_at,
            changed_at=changed_at,
        )
    return None


def own_token_by_secret(secret: str) -> SystemToken | None:
    """The token, whether it still holds or not."""
    return SystemToken.objects.filter(digest=digest_of(secret)).first()
