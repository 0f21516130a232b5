"""The one provider from outside: what is set about it, what it says of itself, and its keys, each kept for a while."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from camaug.kernel.errors import DomainError
from camaug.kernel.outgoing.asking import Unreachable, ask

PATIENCE = 5.0
STAND_IN = "camaug_stand_in"
"""By this word a provider says that it lets anybody in as anybody, for trials."""
KEPT = timedelta(hours=1)
ASKED_AGAIN = timedelta(seconds=30)
"""How soon keys may be fetched anew for a signature by an unknown one: whoever sends us rubbish causes no flood."""


class NotReached(DomainError):
    """The provider does not answer, or says something that is not OpenID Connect."""

    sentence = _("The other side does not answer at the moment. Try again later, or sign in with a code.")


@dataclass(frozen=True, slots=True)
class Provider:
    """What is set. `levels`: its `acr` values that stand for two factors; `through`: see `read_claims`."""

    name: str
    issuer: str
    metadata_url: str
    client_id: str
    client_secret: str
    scope: str
    acr: str
    levels: frozenset[str]
    through: frozenset[str]


def provider() -> Provider | None:
    """The provider that is set, if there is one."""
    if not (settings.OUTSIDE_ISSUER and settings.OUTSIDE_CLIENT_ID):
        return None
    well_known = f"{settings.OUTSIDE_ISSUER.rstrip('/')}/.well-known/openid-configuration"
    return Provider(
        name=settings.OUTSIDE_NAME,
        issuer=settings.OUTSIDE_ISSUER,
        metadata_url=settings.OUTSIDE_METADATA_URL or well_known,
        client_id=settings.OUTSIDE_CLIENT_ID,
        client_secret=settings.OUTSIDE_CLIENT_SECRET,
        scope=settings.OUTSIDE_SCOPE,
        acr=settings.OUTSIDE_ACR,
        levels=frozenset(settings.OUTSIDE_LEVELS),
        through=frozenset(settings.OUTSIDE_THROUGH),
    )


_HELD: dict[str, tuple[datetime, dict[str, Any]]] = {}


def metadata(known: Provider, *, at: datetime) -> dict[str, Any]:
    """What the provider says of itself; NotReached, also where it names itself otherwise (Discovery 4.3).

    One that only plays a provider is none outside a demo.
    """
    said = _held(known.metadata_url, at=at, for_long=KEPT)
    if said.get("issuer") != known.issuer or (STAND_IN in said and not settings.DEMO):
        raise NotReached
    return said


def plays(known: Provider, *, at: datetime) -> bool:
    """Whether it says that it only plays a provider; of one that does not answer that is not known."""
    try:
        return STAND_IN in _held(known.metadata_url, at=at, for_long=KEPT)
    except NotReached:
        return False


def keys(known: Provider, *, at: datetime, anew: bool = False) -> KeySet:
    """The provider's keys; `anew` fetches them again, since it may have changed them. NotReached."""
    address = str(metadata(known, at=at).get("jwks_uri", ""))
    try:
        return KeySet.import_key_set(_held(address, at=at, for_long=ASKED_AGAIN if anew else KEPT))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as wrong:
        raise NotReached from wrong


def told(answer: Callable[[], Any]) -> dict[str, Any]:
    """The JSON object of a good answer; NotReached for any other."""
    try:
        reply = answer()
    except (Unreachable, ValueError) as lost:
        raise NotReached from lost
    said = reply.content() if reply.is_good else None
    if said is None:
        raise NotReached
    return dict(said)


def _held(address: str, *, at: datetime, for_long: timedelta) -> dict[str, Any]:
    fetched_at, said = _HELD.get(address, (None, {}))
    if fetched_at is None or not (timedelta() <= at - fetched_at < for_long):
        said = told(lambda: ask("GET", address, patience=PATIENCE))
        _HELD[address] = at, said
    return said
