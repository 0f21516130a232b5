"""Reminders of what is due soon or late: to whose turn it is, stand-ins too, then upwards; each fact once a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from camaug.cases.actions.apologise import TooLate, apologise
from camaug.cases.actions.approve import approve
from camaug.cases.actions.assign import assign
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.watch import watch
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Extension, Outcome, Reminder
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Delivery, Message
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.models import Position
from camaug.people.queries import holders
from tests.applications import carry, send_birth, shop_intake
from tests.world import AT, DISTRICT, FINANCE_OFFICE, World


@pytest.fixture(autouse=True)
def _texts(world: World) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


def shop(world: World, *, assigned: bool = True) -> Case:
    """Received on Monday 08:00, due on Friday 17:00; sixteen hours at the finance office's desk, until Thursday 08:00."""
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    if not assigned:
        return case
    post = world.officer("district_specialist").post
    assert post
    return assign(case.id, to=post.id, by=world.officer("district_head"), at=AT)


def told(world: World, key: str) -> list[str]:
    """The notices that an officer was given, in order."""
    return list(Message.objects.filter(account_id=world.officers[key]).order_by("id").values_list("notice", flat=True))


def apologised(case: Case) -> None:
    assert case.due_at
    new_date = case.due_at + timedelta(days=7)
    Extension.objects.create(case=case, reason="x", due_before=case.due_at, due_at=new_date, given_at=on(25, 16))


def look(at: datetime) -> int:
    """Two rounds; the second finds nothing new."""
    raised = watch(by=SYSTEM, at=at)
    assert watch(by=SYSTEM, at=at + timedelta(minutes=5)) == 0
    return raised


def test_a_fresh_case_reminds_nobody(world: World) -> None:
    shop(world)
    assert look(AT + timedelta(minutes=5)) == 0


def test_at_three_quarters_of_the_steps_hours_the_one_whose_turn_it_is_is_warned_once(world: World) -> None:
    shop(world)
    assert look(on(25, 10)) == 0  # eight hours on Monday, three on Wednesday: 10 of 16
    assert look(on(25, 15)) == 1
    assert look(on(25, 16)) == 0
    assert told(world, "district_specialist") == ["STEP_SOON"]


def test_an_overdue_step_goes_to_its_officer_and_after_two_hours_to_the_head(world: World) -> None:
    case = shop(world)
    apologised(case)
    assert look(on(26, 8, 30)) == 1
    assert told(world, "district_specialist") == ["STEP_OVERDUE"]
    assert look(on(26, 9, 50)) == 0
    assert look(on(26, 10, 5)) == len(holders("UNIT_HEAD", world.agencies[FINANCE_OFFICE], AT))
    assert told(world, "district_head") == ["STEP_OVERDUE_HEAD"]
    escalated = EventRecord.objects.get(name="cases.CaseEscalated", subject_id=case.id)
    assert (escalated.facts["kind"], escalated.facts["level"]) == ("STEP_OVERDUE", 1)


def test_after_eight_hours_the_one_stop_unit_hears_of_it_and_after_sixteen_the_leaders(world: World) -> None:
    case = shop(world)
    look(on(27, 16))
    reminded = Reminder.objects.filter(case=case).values_list("level", "account_id")
    one_stop = {view.officer_id for view in holders("ONE_STOP_HEAD", world.agencies[DISTRICT], AT)}
    assert one_stop
    assert {level for level, _ in reminded} == {0, 1, 2}
    assert sum(level == 2 for level, _ in reminded) == len(one_stop)
    facts = EventRecord.objects.filter(name="cases.CaseEscalated", subject_id=case.id, facts__kind="STEP_OVERDUE")
    assert facts.count() == 2  # one a level, however many heads


def test_what_is_assigned_to_nobody_reminds_all_who_hold_the_role(world: World) -> None:
    shop(world, assigned=False)
    all_of_them = holders("SPECIALIST", world.agencies[FINANCE_OFFICE], AT)
    assert look(on(25, 15)) == len({view.officer_id for view in all_of_them}) > 1


def test_a_stand_in_is_reminded_beside_the_absent_one(world: World) -> None:
    shop(world)
    post = world.officer("district_specialist").post
    assert post
    head = Position.objects.get(pk=world.officer("district_head").post.id).officer  # type: ignore[union-attr]
    declare_absence(
        post.id,
        from_at=on(25, 7),
        until_at=on(28, 7),
        stand_in_id=head.id,
        by=SYSTEM,
        at=AT,
    )
    assert look(on(25, 15)) == 2
    assert told(world, "district_specialist") == told(world, "district_head") == ["STEP_SOON"]


def test_the_head_is_called_to_apologise_more_than_a_working_day_before_the_due_date(world: World) -> None:
    case = shop(world)
    look(on(26, 7, 30))
    assert told(world, "district_head") == []  # the step may still be done in time
    look(on(26, 8, 5))  # fourteen working hours before the due date
    assert told(world, "district_head") == ["APOLOGY_OWED"]
    assert EventRecord.objects.filter(subject_id=case.id, facts__kind="APOLOGY").count() == 1


def test_who_has_been_apologised_to_is_called_out_no_more(world: World) -> None:
    case = shop(world)
    apologised(case)
    look(on(26, 8, 5))
    assert told(world, "district_head") == []


def test_nobody_is_called_to_apologise_for_a_case_that_the_move_would_refuse(world: World) -> None:
    case = shop(world)
    look(on(30, 16))
    assert not Reminder.objects.filter(case=case, kind="APOLOGY").exists()
    with pytest.raises(TooLate):
        apologise(case.id, new_date=date(2026, 12, 2), reason="x", by=world.officer("district_head"), at=on(30, 16))


def test_a_case_that_cannot_be_done_in_time_is_called_out_two_working_days_before(world: World) -> None:
    case = shop(world)
    Case.objects.filter(pk=case.pk).update(step_counted_at=on(26, 7), step_due_at=on(27, 17))  # given back for rework
    look(on(26, 7, 5))
    assert "APOLOGY_OWED" in told(world, "district_head")


def test_the_whole_case_is_announced_a_working_day_before_and_named_overdue_after(world: World) -> None:
    shop(world)
    look(on(27, 9))
    assert told(world, "district_specialist") == ["STEP_OVERDUE", "CASE_SOON"]
    look(on(30, 7, 5))
    assert told(world, "district_specialist")[2:] == ["CASE_OVERDUE"]


def test_nobody_is_reminded_outside_working_hours_or_while_the_clock_stands(world: World) -> None:
    case = shop(world)
    assert look(on(26, 20)) == 0
    assert look(on(29, 9)) == 0  # a Sunday
    item = Item("", "Tờ khai", "Thiếu chữ ký.")
    request_supplement(case.id, [item], reason="x", by=world.officer("district_specialist"), at=on(26, 9))
    assert look(on(30, 9)) == 0


def test_many_at_one_time_are_one_message_that_names_each(world: World) -> None:
    cases = [shop(world) for _ in range(5)]
    assert look(on(25, 15)) == 5
    message = Message.objects.get(account_id=world.officers["district_specialist"])
    assert message.notice == "MANY_REMINDERS"
    assert all(str(case.code) in message.body for case in cases)
    assert message.link == "/desk/overdue/"


def test_reminders_stay_in_the_app(world: World) -> None:
    shop(world)
    look(on(25, 15))
    channels = Delivery.objects.filter(message__notice="STEP_SOON").values_list("channel", flat=True)
    assert list(channels) == ["IN_APP"]


def test_killed_in_the_middle_and_run_again_nothing_is_raised_twice(world: World) -> None:
    shop(world, assigned=False)
    officers = len({view.officer_id for view in holders("SPECIALIST", world.agencies[FINANCE_OFFICE], AT)})
    with _no_second_message(), pytest.raises(DatabaseError):
        watch(by=SYSTEM, at=on(25, 15))
    assert Message.objects.count() == Reminder.objects.count() == 1
    look(on(25, 15, 5))
    assert Message.objects.count() == Reminder.objects.count() == officers > 1


@contextmanager
def _no_second_message() -> Iterator[None]:
    """The database refuses to write a second message, as if it went away at that moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
               IF EXISTS (SELECT FROM notify_message) THEN RAISE EXCEPTION 'gone'; END IF; RETURN NEW; END $$;
               CREATE TRIGGER one_message BEFORE INSERT ON notify_message
               FOR EACH ROW EXECUTE FUNCTION refuse_second()"""
        )
        yield
        cursor.execute("DROP TRIGGER one_message ON notify_message")


def test_a_case_that_is_late_goes_all_the_way_to_its_applicant(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    assert case.due_at
    late = on(30, 9)
    look(late)
    assert Reminder.objects.filter(case=case, kind="CASE_OVERDUE").exists()
    propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=late)
    approve(case.id, by=world.officer("chairman"), at=late)
    publish_result(case.id, by=world.officer("registrar"), at=late)
    confirm_payment(case.id, way="CASH", by=world.officer("clerk"), at=late)
    done = hand_out(case.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=late)
    assert done.state == State.HANDED_OUT
    assert done.finished_at
    assert done.finished_at > case.due_at


def test_only_what_is_due_is_looked_at_and_every_reminder_still_comes_in_its_hour(world: World) -> None:
    def rounds(*, everything: bool) -> list[tuple[object, ...]]:
        with transaction.atomic():
            shop(world)
            shop(world, assigned=False)
            carry(world, send_birth(world), to="EXAMINE")
            for hour in range(0, 7 * 24, 2):
                at = AT + timedelta(hours=hour)
                if everything:
                    Case.objects.filter(look_at__isnull=False).update(look_at=AT)
                watch(by=SYSTEM, at=at)
            raised = Reminder.objects.values_list("kind", "level", "due_at", "account_id", "raised_at")
            found: list[tuple[object, ...]] = sorted(raised, key=str)
            transaction.set_rollback(True)
        return found

    reminded = rounds(everything=False)
    assert len({kind for kind, *_ in reminded}) > 3
    assert reminded == rounds(everything=True)


def test_a_case_is_looked_at_again_when_its_instant_comes_or_it_moves(world: World) -> None:
    case = shop(world)
    look(AT)
    case.refresh_from_db()
    assert case.look_at == on(25, 14)  # twelve of sixteen hours
    propose(case.id, Outcome.GRANTED, by=world.officer("district_specialist"), at=on(25, 9))
    case.refresh_from_db()
    assert case.look_at == on(25, 9)
    item = Item("", "Tờ khai", "Thiếu chữ ký.")
    held = request_supplement(shop(world).id, [item], reason="x", by=world.officer("district_specialist"), at=on(25, 9))
    assert held.look_at is None
