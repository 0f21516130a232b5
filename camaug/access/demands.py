"""From whom the rules demand more than one proof of who he is, and where (TCVN 14423:2026)."""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings

from camaug.access.authentication import SECOND_FACTORS, Proof, level_by
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import SET_APART

TWO_FACTORS = frozenset({"LoA2", "LoA3"})


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


def is_fresh(proofs: tuple[Proof, ...], *, at: datetime) -> bool:
    """Whether the last second factor, or the last proof at all of one who has none, is recent enough for a decision."""
    second = [proof for proof in proofs if proof.method in SECOND_FACTORS]
    strongest = second or list(proofs)
    return bool(strongest) and at - strongest[-1].at < timedelta(minutes=settings.STEP_UP_MINUTES)
