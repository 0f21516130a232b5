from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from camaug.kernel.clock import LOCAL
from camaug.people.queries import directory
from camaug.signon.models import Consent, System, Token, TokenKind
from camaug.signon.queries.systems import in_order
from camaug.signon.scopes import OFFLINE, SCOPES, known


@dataclass(frozen=True, slots=True)
class KnownBy:
    """A system that knows something of somebody: what, since when, and whether it may still ask (`stays`: for long)."""

    system_id: UUID
    name: str
    owner: str
    outside: bool
    words: tuple[str | Promise, ...]
    agreed_at: datetime | None
    entered_at: datetime | None
    stays: bool


def has_agreed(account_id: UUID, system_id: UUID, scopes: Collection[str]) -> bool:
    """Whether the account has allowed the system all of these."""
    given = Consent.objects.filter(account_id=account_id, system_id=system_id).values_list("scopes", flat=True).first()
    return given is not None and set(scopes) <= set(given)


def known_by(account_id: UUID, *, at: datetime) -> tuple[KnownBy, ...]:
    """The systems that the account has allowed something, or that can still ask in its name; by name."""
    consents = {one.system_id: one for one in Consent.objects.filter(account_id=account_id)}
    tokens: dict[UUID, list[Token]] = {}
    live = Token.objects.valid(at).filter(kind=TokenKind.REFRESH, authorization__sign_on__account_id=account_id)
    for token in live.select_related("authorization__sign_on"):
        tokens.setdefault(token.authorization.sign_on.system_id, []).append(token)
    systems = in_order(System.objects.filter(pk__in={*consents, *tokens}))
    there = directory(at.astimezone(LOCAL).date())
    return tuple(
        _view(one, there.get(one.owner_id).name if one.owner_id in there else "", consents.get(one.id), held)
        for one in systems
        for held in [tokens.get(one.id, [])]
    )


def _view(system: System, owner: str, consent: Consent | None, held: list[Token]) -> KnownBy:
    scopes = {scope for token in held for scope in token.scopes} | set(consent.scopes if consent else ())
    return KnownBy(
        system_id=system.id,
        name=system.name,
        owner=owner,
        outside=system.outside,
        words=tuple(SCOPES[code].words for code in known(list(scopes & set(system.scopes)))),
        agreed_at=consent.given_at if consent else None,
        entered_at=max((token.authorization.sign_on.started_at for token in held), default=None),
        stays=any(OFFLINE in token.scopes for token in held),
    )
