"""What a token opens at an instant, in one statement: every call of a system begins with it. A system that asks about
one is known by the statement that tells it of the token, and no more is asked of its owner than lets him in.

`tokens.holds` and `tokens.may_still_enter` say the same in words; a test compares them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.access.queries import Linkage, Reach, a_citizen, an_officer
from camaug.kernel.actors import Actor
from camaug.kernel.prepared import asked
from camaug.people.queries import AS_A_RULE, HELD, ROLES_AS_A_RULE, instant, officer_as_a_rule, roles_as_a_rule
from camaug.signon.codes import digest_of
from camaug.signon.models import Authentication
from camaug.signon.policy import ENTER, Entrance

_LET_IN = "s.audience, s.roles, a.officer_id, a.person_id"
_LIVE = """t.kind, t.scopes, s.scopes, t.issued_at, t.expires_at, g.authenticated_at, g.methods, g.level,
    s.id, s.client_id, a.id, a.email, a.phone"""
_THERE = """FROM signon_token t
JOIN signon_authorization g ON g.id = t.authorization_id
JOIN signon_signon e ON e.id = g.sign_on_id
JOIN signon_system s ON s.id = e.system_id
JOIN access_account a ON a.id = e.account_id
LEFT JOIN people_officer o ON o.id = a.officer_id"""
_HOLDS = """t.digest = %(digest)s AND t.expires_at > %(at)s::timestamptz AND t.used_at IS NULL AND t.revoked_at IS NULL
  AND g.revoked_at IS NULL AND (e.ended_at IS NULL OR (g.offline AND 'offline_access' = ANY(s.scopes)))
  AND s.closed_at IS NULL AND a.is_active"""
_OPENED = f"""SELECT a.language, p.full_name, a.linkage, {_LET_IN}, {_LIVE}, {AS_A_RULE}
{_THERE} {HELD}
LEFT JOIN people_person p ON p.id = a.person_id
WHERE {_HOLDS}"""
_ASKED = f"""SELECT w.id, w.guards, found.*
FROM signon_system w
JOIN signon_systemsecret k ON k.system_id = w.id
LEFT JOIN LATERAL (SELECT {_LET_IN}, {_LIVE}, {ROLES_AS_A_RULE} {_THERE} {HELD} WHERE {_HOLDS}) found ON true
WHERE w.client_id = %(client)s AND w.closed_at IS NULL AND w.authentication = %(way)s
  AND k.digest = %(shown)s AND (k.until IS NULL OR k.until > %(at)s::timestamptz)"""  # noqa: S608 (our own columns)


@dataclass(frozen=True, slots=True)
class Live:
    """A token that opens something: whose it is, in which system, what it may still know, how its owner had signed in.

    `username` is what mail servers know him by.
    """

    kind: str
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime
    authenticated_at: datetime
    methods: tuple[str, ...]
    level: str
    system_id: UUID
    client_id: str
    account_id: UUID
    username: str


@dataclass(frozen=True, slots=True)
class Opened(Live):
    """The same, with its owner as he stands there and where he can be reached."""

    actor: Actor
    reach: Reach


def opened_by(secret: str, *, at: datetime) -> Opened | None:
    """What the secret opens at that instant, as long as its owner may enter the system."""
    rows = asked(_OPENED, {"digest": digest_of(secret), **instant(at)})
    return _opened(rows, at) if rows else None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A system that has shown who it is, and the token that it asks about where that opens something."""

    system_id: UUID
    guards: tuple[str, ...]
    token: Live | None


def inquiry(client_id: str, shown: str, *, way: Authentication, about: str, at: datetime) -> Inquiry | None:
    """What an open system asks about a token; None where it does not show itself by that secret, or by another way.

    The posts that are its owner's own let him in as a rule: all that he fills are asked for where they do not.
    """
    values = {"client": client_id, "shown": digest_of(shown), "way": way, "digest": digest_of(about), **instant(at)}
    rows = asked(_ASKED, values)
    if not rows:
        return None
    system_id, guards, audience, roles, officer_id, person_id, *told = rows[0]
    found: Live | None = None
    if audience is not None:
        entrance = Entrance(audience, frozenset(roles))
        if officer_id is None:
            found = _live(Live, told) if entrance.admits_public(person_id) else None
        elif entrance.admits_staff(roles_as_a_rule(rows)):
            found = _live(Live, told)
        else:
            found = opened_by(about, at=at)
    return Inquiry(system_id, tuple(guards), found)


def _opened(rows: Sequence[Sequence[Any]], at: datetime) -> Opened | None:
    language, person_name, linkage, audience, roles, officer_id, person_id, *told = rows[0]
    account_id, email, phone = told[10:13]
    if officer_id is None:
        actor = a_citizen(account_id, person_id, person_name or "", origin="", by_word=linkage == Linkage.DECLARED)
    else:
        actor = an_officer(account_id, officer_as_a_rule(rows, at=at), origin="")
    if not ENTER.allows(actor, Entrance(audience, frozenset(roles))):
        return None
    return _live(Opened, told, actor=actor, reach=Reach(account_id, phone or "", email or "", language))


def _live[One: Live](make: Callable[..., One], columns: Sequence[Any], **more: object) -> One:
    """A token out of columns that begin with those of `_LIVE`."""
    kind, scopes, allowed, issued_at, expires_at, authenticated_at, methods, level, *whose = columns
    system_id, client_id, account_id, email, phone, *_owner = whose
    return make(
        kind=kind,
        scopes=[scope for scope in scopes if scope in allowed],
        issued_at=issued_at,
        expires_at=expires_at,
        authenticated_at=authenticated_at,
        methods=tuple(methods),
        level=level,
        system_id=system_id,
        client_id=client_id,
        account_id=account_id,
        username=email or phone or "",
        **more,
    )
