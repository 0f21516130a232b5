"""Appointments: booked, moved, given back, kept; told to the telephone; forgotten."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from camaug.kernel import dispatch
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.notify import loading as notify
from camaug.notify.models import Message
from camaug.queue.actions.arrange_counter import CounterInUse, CounterRules, arrange_counter
from camaug.queue.actions.arrange_group import GroupRules, NothingLeft, arrange_group
from camaug.queue.actions.arrange_hall import HallRules, arrange_hall
from camaug.queue.actions.book import MOST, SlotTaken, TooManyAppointments
from camaug.queue.actions.call_next import call_next
from camaug.queue.actions.cancel_appointment import cancel_appointment
from camaug.queue.actions.check_in import NoSuchAppointment, TooEarly, check_in
from camaug.queue.actions.end_day import end_day
from camaug.queue.actions.move_appointment import AppointmentOver, move_appointment
from camaug.queue.actions.remind import remind
from camaug.queue.actions.send_codes import send_codes
from camaug.queue.actions.take_number import HallClosed, NoNumbersHere
from camaug.queue.models import Shift, Ticket
from camaug.queue.queries import appointment, days
from tests.halls import PHONE, booked, hall_id, sit, take
from tests.world import AT, World

NINE = AT + timedelta(hours=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NEXT_DAY = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL)  # the 24th is a day off


def phone(number: int) -> str:
    return f"+849180009{number:02d}"


def test_a_half_hour_holds_as_many_as_it_has_places_and_no_more(world: World) -> None:
    first, second = booked(world, NINE, phone=phone(1)), booked(world, NINE, phone=phone(2))
    assert (first.place, second.place) == (1, 2)
    with pytest.raises(SlotTaken):
        booked(world, NINE, phone=phone(3))
    cancel_appointment(first.code, by=ANONYMOUS, at=AT)
    assert booked(world, NINE, phone=phone(3)).place == 1


@pytest.mark.parametrize(
    "slot_at",
    [
        AT,
        AT + 20 * MINUTE,
        NINE + 10 * MINUTE,
        datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL),
        datetime(2026, 11, 24, 9, 0, tzinfo=LOCAL),
        datetime(2026, 11, 28, 9, 0, tzinfo=LOCAL),
        datetime(2026, 12, 21, 9, 0, tzinfo=LOCAL),
        datetime(2026, 11, 20, 9, 0, tzinfo=LOCAL),
    ],
)
def test_what_is_past_too_near_too_far_or_not_worked_cannot_be_booked(world: World, slot_at: datetime) -> None:
    with pytest.raises(SlotTaken):
        booked(world, slot_at)


def test_offered_days_are_worked_and_say_what_is_free(world: World) -> None:
    booked(world, NINE)
    offered = days(hall_id(world), "A", at=AT)
    assert [offer.day for offer in offered[:3]] == [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 26)]
    assert {time.at: time.free for time in offered[0].times}[NINE] == 1
    assert offered[0].times[0].at == AT + 30 * MINUTE


def test_one_telephone_holds_few_appointments(world: World) -> None:
    for half_hours in range(MOST):
        booked(world, NINE + half_hours * 30 * MINUTE)
    with pytest.raises(TooManyAppointments):
        booked(world, NEXT_DAY)


def test_an_appointment_moves_to_another_day_and_keeps_its_code(world: World) -> None:
    made = booked(world, NINE)
    moved = move_appointment(made.code, slot_at=NEXT_DAY, by=ANONYMOUS, at=AT)
    assert (moved.code, moved.slot_at, moved.day) == (made.code, NEXT_DAY, NEXT_DAY.date())
    assert booked(world, NINE, phone=phone(2)).place == 1
    with pytest.raises(AppointmentOver):
        cancel_appointment(made.code, by=ANONYMOUS, at=NEXT_DAY)
    with pytest.raises(NotFound):
        cancel_appointment("ABCDEFGH2345", by=ANONYMOUS, at=AT)


@pytest.mark.parametrize(
    ("minutes", "promised"),
    [(-60, True), (-1, True), (0, True), (15, True), (16, False), (119, False)],
)
def test_who_comes_in_time_is_called_at_the_time_and_who_is_late_by_the_order_of_coming(
    world: World, minutes: int, promised: bool
) -> None:
    made = booked(world, NINE)
    ticket = check_in(hall_id(world), made.pin, by=ANONYMOUS, at=NINE + minutes * MINUTE)
    assert (ticket.promised_at == NINE) is promised


def test_checking_in_twice_gives_the_same_number(world: World) -> None:
    made = booked(world, NINE)
    ticket = check_in(hall_id(world), f"https://camau.example/appointments/{made.code}/", by=ANONYMOUS, at=NINE)
    assert check_in(hall_id(world), made.pin, by=ANONYMOUS, at=NINE) == ticket
    assert appointment(made.code, at=NINE).ticket == ticket.code


def test_nobody_checks_in_much_too_early_or_with_a_wrong_code(world: World) -> None:
    made = booked(world, NINE + HOUR)
    with pytest.raises(TooEarly):
        check_in(hall_id(world), made.pin, by=ANONYMOUS, at=NINE - MINUTE)
    for typed in ("", "12", "ABCDEFGH2345", "x" * 200):
        with pytest.raises(NoSuchAppointment):
            check_in(hall_id(world), typed, by=ANONYMOUS, at=NINE)
    cancel_appointment(made.code, by=ANONYMOUS, at=AT)
    with pytest.raises(NoSuchAppointment):
        check_in(hall_id(world), made.pin, by=ANONYMOUS, at=NINE)


def test_at_the_time_the_appointment_goes_before_those_who_came_earlier(world: World) -> None:
    clerk, made = sit(world), booked(world, NINE)
    ordinary = [take(world), take(world)]
    kept = check_in(hall_id(world), made.pin, by=ANONYMOUS, at=NINE - HOUR / 2)
    assert call_next(by=clerk, at=NINE - MINUTE) == ordinary[0]
    Ticket.objects.filter(pk=ordinary[0].pk).update(state="SERVING")
    assert call_next(by=clerk, at=NINE) == kept


def test_numbers_are_given_only_during_working_hours_and_where_the_hall_is_open(world: World) -> None:
    with pytest.raises(HallClosed):
        take(world, at=AT.replace(hour=12))
    with pytest.raises(NotFound):
        take(world, "Z")
    arrange_hall(hall_id(world), HallRules(open=False, books=True, horizon=14), by=SYSTEM, at=AT)
    with pytest.raises(NoNumbersHere):
        take(world)


def test_each_news_is_told_to_the_telephone_once(world: World) -> None:
    notify.load_profile(settings.PROFILE, at=AT, progress=lambda _d, _t: None)
    made = booked(world, NEXT_DAY)
    move_appointment(made.code, slot_at=NEXT_DAY + HOUR, by=ANONYMOUS, at=AT)
    send_codes(PHONE, by=ANONYMOUS, at=AT)
    send_codes(phone(7), by=ANONYMOUS, at=AT)
    assert remind(by=SYSTEM, at=NEXT_DAY - 20 * HOUR) == 1
    assert remind(by=SYSTEM, at=NEXT_DAY - 19 * HOUR) == 0
    cancel_appointment(made.code, by=ANONYMOUS, at=AT)
    _tell_all()
    told = {message.notice: message for message in Message.objects.filter(subject_id=made.id)}
    assert sorted(told) == [
        "APPOINTMENT_BOOKED",
        "APPOINTMENT_CANCELLED",
        "APPOINTMENT_CODE",
        "APPOINTMENT_MOVED",
        "APPOINTMENT_REMINDER",
    ]
    assert {message.phone for message in told.values()} == {PHONE}
    assert made.code in told["APPOINTMENT_CODE"].sms
    assert all(len(message.sms) <= 160 for message in told.values())


def _tell_all() -> None:
    """As the worker does, of this test's own events."""
    tell = next(one for one in dispatch.subscribers() if one.name == "queue.tell")
    rows = [row for row in EventRecord.objects.order_by("id") if row.name in tell.to]
    tell.react(rows)
    tell.react(rows)


def test_the_night_ends_what_the_day_left_open(world: World) -> None:
    clerk, made = sit(world), booked(world, NINE)
    waiting, called = take(world), take(world, priority="ELDERLY")
    assert call_next(by=clerk, at=AT) == called
    end_day(AT.date(), by=SYSTEM, at=AT + 17 * HOUR)
    assert set(Ticket.objects.filter(pk__in=[waiting.pk, called.pk]).values_list("state", flat=True)) == {
        "LEFT",
        "SERVED",
    }
    assert not Shift.objects.filter(closed_at=None).exists()
    made.refresh_from_db()
    assert (made.state, made.phone) == ("MISSED", PHONE)


def test_only_administrators_arrange_a_hall(world: World) -> None:
    rules = CounterRules("Quầy ưu tiên", "A", in_use=False)
    for key in ("clerk", "chairman", "mother"):
        actor = world.citizen(key) if key == "mother" else world.officer(key)
        with pytest.raises(NotAllowed):
            arrange_counter(hall_id(world), 1, rules, by=actor, at=AT)
    sit(world)
    with pytest.raises(CounterInUse):
        arrange_counter(hall_id(world), 1, rules, by=world.officer("administrator"), at=AT)
    arrange_counter(hall_id(world), 3, rules, by=world.officer("administrator"), at=AT)


def test_one_group_stays_in_use(world: World) -> None:
    administrator = world.officer("administrator")
    unused = GroupRules("Khác", "", (), places=0, usual_minutes=5, in_use=False)
    for letter in "ABC":
        arrange_group(hall_id(world), letter, unused, by=administrator, at=AT)
    with pytest.raises(NothingLeft):
        arrange_group(hall_id(world), "D", unused, by=administrator, at=AT)
    arrange_group(hall_id(world), "E", unused, by=administrator, at=AT)
