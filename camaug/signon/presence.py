"""Who sits before a request for entering a system: what the session knows of him, as tokens will tell it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from camaug.access.authentication import Method, authenticated_at, level_of, methods_of
from camaug.access.web.session import MARK, PASSWORD_DUE
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.pages import Request
from camaug.kernel.problems import TWO_FACTORS
from camaug.signon.scopes import OUT_OF_SIGHT

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_REFERENCES = {  # RFC 8176
    Method.PASSWORD: ("pwd",),
    Method.CODE: ("otp",),
    Method.TOTP: ("otp",),
    Method.PASSKEY: ("hwk", "user"),
    Method.RECOVERY: ("otp",),
    Method.OUTSIDE: ("fed",),  # no reference of its own there; as others name it
    Method.OUTSIDE_SURE: ("fed", "mfa"),
}


@dataclass(frozen=True, slots=True)
class Presence:
    """An account at the keyboard: when, how (amr) and how surely (acr) it has shown who it is.

    `password_due`: its password is so old that nothing opens before there is another.
    """

    account_id: UUID
    actor: Actor
    authenticated_at: datetime
    methods: tuple[str, ...]
    level: str
    password_due: bool = False

    def owes_factor(self, scopes: Collection[str]) -> bool:
        """Whether an officer has shown too little for what the scopes open: away from the offices it serves too."""
        staff = self.actor.kind == ActorKind.STAFF
        return staff and self.level not in TWO_FACTORS and not OUT_OF_SIGHT.isdisjoint(scopes)


def presence(request: Request) -> Presence | None:
    """Of the session's account; None for a stranger."""
    at, actor = authenticated_at(request) or _NEVER, request.actor
    if actor.account_id is None:
        return None
    return Presence(
        actor.account_id,
        actor,
        at,
        references(proof.method for proof in methods_of(request)),
        level_of(request),
        PASSWORD_DUE in request.session,
    )


def references(methods: Iterable[Method]) -> tuple[str, ...]:
    """The authentication methods as `amr` names them; `mfa` where there were several."""
    shown = list(dict.fromkeys(methods))
    named = [name for method in shown for name in _REFERENCES[method]]
    return tuple(dict.fromkeys(named + (["mfa"] if len(shown) > 1 or Method.PASSKEY in shown else [])))


def mark_of(request: Request) -> UUID:
    """The id of the session's sign-ons, made when it is first needed."""
    if MARK not in request.session:
        request.session[MARK] = str(uuid4())
    return UUID(request.session[MARK])
