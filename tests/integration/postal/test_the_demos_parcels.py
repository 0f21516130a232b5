"""What the demonstration loads: papers that are fetched, results that travelled, in every state an order can show."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from camaug.cases.demo import parcels
from camaug.cases.models import Case
from camaug.postal import demo
from camaug.postal.lifecycle import OrderState
from camaug.postal.models import Order, ParcelScan
from tests.applications import send_birth
from tests.integration.postal.conftest import ask
from tests.world import AT, World

LATER = AT + timedelta(days=4)


def nobody_watches(_done: int, _total: int) -> None:
    pass


def test_parcels_stand_where_the_weeks_have_brought_them(world: World, settings: Any, tmp_path: Path) -> None:
    settings.POST_BOOK = tmp_path / "book.json"
    for _ in range(6):
        send_birth(world)
    for _ in range(30):
        ask(world)
    for _again in range(2):
        parcels.load_demo(settings.PROFILE, at=LATER, progress=nobody_watches)
        demo.load_demo(settings.PROFILE, at=LATER, progress=nobody_watches)
    about = Order.objects.filter(subject_id__in=Case.objects.values("id"))
    assert about.count() == 6
    assert about.filter(state=OrderState.CANCELLED).count() == 1
    states = set(Order.objects.values_list("state", flat=True))
    assert states >= {OrderState.DELIVERED, OrderState.RETURNED, OrderState.GIVEN_UP, OrderState.CANCELLED}
    assert states & {OrderState.UNDER_WAY, OrderState.COLLECTING, OrderState.REGISTERED}
    assert all(scan.at <= LATER for scan in ParcelScan.objects.all())
