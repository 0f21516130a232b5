"""By what, when and how surely the one at the keyboard of a session has shown who he is.

The session carries it in allauth's records, so that asking costs no statement.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from camaug.access.models import Account


class Method(StrEnum):
    """A way to show who one is."""

    PASSWORD = "password"  # noqa: S105 (a way's name)
    CODE = "code"
    """A one-time code that was sent to the account's phone or mailbox."""
    TOTP = "totp"
    PASSKEY = "webauthn"
    RECOVERY = "recovery_codes"
    OUTSIDE = "outside"
    """An identity from outside, whose provider has vouched for one factor, or does not say."""
    OUTSIDE_SURE = "outside_sure"
    """The same by two factors."""


OUTSIDE = frozenset({Method.OUTSIDE, Method.OUTSIDE_SURE})
SECOND_FACTORS = frozenset({Method.TOTP, Method.PASSKEY, Method.RECOVERY})
"""What allauth records as `mfa`, with its type."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One way, at the instant at which it succeeded."""

    method: Method
    at: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """How surely somebody is known; held by whoever has shown all ways of any one of `by`."""

    name: str
    by: tuple[frozenset[Method], ...]


LEVELS = (
    Level("LoA1", (frozenset({Method.PASSWORD}), frozenset({Method.CODE}), frozenset({Method.OUTSIDE}))),
    Level(
        "LoA2",
        (
            *(
                frozenset({first, second})
                for first in (Method.PASSWORD, Method.CODE, Method.OUTSIDE)
                for second in (Method.TOTP, Method.RECOVERY)
            ),
            frozenset({Method.OUTSIDE_SURE}),
        ),
    ),
    Level("LoA3", (frozenset({Method.PASSKEY}),)),
)
"""From the weakest to the strongest. A passkey is both what one has and, unlocked, what one knows or is."""


def methods_of(request: HttpRequest) -> tuple[Proof, ...]:
    """What the session's account has shown in this session, in the order of time; nothing for a stranger."""
    user = request.user
    records = get_authentication_records(request, user) if isinstance(user, Account) else []
    return proofs_in(records)


def proofs_in(records: list[dict[str, object]]) -> tuple[Proof, ...]:
    """The proofs in allauth's records; what we do not know is left out."""
    found = []
    for record in records:
        name, at = record.get("type") if record.get("method") == "mfa" else record.get("method"), record.get("at")
        if name in set(Method) and isinstance(at, int | float):
            found.append(Proof(Method(str(name)), datetime.fromtimestamp(at, UTC)))
    return tuple(sorted(found, key=lambda proof: proof.at))


def authenticated_at(request: HttpRequest) -> datetime | None:
    """When the account last showed who it is in this session; None for a stranger."""
    proofs = methods_of(request)
    return proofs[-1].at if proofs else None


def level_of(request: HttpRequest) -> str:
    """The name of the surest level that the session holds, "LoA1" to "LoA3"; "" for a stranger."""
    return level_by(frozenset(proof.method for proof in methods_of(request)))


def level_by(shown: frozenset[Method]) -> str:
    """The surest level of whoever has shown these ways; "" for none."""
    return next((level.name for level in reversed(LEVELS) if any(way <= shown for way in level.by)), "")


def forget_second_factors(request: HttpRequest) -> None:
    """The account has no second factor any more: what it showed by one counts no longer, nor is one waited for."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one.get("method") != "mfa"]


def note_proof(request: HttpRequest, account: Account, method: Method, *, at: datetime | None = None) -> None:
    """Write into the session that the account has shown this, just now or `at`; it may still be a stranger's."""
    if method in SECOND_FACTORS:
        record_authentication(request, account, "mfa", type=method.value)
    else:
        record_authentication(request, account, method.value)
    if at is not None:
        records = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
        records[-1]["at"] = at.timestamp()
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
