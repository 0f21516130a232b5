"""From whom the rules demand more than one proof of who he is, and where (TCVN 14423:2026)."""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings

from camaug.access.authentication import SECOND_FACTORS, Proof, level_by
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import SET_APART
from camaug.kernel.problems import TWO_FACTORS


def is_inside(origin: str) -> bool:
    """Whether the address lies in one of the networks of the setting INSIDE_NETWORKS; without any, all are inside."""
    if not settings.INSIDE_NETWORKS:
        return True
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return False
    return any(address in network for network in settings.INSIDE_NETWORKS)


def demands_second_factor(actor: Actor) -> bool:
    """Of administrators and operators always, of every officer who comes from outside."""
    return actor.kind == ActorKind.STAFF and (is_set_apart(actor) or not is_inside(actor.origin))


def is_set_apart(actor: Actor) -> bool:
    """Whether he administers or operates."""
    return any(actor.has_role(role) for role in SET_APART)


def suffices(proofs: tuple[Proof, ...], actor: Actor) -> bool:
    """Whether what the session holds is enough for this actor."""
    return reaches(level_by(frozenset(p.method for p in proofs)), actor)


def reaches(level: str, actor: Actor) -> bool:
    """The same of a level that was written down, as a token's is."""
    return level in TWO_FACTORS or not demands_second_factor(actor)


def shown_at(proofs: tuple[Proof, ...]) -> datetime | None:
    """When the last second factor was shown, or the last proof at all of one who has none; None for a stranger."""
    second = [proof for proof in proofs if proof.method in SECOND_FACTORS]
    strongest = second or list(proofs)
    return strongest[-1].at if strongest else None


def is_fresh(proofs: tuple[Proof, ...], *, at: datetime) -> bool:
    """Whether that is recent enough for a decision."""
    last = shown_at(proofs)
    return last is not None and at - last < timedelta(minutes=settings.STEP_UP_MINUTES)
