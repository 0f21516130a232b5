"""What a token opens at an instant, in one statement: every call of a system begins with it. A system that asks about
one is known by the same statement.

`tokens.holds` and `tokens.may_still_enter` say the same in words; a test compares them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.access.queries import Linkage, Reach, a_citizen, an_officer
from camaug.kernel.actors import Actor
from camaug.kernel.prepared import asked
from camaug.people.queries import AS_A_RULE, instant, officer_as_a_rule
from camaug.signon.codes import digest_of
from camaug.signon.models import Authentication
from camaug.signon.policy import ENTER, Entrance

_OPENED = f"""SELECT t.kind, t.scopes, t.issued_at, t.expires_at, g.authenticated_at, g.methods, g.level,
    s.id, s.client_id, s.audience, s.roles, s.scopes, a.id, a.phone, a.email, a.language, a.officer_id, a.person_id,
    p.full_name, a.linkage, {AS_A_RULE}
FROM signon_token t
JOIN signon_authorization g ON g.id = t.authorization_id
JOIN signon_signon e ON e.id = g.sign_on_id
JOIN signon_system s ON s.id = e.system_id
JOIN access_account a ON a.id = e.account_id
LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_officer o ON o.id = a.officer_id
WHERE t.digest = %(digest)s AND t.expires_at > %(at)s::timestamptz AND t.used_at IS NULL AND t.revoked_at IS NULL
  AND g.revoked_at IS NULL AND (e.ended_at IS NULL OR (g.offline AND 'offline_access' = ANY(s.scopes)))
  AND s.closed_at IS NULL AND a.is_active"""  # noqa: S608 (our own columns)
_ASKED = f"""SELECT w.id, w.guards, found.*
FROM signon_system w
JOIN signon_systemsecret k ON k.system_id = w.id
LEFT JOIN LATERAL ({_OPENED}) found ON true
WHERE w.client_id = %(client)s AND w.closed_at IS NULL AND w.authentication = %(way)s
  AND k.digest = %(shown)s AND (k.until IS NULL OR k.until > %(at)s::timestamptz)"""  # noqa: S608 (our own columns)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token opens: for whom, in which system, what it may still know, and how its owner had signed in."""

    actor: Actor
    reach: Reach
    system_id: UUID
    client_id: str
    kind: str
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime
    authenticated_at: datetime
    methods: tuple[str, ...]
    level: str

    @property
    def account_id(self) -> UUID:
        """Whose token it is."""
        return self.reach.account_id

    @property
    def username(self) -> str:
        """What mail servers know him by."""
        return self.reach.email or self.reach.phone


def opened_by(secret: str, *, at: datetime) -> Opened | None:
    """What the secret opens at that instant, as long as its owner may enter the system."""
    for row in asked(_OPENED, {"digest": digest_of(secret), **instant(at)}):
        return _opened(row, at)
    return None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A system that has shown who it is, and what the token opens that it asks about."""

    system_id: UUID
    guards: tuple[str, ...]
    opened: Opened | None


def inquiry(client_id: str, shown: str, *, way: Authentication, about: str, at: datetime) -> Inquiry | None:
    """What an open system asks about a token; None where it does not show itself by that secret, or by another way."""
    values = {"client": client_id, "shown": digest_of(shown), "way": way, "digest": digest_of(about), **instant(at)}
    for system_id, guards, *row in asked(_ASKED, values):
        return Inquiry(system_id, tuple(guards), _opened(row, at) if row[0] else None)
    return None


def _opened(row: Sequence[Any], at: datetime) -> Opened | None:
    kind, scopes, issued_at, expires_at, authenticated_at, methods, level, *rest = row
    system_id, client_id, audience, roles, allowed, account_id, phone, email, language, *owner = rest
    officer_id, person_id, person_name, linkage, *columns = owner
    if officer_id is None:
        actor = a_citizen(account_id, person_id, person_name or "", origin="", by_word=linkage == Linkage.DECLARED)
    else:
        actor = an_officer(account_id, officer_as_a_rule(columns, at=at), origin="")
    if not ENTER.allows(actor, Entrance(audience, frozenset(roles))):
        return None
    return Opened(
        actor=actor,
        reach=Reach(account_id, phone or "", email or "", language),
        system_id=system_id,
        client_id=client_id,
        kind=kind,
        scopes=[scope for scope in scopes if scope in allowed],
        issued_at=issued_at,
        expires_at=expires_at,
        authenticated_at=authenticated_at,
        methods=tuple(methods),
        level=level,
    )
