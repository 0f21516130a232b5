"""Each kind of what is kept of people: there a day before its term ends, gone a day after, with an event."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from camaug.access.actions.end_expired import end_expired
from camaug.access.models import (
    AccessReview,
    AccountDecision,
    ApiToken,
    InvitationRound,
    PastPassword,
    ReviewLine,
    SignInCode,
    Throttle,
)
from camaug.cases.actions.erase_old import erase_old
from camaug.cases.actions.note_reading import note_case_read, note_list_read
from camaug.cases.actions.order_collection import order_collection
from camaug.cases.actions.start import start
from camaug.cases.models import Batch, How
from camaug.cases.retention.terms import LOGS, Kind
from camaug.gateway.actions.ship import ship
from camaug.gateway.models import Shipment
from camaug.kernel.actors import SYSTEM
from camaug.kernel.ids import uuid7
from camaug.kernel.keeping import every_kind
from camaug.kernel.models import Blob, EventRecord
from camaug.notify.models import Delivery, Message
from camaug.people.models import Absence, Import, ImportState, Position, SheetKind
from camaug.postal.actions.order_again import PartiesErased, order_again
from camaug.postal.lifecycle import OrderState, ScanStatus
from camaug.postal.models import Order, ParcelScan, Party
from camaug.queue.models import Appointment, Hall
from camaug.signon.models import SignOn, System
from tests.applications import send_birth
from tests.belongings import message_to
from tests.halls import hall_id
from tests.helping import ask_to_help
from tests.integration.cases.test_what_is_erased import after
from tests.world import AT, COMMUNE, World

HOME = Party("Nguyễn Thị Lan", "+84918000123", "Ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau")


def draft(world: World) -> None:
    start("dang-ky-khai-sinh", by=world.citizen("mother"), at=AT)


def look(world: World) -> None:
    note_case_read(send_birth(world).code or "", How.PAGE, by=world.officer("clerk"), at=AT)


def searched(world: World) -> None:
    note_list_read("search", {"words": "Lan"}, by=world.officer("clerk"), at=AT)


def batch(world: World) -> None:
    Batch.objects.create(
        request_key=uuid7(), move="print", words={"note": "cho chị Lan"}, account_id=world.officers["clerk"],
        language="vi", origin="10.0.0.9", started_at=AT, finished_at=AT,
    )  # fmt: skip


def message(world: World) -> None:
    told = message_to(world.citizens["mother"])
    Delivery.objects.create(message=told, channel="IN_APP", state="SENT", sent_at=AT)


def appointment(world: World) -> None:
    hall = Hall.objects.get(agency_id=hall_id(world))
    Appointment.objects.create(
        hall=hall, group=hall.groups.first(), code="HEN", pin="123456", day=AT.date(), slot_at=AT, place=1,
        state="MISSED", name="Nguyễn Thị Lan", phone="+84918000123", account_id=world.citizens["mother"], made_at=AT,
    )  # fmt: skip


def parcel(world: World) -> None:
    order_collection(send_birth(world).id, HOME, by=world.citizen("mother"), at=AT)
    order = Order.objects.get()
    order.state, order.ended_at, order.next_attempt_at = OrderState.GIVEN_UP, AT, None
    order.save()
    ParcelScan.objects.create(order=order, at=AT, status=ScanStatus.RETURNED, note="chị Lan nhận")


def shipment(world: World) -> None:
    case = send_birth(world)
    ship(EventRecord.objects.filter(name="cases.CaseSubmitted", subject_id=case.id))
    for sent in Shipment.objects.all():
        sent.data, sent.state, sent.arisen_at, sent.sent_at = {"ChuHoSo": "Lan"}, "SENT", AT, AT
        sent.save()


def mandate_request(world: World) -> None:
    asked = ask_to_help(world)
    asked.lapses_at = AT
    asked.save()


def sign_on(world: World) -> None:
    system = System.objects.create(
        client_id="mail", name="Thư", owner_id=world.agencies[COMMUNE], contact="mail@camau.gov.vn", audience="STAFF",
        authentication="client_secret_basic", scopes=["openid"], created_at=AT,
    )  # fmt: skip
    for ended in (AT, None):
        SignOn.objects.create(
            account_id=world.officers["clerk"], system=system, session=uuid7(), started_at=AT, ended_at=ended
        )


def token(world: World) -> None:
    ApiToken.objects.create(
        digest="d", prefix="p", name="máy của Lan", account_id=world.citizens["mother"], scopes=["read"],
        created_at=AT - timedelta(days=90), expires_at=AT,
    )  # fmt: skip


def past_password(world: World) -> None:
    PastPassword.objects.create(account_id=world.officers["clerk"], password="!", until_at=AT)


def decision(world: World) -> None:
    AccountDecision.objects.create(
        account_id=world.officers["clerk"], kind="REOPENED", reason="nghỉ ốm về", by_name="Quản trị", decided_at=AT
    )


def review(world: World) -> None:
    position = Position.objects.get(pk=world.officer("clerk").posts[0].id)
    made = AccessReview.objects.create(agency=position.agency, opened_at=AT, due_date=AT.date(), finished_at=AT)
    ReviewLine.objects.create(
        review=made, position=position, officer_id=position.officer_id, officer_name="Lan", title="", role="CLERK"
    )


def invitations(world: World) -> None:
    InvitationRound.objects.create(
        addresses=["lan@camau.gov.vn"], again=False, actor_name="Quản trị", origin="10.0.0.9", asked_at=AT,
        unknown=["la@camau.gov.vn"], finished_at=AT,
    )  # fmt: skip


def absence(world: World) -> None:
    position = Position.objects.get(pk=world.officer("clerk").posts[0].id)
    Absence.objects.create(position=position, from_at=AT - timedelta(days=3), until_at=AT, reason="nghỉ ốm")


def table(world: World) -> None:
    Import.objects.create(
        kind=SheetKind.OFFICERS, state=ImportState.REFUSED, file_name="can-bo.xlsx", language="vi", actor_name="QT",
        blob=Blob.objects.create(sha256="a" * 64, size=1, media_type="text/csv"), sent_at=AT,
        problems=[[2, "email", "lan@", "sai"]],
    )  # fmt: skip


MAKERS: dict[Kind, Callable[[World], None]] = {
    Kind.DRAFTS: draft,
    Kind.READINGS: look,
    Kind.LIST_READINGS: searched,
    Kind.BATCHES: batch,
    Kind.MESSAGES: message,
    Kind.APPOINTMENTS: appointment,
    Kind.PARCELS: parcel,
    Kind.SHIPMENTS: shipment,
    Kind.MANDATE_REQUESTS: mandate_request,
    Kind.SIGN_ONS: sign_on,
    Kind.TOKENS: token,
    Kind.PAST_PASSWORDS: past_password,
    Kind.ACCOUNT_DECISIONS: decision,
    Kind.ACCESS_REVIEWS: review,
    Kind.INVITATION_ROUNDS: invitations,
    Kind.ABSENCES: absence,
    Kind.IMPORTS: table,
}


def left(kind: Kind) -> int:
    """Rows of the kind that still tell of somebody, however old."""
    return every_kind()[kind].rows(after(kind, 1)).count()


def erase(kind: Kind, days: int) -> int:
    number = 0
    while gone := erase_old(kind, by=SYSTEM, at=after(kind, days)):
        number += gone
    return number


@pytest.mark.parametrize("kind", list(Kind))
def test_it_is_kept_until_its_term_and_then_goes_with_an_event(world: World, kind: Kind) -> None:
    MAKERS[kind](world)
    number = left(kind)
    assert number >= 1
    assert (erase(kind, -1), left(kind)) == (0, number)
    assert (erase(kind, 1), left(kind)) == (number, 0)
    names = {"cases.ReadingsErased", "cases.OutlivedErased", "cases.DraftDiscarded"}
    (event,) = EventRecord.objects.filter(name__in=names)
    assert event.actor_kind == "SYSTEM"
    if kind == Kind.DRAFTS:
        assert event.name == "cases.DraftDiscarded"
    else:
        assert event.name == ("cases.ReadingsErased" if kind in LOGS else "cases.OutlivedErased")
        assert (event.facts["what"], event.facts["rows"]) == (kind, number)


def test_killed_between_two_batches_the_next_night_goes_on(world: World) -> None:
    for _ in range(5):
        message(world)
    assert erase_old(Kind.MESSAGES, by=SYSTEM, at=after(Kind.MESSAGES, 1), batch=2) == 2
    assert erase(Kind.MESSAGES, 1) == 3
    assert not Message.objects.exists()
    rows = EventRecord.objects.filter(name="cases.OutlivedErased").order_by("id").values_list("facts__rows", flat=True)
    assert list(rows) == [2, 3]


def test_an_appointment_is_counted_on_and_names_nobody(world: World) -> None:
    appointment(world)
    erase(Kind.APPOINTMENTS, 1)
    there = Appointment.objects.get()
    assert (there.name, there.phone, there.account_id, there.state) == ("", "", None, "MISSED")


def test_of_a_parcel_only_its_way_is_left_and_it_is_not_sent_to_nobody(world: World) -> None:
    parcel(world)
    erase(Kind.PARCELS, 1)
    order = Order.objects.get()
    assert (order.sender["name"], order.receiver["name"], ParcelScan.objects.get().note) == ("", "", "")
    with pytest.raises(PartiesErased):
        order_again(order.id, by=SYSTEM, at=after(Kind.PARCELS, 2))


def test_what_the_portal_was_told_is_known_without_its_words(world: World) -> None:
    shipment(world)
    erase(Kind.SHIPMENTS, 1)
    there = Shipment.objects.first()
    assert there is not None
    assert (there.state, there.data, there.sent_at) == ("SENT", None, AT)


def test_a_sign_on_that_holds_stays(world: World) -> None:
    sign_on(world)
    erase(Kind.SIGN_ONS, 4000)
    assert SignOn.objects.get().ended_at is None


def test_a_confirmed_mandate_stays(world: World) -> None:
    mandate_request(world)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE behalf_mandate SET confirmed_at = now(), proof = 'SESSION', person_id ="
            " (SELECT id FROM people_person p WHERE p.id <> helper_id LIMIT 1)"
        )
    assert erase(Kind.MANDATE_REQUESTS, 4000) == 0


def test_codes_and_counts_of_attempts_go_though_nobody_asks_for_another(db: None) -> None:
    SignInCode.objects.create(contact="+84918000123", digest="d", sent_at=AT, expires_at=AT)
    Throttle.objects.create(key="k", hits=3, until=AT)
    end_expired(by=SYSTEM, at=AT + timedelta(hours=23))
    assert (SignInCode.objects.count(), Throttle.objects.count()) == (1, 0)
    end_expired(by=SYSTEM, at=AT + timedelta(hours=25))
    assert not SignInCode.objects.exists()
