from dataclasses import dataclass

import pytest
from django.test import Client

from camaug.access.models import Account, AccountKind
from camaug.access.queries import actor_of
from camaug.kernel.actors import ANONYMOUS, Actor, ActorKind
from camaug.kernel.clock import now
from camaug.kernel.pages import Audience, Door, door_of
from tests import world
from tests.urls import Url, every_url
from tests.urls_samples import SAMPLES

OPEN = {200, 302, 405}
SIGN_IN = {Audience.MEMBERS: "/sign-in/?", Audience.STAFF: "/desk/sign-in/?"}


@dataclass(frozen=True)
class Visitor:
    """One who tries every page."""

    key: str
    actor: Actor
    client: Client


def visitors() -> list[Visitor]:
    """The whole cast in its province, a stranger, and a citizen who has not yet said who he is."""
    people = world.build()
    known = {key: Account.objects.get(id=id_) for key, id_ in {**people.officers, **people.citizens}.items()}
    newcomer = Account.objects.create(kind=AccountKind.CITIZEN, phone="+84918000999", password="!", created_at=world.AT)
    found = [Visitor("stranger", ANONYMOUS, Client())]
    for key, account in (known | {"newcomer": newcomer}).items():
        client = Client()
        client.force_login(account)
        found.append(Visitor(key, actor_of(account, at=now(), origin=""), client))
    return found


def expected(door: Door, visitor: Visitor, url: Url) -> set[int | str]:
    """Statuses, or the beginning of the address to be led to, that are right for this visitor."""
    if door.admits(visitor.actor):
        # Behind its door a page may still say that there is no such thing as the sample, or that one may not touch it.
        inner = {404} if url.parameters else set()
        return OPEN | inner | (set() if door.audience == Audience.PUBLIC else {403})
    if visitor.actor.kind == ActorKind.ANONYMOUS:
        return {SIGN_IN[door.audience]}
    if visitor.actor.kind == ActorKind.PUBLIC and door.audience == Audience.MEMBERS:
        return {"/sign-in/who/?"}
    return {404}


def got(visitor: Visitor, path: str, wanted: set[int | str]) -> int | str:
    """The status, or the address where the visitor is led if that is what is wanted."""
    response = visitor.client.get(path)
    target = response.headers.get("Location", "")
    return next((w for w in wanted if isinstance(w, str) and target.startswith(w)), response.status_code)


@pytest.mark.django_db
def test_every_page_is_open_to_its_audience_and_closed_to_everybody_else() -> None:
    wrong = []
    everybody = visitors()
    for url in every_url():
        door = door_of(url.view)
        assert door
        path = url.path(SAMPLES.get(url.name, {}))
        for visitor in everybody:
            wanted = expected(door, visitor, url)
            answer = got(visitor, path, wanted)
            if answer not in wanted:
                wrong.append(f"{visitor.key} at {path}: {answer}, wanted {sorted(map(str, wanted))}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_nothing_can_be_sent_to_a_page_that_is_closed_to_the_sender() -> None:
    wrong = []
    everybody = visitors()
    for url in every_url():
        door = door_of(url.view)
        assert door
        path = url.path(SAMPLES.get(url.name, {}))
        for visitor in (one for one in everybody if not door.admits(one.actor)):
            response = visitor.client.post(path)
            if response.status_code not in (302, 404) or "sessionid" in response.cookies:
                wrong.append(f"{visitor.key} to {path}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
