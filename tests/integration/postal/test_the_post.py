"""Orders over real HTTP to a post that speaks the protocol, whatever goes wrong on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord
from camaug.kernel.outgoing.sending import LEASE
from camaug.postal.actions.cancel import cancel
from camaug.postal.actions.cancel_due import cancel_due
from camaug.postal.actions.order import LegUnderWay
from camaug.postal.actions.order_again import NothingToRepeat, order_again
from camaug.postal.actions.place_due import PAUSES, place_due
from camaug.postal.actions.track_due import LOST, track_due
from camaug.postal.actions.track_due import PAUSES as LOOKS
from camaug.postal.carriers.counterpart import CUSTOMER, SECRET, LocalPost
from camaug.postal.carriers.http_carrier import HttpCarrier
from camaug.postal.lifecycle import OrderState, ScanStatus
from camaug.postal.models import Order, ParcelScan
from camaug.postal.queries import legs
from tests.integration.postal.conftest import ask
from tests.world import AT, World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def facts(order: Order) -> list[str]:
    rows = EventRecord.objects.filter(subject_id=order.id).order_by("recorded_at", "id")
    return [row.name.removeprefix("postal.") for row in rows]


def placed(world: World) -> Order:
    order = ask(world)
    assert place_due(by=SYSTEM, at=AT) == 1
    return fresh(order)


def track(order: Order, at: Any = AT + HOUR) -> Order:
    Order.objects.filter(pk=order.pk, track_at__isnull=False).update(track_at=at)
    track_due(by=SYSTEM, at=at)
    return fresh(order)


def test_an_order_reaches_the_post_with_everything_that_it_needs(world: World, post: LocalPost) -> None:
    order = placed(world)
    assert (order.state, order.carrier_number, order.placed_at) == (OrderState.REGISTERED, "EM000000001VN", AT)
    (told,) = post.orders.values()
    assert {name: told[name] for name in ("customerCode", "orderNumber", "codAmount", "govAgencyCode")} == {
        "customerCode": "H12",
        "orderNumber": order.number,
        "codAmount": 0,
        "govAgencyCode": "H12.39.32245",
    }
    assert told["govAgencyName"] == "Ủy ban nhân dân xã Tân Ân"
    for role, party in (("sender", order.sender), ("receiver", order.receiver)):
        for field, name in (("Name", "name"), ("Tel", "phone"), ("Email", "email"), ("Address", "address"),
                            ("Province", "province"), ("District", "commune")):  # fmt: skip
            assert told[f"{role}{field}"] == party[name]
    assert facts(order) == ["OrderAsked", "OrderPlaced"]


def test_asked_twice_under_one_key_it_is_one_order(world: World, post: LocalPost) -> None:
    first = ask(world, key="papers")
    assert ask(world, key="papers") == first
    place_due(by=SYSTEM, at=AT)
    assert len(post.orders) == 1


def test_one_parcel_of_a_kind_travels_at_a_time(world: World, post: LocalPost) -> None:
    about = uuid7()
    order = ask(world, about=about)
    with pytest.raises(LegUnderWay):
        ask(world, about=about)
    order.pk, order.key, order.number = uuid7(), "another", "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save(force_insert=True)


def test_who_is_killed_before_noting_the_answer_leaves_it_to_the_next_and_the_post_has_one_order(
    world: World, post: LocalPost
) -> None:
    order = ask(world)
    post.mute = True
    place_due(by=SYSTEM, at=AT)
    # As after a kill between the post's answer and the note of it: claimed, taken there, not written down here.
    Order.objects.update(state=OrderState.WAITING, next_attempt_at=AT + LEASE)
    post.mute = False
    assert place_due(by=SYSTEM, at=AT + MINUTE) == 0
    assert place_due(by=SYSTEM, at=AT + LEASE) == 1
    assert fresh(order).state == OrderState.REGISTERED
    assert len(post.orders) == 1
    assert sum(call.path == "/order" for call in post.calls) == 2


def test_a_post_that_is_away_is_asked_again_later_and_later(world: World, settings: Any) -> None:
    settings.POST_URL = "http://127.0.0.1:1"
    order, at = ask(world), AT
    for pause in PAUSES:
        assert place_due(by=SYSTEM, at=at) == 1
        failed = fresh(order)
        assert (failed.state, failed.next_attempt_at) == (OrderState.FAILED, at + pause)
        assert place_due(by=SYSTEM, at=at + pause / 2) == 0
        at += pause
    place_due(by=SYSTEM, at=at)
    given_up = fresh(order)
    assert (given_up.state, given_up.ended_at, given_up.next_attempt_at) == (OrderState.GIVEN_UP, at, None)
    assert facts(order) == ["OrderAsked", "OrderGivenUp"]


def test_those_behind_a_silent_post_lose_no_try(world: World, settings: Any) -> None:
    settings.POST_URL = "http://127.0.0.1:1"
    for _ in range(3):
        ask(world)
    assert place_due(by=SYSTEM, at=AT) == 3
    assert sorted(Order.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_an_order_that_the_post_refuses_is_given_up_and_can_go_again(world: World, post: LocalPost) -> None:
    order = ask(world)
    post.failing = 422
    place_due(by=SYSTEM, at=AT)
    assert (fresh(order).state, fresh(order).problem) == (OrderState.GIVEN_UP, "HTTP 422")
    post.failing = 0
    with pytest.raises(NotAllowed):
        order_again(order.id, by=world.citizen("mother"), at=AT)
    again = order_again(order.id, by=world.officer("clerk"), at=AT)
    assert order_again(order.id, by=world.officer("clerk"), at=AT) == again
    place_due(by=SYSTEM, at=AT)
    assert fresh(again).state == OrderState.REGISTERED
    assert again.replaces == order
    assert set(post.orders) == {again.number}


def test_a_token_that_is_over_is_opened_again(world: World, post: LocalPost) -> None:
    placed(world)
    post.forget_tokens()
    assert placed(world).state == OrderState.REGISTERED


def test_a_wrong_secret_is_no_refusal_of_the_order(world: World, post: LocalPost, settings: Any) -> None:
    settings.POST_SECRET = "another"
    order = ask(world)
    place_due(by=SYSTEM, at=AT)
    assert (fresh(order).state, fresh(order).problem) == (OrderState.FAILED, "no token: HTTP 403")


def test_without_a_post_nothing_is_asked(world: World, settings: Any) -> None:
    settings.POST_URL, settings.DEMO = "", False
    order = ask(world)
    assert place_due(by=SYSTEM, at=AT) == track_due(by=SYSTEM, at=AT) == cancel_due(by=SYSTEM, at=AT) == 0
    assert fresh(order).state == OrderState.WAITING


def test_a_parcel_is_followed_from_scan_to_scan(world: World, post: LocalPost) -> None:
    order = placed(world)
    for minutes, status, state in (
        (10, ScanStatus.COLLECTING, OrderState.COLLECTING),
        (20, ScanStatus.COLLECTED, OrderState.UNDER_WAY),
        (30, ScanStatus.IN_TRANSIT, OrderState.UNDER_WAY),
        (40, ScanStatus.NOT_DELIVERED, OrderState.UNDER_WAY),
        (50, ScanStatus.DELIVERED, OrderState.DELIVERED),
    ):
        post.tell(order.number, AT + minutes * MINUTE, status, "Bưu cục Tân Ân", "Trần Thị Minh")
        assert track(order, AT + (minutes + 1) * MINUTE).state == state
    ended = fresh(order)
    assert (ended.ended_at, ended.track_at) == (AT + 50 * MINUTE, None)
    assert facts(order) == ["OrderAsked", "OrderPlaced", "OrderMoved", "OrderMoved", "OrderDelivered"]
    (leg,) = legs(order.subject_id, SYSTEM)
    assert [(scan.status, scan.place) for scan in leg.scans][:2] == [
        ("DELIVERED", "Bưu cục Tân Ân"),
        ("NOT_DELIVERED", "Bưu cục Tân Ân"),
    ]


def test_a_scan_that_is_told_again_adds_and_moves_nothing(world: World, post: LocalPost) -> None:
    order = placed(world)
    post.tell(order.number, AT, ScanStatus.COLLECTED, "Bưu cục Tân Ân")
    track(order)
    post.tell(order.number, AT, ScanStatus.COLLECTED, "Bưu cục Tân Ân")
    track(order, AT + 2 * HOUR)
    assert ParcelScan.objects.count() == 1
    assert facts(order).count("OrderMoved") == 1


def test_scans_that_come_late_or_all_at_once_end_where_the_parcel_is(world: World, post: LocalPost) -> None:
    order = placed(world)
    post.tell(order.number, AT + 2 * MINUTE, ScanStatus.DELIVERED)
    post.tell(order.number, AT + MINUTE, ScanStatus.COLLECTED)
    assert track(order).state == OrderState.DELIVERED
    assert facts(order)[2:] == ["OrderMoved", "OrderDelivered"]


def test_words_that_are_not_known_are_kept_and_move_nothing(world: World, post: LocalPost) -> None:
    order = placed(world)
    post.tell(order.number, AT, ScanStatus.OTHER, "Kho", "Bão, hoãn chuyến")
    assert track(order).state == OrderState.REGISTERED
    assert ParcelScan.objects.get().note == "Bão, hoãn chuyến"


def test_the_longer_there_is_nothing_new_the_later_it_is_asked(world: World, post: LocalPost) -> None:
    order, at = placed(world), AT + LOOKS[0]
    assert order.track_at == at
    for pause in (*LOOKS[1:], LOOKS[-1]):
        assert track_due(by=SYSTEM, at=at - MINUTE) == 0
        assert track_due(by=SYSTEM, at=at) == 1
        assert fresh(order).track_at == at + pause
        at += pause
    post.tell(order.number, AT, ScanStatus.COLLECTED)
    track_due(by=SYSTEM, at=at)
    assert fresh(order).track_at == at + LOOKS[0]


def test_a_parcel_that_nobody_has_heard_of_for_a_month_is_given_up(world: World, post: LocalPost) -> None:
    order = placed(world)
    assert track(order, AT + LOST).state == OrderState.REGISTERED
    assert track(order, AT + LOST + MINUTE).state == OrderState.GIVEN_UP
    assert facts(order)[-1] == "OrderGivenUp"


def test_a_silent_post_is_asked_once_a_batch_about_its_parcels(world: World, post: LocalPost) -> None:
    for _ in range(3):
        placed(world)
    calls, post.mute = len(post.calls), True
    assert track_due(by=SYSTEM, at=AT + HOUR) == 3
    assert len(post.calls) == calls + 1
    assert set(Order.objects.values_list("track_at", flat=True)) == {AT + HOUR + LOOKS[1]}


def test_an_order_that_was_never_sent_is_cancelled_at_once(world: World, post: LocalPost) -> None:
    order = ask(world)
    with pytest.raises(NotAllowed):
        cancel(order.id, by=ANONYMOUS, at=AT)
    cancel(order.id, by=world.officer("clerk"), at=AT)
    cancel(order.id, by=world.officer("clerk"), at=AT)
    assert place_due(by=SYSTEM, at=AT) == 0
    assert facts(order) == ["OrderAsked", "OrderCancelled"]
    with pytest.raises(NotFound):
        cancel(uuid7(), by=SYSTEM, at=AT)


def test_an_order_that_the_post_has_is_cancelled_there(world: World, post: LocalPost) -> None:
    order = placed(world)
    cancel(order.id, by=world.officer("clerk"), at=AT)
    assert fresh(order).state == OrderState.CANCELLING
    assert cancel_due(by=SYSTEM, at=AT) == 1
    assert (fresh(order).state, fresh(order).track_at) == (OrderState.CANCELLED, None)
    assert "cancelled" in post.orders[order.number]


def test_an_order_that_may_just_be_going_out_is_cancelled_when_that_has_ended(world: World, post: LocalPost) -> None:
    order = ask(world)
    Order.objects.update(attempts=1, next_attempt_at=AT + LEASE)  # claimed by somebody who is not heard of again
    cancel(order.id, by=world.officer("clerk"), at=AT)
    assert cancel_due(by=SYSTEM, at=AT) == place_due(by=SYSTEM, at=AT + LEASE) == 0
    assert cancel_due(by=SYSTEM, at=AT + LEASE) == 1
    assert fresh(order).state == OrderState.CANCELLED, "an order that the post does not know is cancelled"


def test_a_parcel_that_was_fetched_meanwhile_travels_on(world: World, post: LocalPost) -> None:
    order = placed(world)
    post.tell(order.number, AT, ScanStatus.COLLECTED)
    cancel(order.id, by=world.officer("clerk"), at=AT)
    cancel_due(by=SYSTEM, at=AT)
    assert (fresh(order).state, facts(order)[-1]) == (OrderState.REGISTERED, "CancellationRefused")
    assert track(order).state == OrderState.UNDER_WAY
    with pytest.raises(WrongState):
        cancel(order.id, by=world.officer("clerk"), at=AT)


def test_a_parcel_that_came_back_goes_once_more_and_a_delivered_one_does_not(world: World, post: LocalPost) -> None:
    back, there = placed(world), placed(world)
    post.tell(back.number, AT, ScanStatus.RETURNED)
    post.tell(there.number, AT, ScanStatus.DELIVERED)
    assert (track(back).state, track(there).state) == (OrderState.RETURNED, OrderState.DELIVERED)
    assert order_again(back.id, by=world.officer("clerk"), at=AT).number.endswith("-2")
    with pytest.raises(NothingToRepeat):
        order_again(there.id, by=world.officer("clerk"), at=AT)


def test_what_the_demonstrations_post_was_given_moves_along_by_itself(world: World, tmp_path: Any) -> None:
    book, at = tmp_path / "book.json", [AT]
    with LocalPost(plays=True, book=book, now=lambda: at[0]) as post:
        order = ask(world)
        place_due(by=SYSTEM, at=AT, to=HttpCarrier(post.address, CUSTOMER, SECRET))
    at[0] = AT + 50 * HOUR
    with LocalPost(plays=True, book=book, now=lambda: at[0]) as another:
        track_due(by=SYSTEM, at=at[0], to=HttpCarrier(another.address, CUSTOMER, SECRET))
    assert fresh(order).state in (OrderState.DELIVERED, OrderState.RETURNED)
    assert ParcelScan.objects.filter(order=order).count() >= 6
