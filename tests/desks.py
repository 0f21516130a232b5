"""Officers of the cast at their desks: browsers signed in without the sign-in page."""

import re

from django.http import HttpResponse
from django.test import Client

from camaug.access.models import Account
from camaug.cases.models import Case
from tests.sessions import enter
from tests.world import World


def desk_of(world: World, key: str) -> Client:
    """An officer's browser."""
    client = Client()
    enter(client, Account.objects.get(pk=world.officers[key]))
    return client


def page_of(case: Case, resource: str = "") -> str:
    """The address of a case or of one of its resources."""
    return f"/desk/cases/{case.code}/{resource}"


def look_for(client: Client, path: str, **typed: str) -> HttpResponse:
    """Send the form of a page by which one looks for somebody; the page to which it leads."""
    return client.post(path, typed, follow=True)


def found(world: World, key: str, words: str) -> str:
    """What an officer's search for the words shows."""
    return look_for(desk_of(world, key), "/desk/search/", q=words).content.decode()


def move(client: Client, case: Case, resource: str, **fields: object) -> HttpResponse:
    """Open the resource's page, send its form with these fields, as somebody does who has just looked."""
    shown = client.get(page_of(case, resource))
    assert shown.status_code == 200, (resource, shown.status_code)
    seen = re.search(r'name="seen" value="(\d+)"', shown.content.decode())
    assert seen
    return client.post(page_of(case, resource), {"seen": seen[1], **fields})
