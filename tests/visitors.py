"""Everybody who may come to the site, each with a client: the cast, a stranger, a citizen who has not said who he is."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http.response import FileResponse, HttpResponseBase
from django.test import Client

from camaug.access.models import Account, AccountKind
from camaug.access.queries import actor_of
from camaug.kernel.actors import ANONYMOUS, Actor
from camaug.kernel.clock import now
from camaug.people.profile.cast import read_cast
from tests.sessions import enter
from tests.world import AT, STAFFED, World


@dataclass(frozen=True)
class Visitor:
    """One who tries every page."""

    key: str
    actor: Actor
    client: Client


def status_of(response: HttpResponseBase) -> int:
    """What was answered; a file that is sent is read to its end, which closes it."""
    if isinstance(response, FileResponse):
        b"".join(response)
    return response.status_code


def visitors(people: World, *, raising: bool = True) -> list[Visitor]:
    """All of them; `raising`: a fault in a page is raised here rather than answered with 500."""
    members = {**_staffed(people), **people.citizens}
    known = {key: Account.objects.get(id=id_) for key, id_ in members.items()}
    made = {"kind": AccountKind.CITIZEN, "password": "!", "created_at": AT}
    newcomer, _new = Account.objects.get_or_create(phone="+84918000999", defaults=made)
    found = [Visitor("stranger", ANONYMOUS, Client(raise_request_exception=raising))]
    for key, account in (known | {"newcomer": newcomer}).items():
        client = Client(raise_request_exception=raising)
        enter(client, account)
        found.append(Visitor(key, actor_of(account, at=now(), origin=""), client))
    return found


def _staffed(people: World) -> dict[str, UUID]:
    """The officers whose roles differ: those of the further agencies hold the same ones elsewhere."""
    cast = read_cast(settings.PROFILE).officers
    return {key: account for key, account in people.officers.items() if cast[key].agency in STAFFED}
