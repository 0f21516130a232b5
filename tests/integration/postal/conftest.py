from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from camaug.kernel.actors import SYSTEM
from camaug.kernel.ids import uuid7
from camaug.postal.actions.order import OrderKind, Party, Wish, order
from camaug.postal.carriers.counterpart import CUSTOMER, SECRET, LocalPost
from camaug.postal.models import Order
from tests.world import AT, COMMUNE, World

MOTHER = Party("Nguyễn Thị Lan", "+84918000123", "Ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau", commune="32245", province="96")
OFFICE = Party("Bộ phận Một cửa UBND xã Tân Ân", "+842903888111", "Ấp Ô Rô, xã Tân Ân, tỉnh Cà Mau")


@pytest.fixture
def post(settings: Any) -> Iterator[LocalPost]:
    """A real small post on loopback, set up as the installation's."""
    with LocalPost() as post:
        settings.POST_URL, settings.POST_CUSTOMER, settings.POST_SECRET = post.address, CUSTOMER, SECRET
        yield post


def ask(world: World, *, key: str = "", about: UUID | None = None, **changes: Any) -> Order:
    """Have the mother's papers fetched."""
    wish = Wish(
        kind=OrderKind.COLLECT,
        key=key or str(uuid7()),
        about=about or uuid7(),
        reference=f"BC-{Order.objects.count():04d}",
        agency_id=world.agencies[COMMUNE],
        sender=MOTHER,
        receiver=OFFICE,
    )
    return order(wish, by=SYSTEM, at=AT, **changes)
