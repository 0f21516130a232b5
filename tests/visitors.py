"""Everybody who may come to the site, each with a client: the cast, a stranger, a citizen who has not said who he is."""

from dataclasses import dataclass

from django.test import Client

from camaug.access.models import Account, AccountKind
from camaug.access.queries import actor_of
from camaug.kernel.actors import ANONYMOUS, Actor
from camaug.kernel.clock import now
from tests.world import AT, World


@dataclass(frozen=True)
class Visitor:
    """One who tries every page."""

    key: str
    actor: Actor
    client: Client


def visitors(people: World, *, raising: bool = True) -> list[Visitor]:
    """All of them; `raising`: a fault in a page is raised here rather than answered with 500."""
    known = {key: Account.objects.get(id=id_) for key, id_ in {**people.officers, **people.citizens}.items()}
    made = {"kind": AccountKind.CITIZEN, "password": "!", "created_at": AT}
    newcomer, _new = Account.objects.get_or_create(phone="+84918000999", defaults=made)
    found = [Visitor("stranger", ANONYMOUS, Client(raise_request_exception=raising))]
    for key, account in (known | {"newcomer": newcomer}).items():
        client = Client(raise_request_exception=raising)
        client.force_login(account)
        found.append(Visitor(key, actor_of(account, at=now(), origin=""), client))
    return found
