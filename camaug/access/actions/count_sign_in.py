from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from camaug.access.actions.count_attempt import Limit, count_attempt, digest, forgive_attempt, network
from camaug.access.models import Throttle
from camaug.kernel.actors import Actor

KNOWN_FOR = timedelta(days=90)
_WIDER = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """An attempt that was counted, and against which limit."""

    limit: Limit
    of: str


def count_sign_in(limit: Limit, *, of: str, device: str, by: Actor, at: datetime) -> Counted:
    """Count one attempt to sign in to the address `of`; raises TooManyAttempts.

    Strangers all over the world share one count for an address. A browser that was signed in with it before (`device`
    is its mark) has its own count, and so has a network from which it was signed in: their owner gets in while
    somebody elsewhere guesses. The address need not exist.
    """
    counted = _standing(limit, of, device, by, at)
    count_attempt(counted.limit, of=counted.of, by=by, at=at)
    return counted


def welcome_back(counted: Counted, *, of: str, by: Actor, at: datetime) -> None:
    """The attempt was right: it is not counted any more, and its network is known for this address from now on."""
    forgive_attempt(counted.limit, of=counted.of, by=by, at=at)
    if by.origin:
        kept = {"hits": 1, "until": at + KNOWN_FOR}
        Throttle.objects.update_or_create(key=_known(of, by), defaults=kept)


def _standing(limit: Limit, of: str, device: str, by: Actor, at: datetime) -> Counted:
    if device:
        own = replace(limit, name=f"{limit.name}-device", of_one=2 * limit.of_one, of_network=_WIDER * limit.of_network)
        return Counted(own, f"{of}\x00{device}")
    if by.origin and Throttle.objects.filter(key=_known(of, by), until__gt=at).exists():
        near = replace(limit, name=f"{limit.name}-near", of_network=_WIDER * limit.of_network)
        return Counted(near, f"{of}\x00{network(by.origin)}")
    return Counted(limit, of)


def _known(of: str, by: Actor) -> str:
    return digest("known-network", of, network(by.origin))
