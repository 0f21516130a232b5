from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from camaug.cases.actions.apologise import (
    AlreadyExtended,
    NotADayOfWork,
    NothingPromised,
    NotLater,
    TooFar,
    TooLate,
    apologise,
)
from camaug.cases.actions.approve import approve
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.actions.resume import resume
from camaug.cases.actions.suspend import suspend
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import CaseMovedOn, ReasonMissing
from camaug.cases.queries import case_page, inbox
from camaug.cases.slips.register import register_rows
from camaug.cases.web.desk.apology import suggested
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed
from camaug.kernel.lifecycle import WrongState
from camaug.notify.loading import load_profile
from tests.applications import send_birth, shop_intake
from tests.desks import desk_of, move, page_of
from tests.integration.cases.test_applicants_are_told import latest
from tests.world import AT, DISTRICT, World

OLD, NEW = datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL), datetime(2026, 12, 1, 17, 0, tzinfo=LOCAL)
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=LOCAL)
WHY = "Hệ thống đăng ký kinh doanh quốc gia gián đoạn."


@pytest.fixture
def shop(world: World) -> Case:
    return register(shop_intake(world), by=world.officer("district_clerk"), at=AT)


@pytest.fixture
def excused(world: World, shop: Case) -> Case:
    return apologise(shop.id, new_date=NEW.date(), reason=WHY, by=world.officer("district_head"), at=THURSDAY)


def test_the_new_date_takes_the_place_of_the_old_one_and_the_step_keeps_its_own(shop: Case, excused: Case) -> None:
    assert (excused.due_at, excused.urgent_at, excused.original_due_at) == (NEW, NEW, OLD)
    assert (excused.state, excused.step_due_at) == (shop.state, shop.step_due_at)
    given = excused.extension
    assert (given.due_before, given.due_at, given.given_at, given.reason) == (OLD, NEW, THURSDAY, WHY)


def test_the_letter_is_signed_by_the_head_of_the_agency_that_decides(excused: Case) -> None:
    facts = excused.slips.get(form=4).facts
    assert (facts["officer"], facts["reason"]) == ("Võ Thị Hồng Nhung", WHY)
    assert facts["number"] == f"{(excused.code or '')[-11:]}/PXL"
    assert datetime.fromisoformat(facts["promised_at"]) == OLD
    assert datetime.fromisoformat(facts["new_due_at"]) == NEW


@pytest.mark.parametrize("who", ["district_clerk", "district_specialist", "district_registrar"])
def test_only_a_head_signs(world: World, shop: Case, who: str) -> None:
    with pytest.raises(NotAllowed):
        apologise(shop.id, new_date=NEW.date(), reason=WHY, by=world.officer(who), at=THURSDAY)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2026, 11, 28), NotADayOfWork),  # a Saturday
        (date(2026, 11, 24), NotADayOfWork),  # a holiday of the province
        (date(2026, 11, 27), NotLater),
        (date(2026, 11, 26), NotLater),
        (date(2062, 12, 1), TooFar),
    ],
)
def test_the_new_date_is_a_working_day_later_than_the_old_one(
    world: World, shop: Case, day: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        apologise(shop.id, new_date=day, reason=WHY, by=world.officer("district_head"), at=THURSDAY)


def test_not_twice(world: World, excused: Case) -> None:
    with pytest.raises(AlreadyExtended):
        apologise(excused.id, new_date=date(2026, 12, 3), reason=WHY, by=world.officer("district_head"), at=THURSDAY)


def test_up_to_the_last_minute_and_not_after(world: World, shop: Case) -> None:
    head = world.officer("district_head")
    with pytest.raises(TooLate) as no:
        apologise(shop.id, new_date=NEW.date(), reason=WHY, by=head, at=OLD + timedelta(minutes=1))
    assert "không cản trở" in str(no.value)
    assert apologise(shop.id, new_date=NEW.date(), reason=WHY, by=head, at=OLD).due_at == NEW


def test_a_reason_is_said(world: World, shop: Case) -> None:
    with pytest.raises(ReasonMissing):
        apologise(shop.id, new_date=NEW.date(), reason=" ", by=world.officer("district_head"), at=THURSDAY)


def test_before_reception_nothing_was_promised(world: World) -> None:
    with pytest.raises(WrongState):
        apologise(send_birth(world).id, new_date=NEW.date(), reason=WHY, by=world.officer("chairman"), at=AT)


def test_where_no_limit_is_known_nothing_was_promised(world: World, shop: Case) -> None:
    Case.objects.filter(pk=shop.id).update(due_at=None)
    with pytest.raises(NothingPromised):
        apologise(shop.id, new_date=NEW.date(), reason=WHY, by=world.officer("district_head"), at=THURSDAY)


def test_who_was_quicker_wins_and_a_click_twice_writes_one_letter(world: World, shop: Case) -> None:
    head, seen = world.officer("district_head"), shop.revision
    for _click in range(2):
        apologise(shop.id, new_date=NEW.date(), reason=WHY, by=head, at=THURSDAY, seen=seen)
    assert shop.slips.filter(form=4).count() == 1
    with pytest.raises(CaseMovedOn):
        propose(shop.id, Outcome.GRANTED, by=world.officer("district_specialist"), at=THURSDAY, seen=seen)


def test_a_pause_after_it_moves_the_new_date(world: World, excused: Case) -> None:
    specialist = world.officer("district_specialist")
    said = {"ground": "APPRAISAL", "document": "1/CV", "reason": "Xác minh"}
    assert suspend(excused.id, **said, by=specialist, at=datetime(2026, 11, 30, 9, 0, tzinfo=LOCAL)).due_at is None
    case = resume(excused.id, by=specialist, at=datetime(2026, 12, 1, 9, 0, tzinfo=LOCAL))
    assert case.due_at == datetime(2026, 12, 2, 17, 0, tzinfo=LOCAL)


def test_what_is_late_all_the_same_is_finished_all_the_same(world: World, excused: Case) -> None:
    late = NEW + timedelta(days=2)
    head = world.officer("district_head")
    assert excused.code in {row.code for row in inbox(world.officer("district_specialist"), "overdue", at=late).rows}
    propose(excused.id, Outcome.GRANTED, by=world.officer("district_specialist"), at=late)
    approve(excused.id, by=head, at=late)
    publish_result(excused.id, by=world.officer("district_registrar"), at=late)
    case = hand_out(excused.id, Receiver("Lê Văn Được"), by=world.officer("district_clerk"), at=late)
    assert (case.state, case.due_at) == (State.HANDED_OUT, NEW)


def test_the_applicant_reads_the_apology_and_both_dates(world: World, excused: Case) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    told = latest(excused)
    assert told.notice == "LATENESS_APOLOGISED"
    for words in ("xin lỗi", "17:00 ngày 27/11/2026", "17:00 ngày 01/12/2026", WHY):
        assert words in told.body
    assert "17:00 ngay 01/12/2026" in told.sms


def test_the_register_says_to_when_it_was_extended(world: World, excused: Case) -> None:
    rows = register_rows(world.agencies[DISTRICT], AT.date(), NEW.date())
    assert {row.code: row.note for row in rows}[excused.code or ""] == "Xin lỗi, gia hạn đến 17:00 01/12/2026"


def test_the_page_suggests_a_day_and_takes_it_as_people_type_it(
    world: World, shop: Case, clock: Callable[[datetime], None]
) -> None:
    clock(THURSDAY)
    head = desk_of(world, "district_head")
    page = case_page(shop.code or "", world.officer("district_head"), at=THURSDAY)
    assert suggested(page, THURSDAY) == date(2026, 11, 30)
    refused = move(head, shop, "apology/", new_date="28/11/2026", reason=WHY)
    assert refused.status_code == 422
    assert "28/11/2026" in refused.content.decode()
    assert move(head, shop, "apology/", new_date="sớm", reason=WHY).status_code == 422
    assert move(head, shop, "apology/", new_date="1/12/2026", reason=WHY).status_code == 302
    assert "apology/" not in head.get(page_of(shop)).content.decode()
    assert "apology/" not in desk_of(world, "district_specialist").get(page_of(shop)).content.decode()


def test_the_suggestion_leaves_the_steps_their_hours(world: World, shop: Case) -> None:
    page = case_page(shop.code or "", world.officer("district_head"), at=OLD)
    day = suggested(page, OLD)
    assert day
    assert day > date(2026, 11, 30)
