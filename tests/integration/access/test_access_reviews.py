"""Every six months heads confirm who holds which role in their agency, or end what is not needed any more."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings as site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from camaug.access.actions.decide_line import DecidedBefore, OwnLine, decide_line
from camaug.access.actions.open_reviews import open_reviews
from camaug.access.actions.remind_of_reviews import remind_of_reviews
from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.models import AccessReview, Account, ReviewLine
from camaug.access.queries.reviews import heads_of, reviews
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.people.actions.change_roles import change_roles
from camaug.people.actions.keep_administrator import LastAdministrator
from camaug.people.models import Position
from tests.desks import desk_of
from tests.world import AT, COMMUNE, World

DAY = timedelta(days=1)
WHY = "Đã chuyển sang việc khác"


@pytest.fixture
def review(world: World) -> AccessReview:
    """That of the commune."""
    load_profile(site.PROFILE, at=AT, progress=lambda _done, _total: None)
    open_reviews(by=SYSTEM, at=AT)
    return AccessReview.objects.get(agency_id=world.agencies[COMMUNE])


def line_of(world: World, review: AccessReview, key: str) -> ReviewLine:
    officer = Account.objects.get(pk=world.officers[key]).officer_id
    return review.lines.filter(officer_id=officer).order_by("role")[0]


def test_every_agency_with_roles_gets_one_and_none_twice(world: World, review: AccessReview) -> None:
    count = AccessReview.objects.count()
    assert count == Position.objects.exclude(roles=[]).values("agency").distinct().count()
    held = Position.objects.filter(agency=review.agency_id)
    assert review.lines.count() == sum(len(one.roles) for one in held)
    assert open_reviews(by=SYSTEM, at=AT) == open_reviews(by=SYSTEM, at=AT + 200 * DAY) == 0
    AccessReview.objects.filter(pk=review.pk).update(finished_at=AT + 20 * DAY)
    assert open_reviews(by=SYSTEM, at=AT + 180 * DAY) == 0
    assert open_reviews(by=SYSTEM, at=AT + 184 * DAY) == 1


def test_the_head_confirms_and_ends_with_a_reason_and_the_role_is_gone_at_once(
    world: World, review: AccessReview
) -> None:
    head = world.officer("chairman")
    kept, ended = line_of(world, review, "clerk"), line_of(world, review, "specialist")
    decide_line(kept.id, keep=True, reason="", by=head, at=AT)
    with pytest.raises(WhyMissing):
        decide_line(ended.id, keep=False, reason=" ", by=head, at=AT)
    decide_line(ended.id, keep=False, reason=WHY, by=head, at=AT)
    assert ended.role not in Position.objects.get(pk=ended.position_id).roles
    assert kept.role in Position.objects.get(pk=kept.position_id).roles
    ended.refresh_from_db()
    assert (ended.decision, ended.reason, ended.by_name) == ("ENDED", WHY, head.name)
    with pytest.raises(DecidedBefore):
        decide_line(ended.id, keep=True, reason="", by=head, at=AT)
    told = EventRecord.objects.filter(name="access.RoleReviewed").values_list("facts__decision", flat=True)
    assert sorted(told) == ["CONFIRMED", "ENDED"]


def test_the_history_of_rights_names_the_head_who_ended_a_role(world: World, review: AccessReview) -> None:
    head, ended = world.officer("chairman"), line_of(world, review, "specialist")
    decide_line(ended.id, keep=False, reason=WHY, by=head, at=AT)
    changed = EventRecord.objects.filter(name="people.RolesChanged", subject_id=ended.officer_id).latest("id")
    assert (changed.actor_kind, changed.actor_name) == ("STAFF", head.name)


def test_of_two_who_decide_the_last_lines_at_once_one_waits_for_the_other(world: World, review: AccessReview) -> None:
    with CaptureQueriesContext(connection) as asked:
        decide_line(line_of(world, review, "clerk").id, keep=True, reason="", by=world.officer("chairman"), at=AT)
    locking = next(one["sql"] for one in asked if "FOR UPDATE" in one["sql"])
    assert locking.endswith('FOR UPDATE OF "access_reviewline", "access_accessreview"')


def test_nobody_reviews_his_own_roles_nor_those_of_another_agency(world: World, review: AccessReview) -> None:
    own = line_of(world, review, "chairman")
    with pytest.raises(OwnLine):
        decide_line(own.id, keep=True, reason="", by=world.officer("chairman"), at=AT)
    for key in ("clerk", "district_head"):
        if key in world.officers:
            with pytest.raises(NotAllowed):
                decide_line(own.id, keep=True, reason="", by=world.officer(key), at=AT)
    decide_line(own.id, keep=True, reason="", by=world.officer("administrator"), at=AT)


def test_what_was_lost_meanwhile_has_lapsed(world: World, review: AccessReview) -> None:
    line = line_of(world, review, "clerk")
    change_roles(line.position_id, roles=["SPECIALIST"], main=True, by=SYSTEM, at=AT)
    assert decide_line(line.id, keep=True, reason="", by=world.officer("chairman"), at=AT) == "LAPSED"


def test_the_last_administrator_stays_also_here(world: World, review: AccessReview) -> None:
    line = ReviewLine.objects.get(role="ADMINISTRATOR")
    with pytest.raises(LastAdministrator):
        decide_line(line.id, keep=False, reason=WHY, by=SYSTEM, at=AT)
    line.refresh_from_db()
    assert line.decision == ""


def test_with_the_last_line_it_is_finished_and_kept(world: World, review: AccessReview) -> None:
    for line in review.lines.all():
        decide_line(line.id, keep=True, reason="", by=SYSTEM, at=AT)
    review.refresh_from_db()
    assert review.finished_at == AT
    assert EventRecord.objects.filter(name="access.AccessReviewFinished", subject_id=review.pk).count() == 1


def test_heads_are_told_and_reminded_weekly_and_what_is_late_is_shown_first(world: World, review: AccessReview) -> None:
    assert world.officers["chairman"] in heads_of(review.agency_id, at=AT)
    assert remind_of_reviews(by=SYSTEM, at=AT + 22 * DAY) == 0
    assert remind_of_reviews(by=SYSTEM, at=AT + 23 * DAY) == AccessReview.objects.count()
    assert remind_of_reviews(by=SYSTEM, at=AT + 24 * DAY) == 0
    assert remind_of_reviews(by=SYSTEM, at=AT + 31 * DAY) == AccessReview.objects.count()
    tell = next(one for one in subscribers() if one.name == "notify.reviews")
    tell.react(list(EventRecord.objects.filter(name__in=tell.to, facts__agency_id=str(review.agency_id))))
    assert Message.objects.filter(account_id=world.officers["chairman"], notice="ACCESS_REVIEW").count() == 3
    assert all(one.late for one in reviews(at=AT + 31 * DAY).rows)
    assert not any(one.late for one in reviews(at=AT + 30 * DAY).rows)


def test_the_head_decides_on_the_page_and_takes_the_table_away(world: World, review: AccessReview) -> None:
    desk, page = desk_of(world, "chairman"), f"/desk/reviews/{review.pk}/"
    assert page in desk.get("/desk/reviews/").content.decode()
    assert "quản trị viên quyết định" in desk.get(page).content.decode()
    kept, ended = line_of(world, review, "clerk"), line_of(world, review, "specialist")
    typed = {f"line-{kept.id}": "keep", f"line-{ended.id}": "end"}
    refused = desk.post(page, typed)
    assert refused.status_code == 422
    assert f'aria-describedby="reason-{ended.id}-error"' in refused.content.decode()
    assert f'id="reason-{ended.id}-error"' in refused.content.decode()
    assert desk.post(page, typed | {f"reason-{ended.id}": WHY}).status_code == 302
    book = load_workbook(BytesIO(b"".join(desk.get(f"{page}xlsx/").streaming_content)))  # type: ignore[attr-defined]
    rows = [row for row in book.active.iter_rows(values_only=True) if WHY in row]  # type: ignore[union-attr]
    assert len(rows) == 1
    assert desk_of(world, "specialist").get(page).status_code == 404
    assert page in desk_of(world, "administrator").get("/desk/administration/reviews/").content.decode()
