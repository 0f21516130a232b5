"""A browser's worth of the citizen's pages: who signs in, and what the mother types and sends."""

from collections.abc import Callable

import pytest
from django.test import Client

from camaug.access.models import Account
from tests.sessions import enter
from tests.world import World

SignedIn = Callable[[str], Client]


@pytest.fixture
def signed_in(world: World) -> SignedIn:
    """`signed_in("mother")`: a client with that citizen's session."""

    def of(key: str) -> Client:
        client = Client()
        enter(client, Account.objects.get(pk=world.citizens[key]))
        return client

    return of
