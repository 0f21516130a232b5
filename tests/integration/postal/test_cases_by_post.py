"""Papers and results of cases by post, from the applicant's order to the closed case."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.order_collection import PapersNotAwaited, order_collection
from camaug.cases.actions.order_delivery import NotForThePost, order_delivery
from camaug.cases.actions.revoke_result import revoke_result
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.postal.actions.cancel_due import cancel_due
from camaug.postal.actions.order import LegUnderWay, Party
from camaug.postal.actions.place_due import place_due
from camaug.postal.actions.track_due import track_due
from camaug.postal.carriers.counterpart import LocalPost
from camaug.postal.lifecycle import OrderState, ScanStatus
from camaug.postal.models import Order
from tests.applications import birth, carry, photo, send_birth
from tests.desks import desk_of, page_of
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

HOME = "Ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau"
HOUR = timedelta(hours=1)
MOTHER = Party("Nguyễn Thị Lan", "+84918000123", HOME)


HEARING = ("cases.recall_parcels", "cases.send_results", "cases.close_delivered", "cases.tell_of_parcels")


def hear() -> None:
    """What the dispatcher does; telling an event again changes nothing."""
    for subscriber in (one for one in subscribers() if one.name in HEARING):
        rows = EventRecord.objects.filter(name__in=subscriber.to).order_by("recorded_at", "id")
        subscriber.react(list(rows))


def by_post(world: World) -> Case:
    """The mother's application, its result wanted by post."""
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=AT)
    wanted = Changes(
        answers=birth(AT), receiving_agency=world.agencies[COMMUNE], delivery_way="POST", delivery_address=HOME
    )
    save(case.id, wanted, by=mother, at=AT)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=AT)
    return submit(case.id, by=mother, at=AT)


def ready(world: World) -> tuple[Case, Order]:
    case = carry(world, by_post(world), to="RETURN")
    hear()
    return case, Order.objects.get(subject_id=case.id)


def happens(post: LocalPost, order: Order, status: ScanStatus, note: str = "", *, at: Any = AT + HOUR) -> None:
    """The post tells it, and we hear of it."""
    post.tell(order.number, at, status, "Bưu cục Tân Ân", note)
    Order.objects.filter(pk=order.pk).update(track_at=at)
    track_due(by=SYSTEM, at=at)
    hear()


def told(case: Case) -> list[str]:
    return list(
        Message.objects.filter(subject_id=case.id).order_by("created_at", "id").values_list("notice", flat=True)
    )


@pytest.fixture
def texts(world: World, settings: Any) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)


def test_the_post_brings_a_result_and_the_case_is_closed_with_its_proof(
    world: World, post: LocalPost, texts: None
) -> None:
    case, order = ready(world)
    assert (order.kind, order.receiver["address"], order.sender["commune"]) == ("DELIVER", HOME, "32245")
    place_due(by=SYSTEM, at=AT)
    happens(post, order, ScanStatus.COLLECTED)
    happens(post, order, ScanStatus.DELIVERED, "Hoàng Minh Khôi", at=AT + 2 * HOUR)
    case = Case.objects.select_related("delivery").get(pk=case.pk)
    assert case.state == State.HANDED_OUT
    assert (case.delivery.receiver_name, case.delivery.authorisation) == (
        "Hoàng Minh Khôi",
        "qua bưu điện, bưu gửi EM000000001VN",
    )
    assert case.delivery.handed_out_at == AT + 2 * HOUR
    assert told(case)[-2:] == ["RESULT_ON_ITS_WAY", "RESULT_DELIVERED"]
    (fact,) = EventRecord.objects.filter(subject_id=case.id, name="cases.ResultHandedOut")
    assert fact.actor_kind == "SYSTEM"


def test_the_same_readiness_orders_once_whoever_asks(world: World, post: LocalPost) -> None:
    case, order = ready(world)
    order_delivery(case.id, by=SYSTEM, at=AT)
    order_delivery(case.id, by=world.officer("clerk"), at=AT)
    assert list(Order.objects.filter(subject_id=case.id)) == [order]


def test_a_result_that_is_fetched_at_the_counter_needs_no_post(world: World, post: LocalPost) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    hear()
    assert not Order.objects.exists()
    with pytest.raises(NotForThePost):
        order_delivery(case.id, by=SYSTEM, at=AT)


def test_without_a_post_nothing_is_ordered_by_itself(world: World, settings: Any) -> None:
    settings.POST_URL, settings.DEMO = "", False
    carry(world, by_post(world), to="RETURN")
    hear()
    assert not Order.objects.exists()


def test_a_result_that_is_handed_out_or_revoked_is_not_carried_any_more(world: World, post: LocalPost) -> None:
    case, order = ready(world)
    place_due(by=SYSTEM, at=AT)
    revoke_result(case.id, reason="Ghi sai", by=world.officer("chairman"), at=AT)
    hear()
    cancel_due(by=SYSTEM, at=AT)
    assert Order.objects.get(pk=order.pk).state == OrderState.CANCELLED


def test_a_parcel_that_comes_back_is_told_to_the_clerks_and_leaves_the_case_open(
    world: World, post: LocalPost, texts: None
) -> None:
    case, order = ready(world)
    place_due(by=SYSTEM, at=AT)
    happens(post, order, ScanStatus.RETURNED)
    assert Case.objects.get(pk=case.pk).state == State.RESULT_READY
    back = Message.objects.filter(notice="PARCEL_BACK")
    assert world.officers["clerk"] in set(back.values_list("account_id", flat=True))
    assert {one.link for one in back} == {page_of(case, "post/")}


def test_papers_are_fetched_and_the_applicant_hears_of_it(world: World, post: LocalPost, texts: None) -> None:
    case = send_birth(world)
    order_collection(case.id, MOTHER, by=world.citizen("mother"), at=AT)
    with pytest.raises(LegUnderWay):
        order_collection(case.id, MOTHER, by=world.citizen("mother"), at=AT)
    order = Order.objects.get()
    assert order.receiver["name"] == "Bộ phận Một cửa, Ủy ban nhân dân xã Tân Ân"
    place_due(by=SYSTEM, at=AT)
    happens(post, order, ScanStatus.COLLECTING)
    happens(post, order, ScanStatus.COLLECTED, at=AT + 2 * HOUR)
    happens(post, order, ScanStatus.DELIVERED, at=AT + 3 * HOUR)
    assert told(case)[-2:] == ["PAPERS_FETCHED", "PAPERS_ARRIVED"]
    assert Case.objects.get(pk=case.pk).state == State.SUBMITTED


def test_papers_are_fetched_of_whoever_s_case_it_is_and_where_they_are_awaited(world: World, post: LocalPost) -> None:
    case = send_birth(world)
    with pytest.raises(NotFound):
        order_collection(case.id, MOTHER, by=world.citizen("shopkeeper"), at=AT)
    with pytest.raises(NotAllowed):
        order_collection(case.id, MOTHER, by=world.officer("specialist"), at=AT)
    with pytest.raises(InvalidInput) as wrong:
        order_collection(case.id, Party("", "", " "), by=world.citizen("mother"), at=AT)
    assert set(wrong.value.errors) == {"name", "phone", "address"}
    carry(world, case, to="RETURN")
    with pytest.raises(PapersNotAwaited):
        order_collection(case.id, MOTHER, by=world.citizen("mother"), at=AT)


def mothers(world: World) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    return client


def test_the_applicant_orders_and_cancels_on_pages(world: World, post: LocalPost) -> None:
    case, phone = send_birth(world), mothers(world)
    page = f"/my-cases/{case.id}/collection/"
    assert 'value="0918 000 123"' in phone.get(page).content.decode()
    assert phone.post(page, {"name": "Lan", "phone": "123", "address": ""}).status_code == 422
    assert phone.post(page, {"name": "Lan", "phone": "0918000123", "address": HOME}).status_code == 302
    assert phone.get(page).status_code == 302, "there is one already"
    shown = phone.get(f"/my-cases/{case.id}/").content.decode()
    assert "Giấy tờ gửi đến Bộ phận Một cửa" in shown
    assert HOME in shown
    assert phone.post(f"{page}cancellation/").status_code == 302
    assert Order.objects.get().state == OrderState.CANCELLED


def test_the_clerk_sees_cancels_and_sends_once_more_to_another_address(world: World, post: LocalPost) -> None:
    case, order = ready(world)
    desk = desk_of(world, "clerk")
    assert order.number in desk.get(page_of(case, "post/")).content.decode()
    assert desk.post(page_of(case, f"post/{order.id}/cancellation/")).status_code == 302
    again = page_of(case, f"post/{order.id}/renewal/")
    assert HOME in desk.get(again).content.decode()
    assert desk.post(again, {"name": "Lan", "phone": "", "address": HOME}).status_code == 422
    typed = {"name": "Lan", "phone": "0918000123", "address": "Ấp Ô Rô, xã Tân Ân"}
    assert desk.post(again, typed).status_code == 302
    newer = Order.objects.get(replaces=order)
    assert newer.receiver["address"] == "Ấp Ô Rô, xã Tân Ân"
    assert desk_of(world, "registrar").post(page_of(case, f"post/{newer.id}/cancellation/")).status_code == 403
    assert desk_of(world, "other_clerk").get(page_of(case, "post/")).status_code == 404


def test_whoever_follows_by_code_reads_no_address_and_no_full_name(world: World, post: LocalPost) -> None:
    case, order = ready(world)
    place_due(by=SYSTEM, at=AT)
    happens(post, order, ScanStatus.DELIVERED, "Hoàng Minh Khôi")
    stranger = Client()
    stranger.post("/follow/", {"code": case.code, "fact": case.applicant_number[-4:]})
    shown = stranger.get("/follow/case/").content.decode()
    assert "EM000000001VN" in shown
    assert "Người nhận: H. M. Khôi" in shown
    assert HOME not in shown
