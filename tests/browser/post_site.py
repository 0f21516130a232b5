"""What happens beside the site while papers and a result travel by post.

sent: the mother's case, its result wanted by post, received; prints its code, its id and a session of hers. ready: the
commune has decided. comes_back, brought: what the post tells of the newest parcel of the case.
"""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.models import Case, Outcome
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.postal.actions.track_due import track_due
from camaug.postal.carriers.counterpart import CUSTOMER, SECRET, LocalPost
from camaug.postal.carriers.http_carrier import HttpCarrier
from camaug.postal.lifecycle import OrderState, ScanStatus
from camaug.postal.models import Order
from tests.applications import agree_to_draft, birth, photo
from tests.browser.site_cases import world
from tests.sessions import enter
from tests.waiting import PATIENCE, until
from tests.world import COMMUNE

HOME = "Ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
COMES_BACK = [(ScanStatus.COLLECTED, ""), (ScanStatus.NOT_DELIVERED, "Không gặp người nhận"), (ScanStatus.RETURNED, "")]
BROUGHT = [(ScanStatus.COLLECTED, ""), (ScanStatus.DELIVERED, "Hoàng Minh Khôi")]


def sent(_code: str) -> None:
    province, at = world(), now()
    mother = province.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=at)
    wanted = Changes(
        answers=birth(at), receiving_agency=province.agencies[COMMUNE], delivery_way="POST", delivery_address=HOME
    )
    save(case.id, wanted, by=mother, at=at)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=at)
    submit(case.id, by=mother, at=at)
    code = receive(case.id, by=province.officer("clerk", at=at), at=at).code
    browser = Client()
    enter(browser, Account.objects.get(pk=province.citizens["mother"]))
    print(code, case.id, browser.cookies[settings.SESSION_COOKIE_NAME].value)


def ready(code: str) -> None:
    case, province = Case.objects.get(code=code), world()
    confirm_payment(case.id, way="TRANSFER", by=province.officer("clerk", at=now()), at=now())
    agree_to_draft(province, case, at=now())
    propose(case.id, Outcome.GRANTED, by=province.officer("specialist", at=now()), at=now())
    approve(case.id, by=province.officer("chairman", at=now()), at=now())
    publish_result(case.id, by=province.officer("registrar", at=now()), at=now())
    parcel(code)


def parcel(code: str) -> Order:
    """The newest of the case, once the worker has given it to the post; a try that failed is not waited out."""
    orders = Order.objects.filter(reference=code, kind="DELIVER").order_by("-id")

    def placed() -> Order | None:
        orders.filter(state=OrderState.FAILED, next_attempt_at__gt=now()).update(next_attempt_at=now())
        newest = orders.first()
        return newest if newest and newest.state not in (OrderState.WAITING, OrderState.FAILED) else None

    try:
        return until(placed, what=code)
    except TimeoutError as late:
        raise TimeoutError(list(orders.values("state", "attempts", "problem", "next_attempt_at"))) from late


def tells(code: str, scans: list[tuple[ScanStatus, str]], end: OrderState) -> None:
    """Another post that knows this parcel alone tells of it, until it has been heard."""
    order, deadline = parcel(code), time.monotonic() + PATIENCE
    with LocalPost() as post:
        post.scans[order.number] = []
        post.orders[order.number] = {}
        for place, (status, note) in enumerate(scans):
            post.tell(order.number, now() - timedelta(minutes=9 - place), status, "Bưu cục Tân Ân", note)
        while order.state != end:
            assert time.monotonic() < deadline, order.state
            Order.objects.filter(pk=order.pk).update(track_at=LONG_AGO)
            track_due(by=SYSTEM, at=now(), batch=1, to=HttpCarrier(post.address, CUSTOMER, SECRET))
            order.refresh_from_db()


def do(what: str, code: str = "") -> None:
    {
        "sent": sent,
        "ready": ready,
        "comes_back": lambda code: tells(code, COMES_BACK, OrderState.RETURNED),
        "brought": lambda code: tells(code, BROUGHT, OrderState.DELIVERED),
    }[what](code)
