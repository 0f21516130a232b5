"""A review asks about more than roles: roles for a time, stand-ins, programs, tokens, systems with our sign-in."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from camaug.access.actions.decide_line import OwnLine, decide_line
from camaug.access.actions.issue_token import issue_client_token, issue_token
from camaug.access.actions.open_machine_account import Machine, open_machine_account
from camaug.access.actions.open_reviews import open_reviews
from camaug.access.actions.revoke_token import revoke_token
from camaug.access.models import AccessReview, LineKind, ReviewLine
from camaug.access.queries import caller_by_secret
from camaug.access.queries.reviews import reviews
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.kernel.problems import NotSignedIn
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.entrust_role import entrust_role
from camaug.people.models import Absence, Position
from camaug.people.queries import positions_of
from camaug.signon.actions.register_system import register_system
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.models import System
from camaug.signon.queries import open_system
from tests.desks import desk_of
from tests.world import AT, COMMUNE, World

DAY = timedelta(days=1)
WEEK = AT + 7 * DAY
WHY = "Không còn cần"
LATER = AT + timedelta(hours=1)
CLERK_MAIL = "tanan_tranthiminh@camau.gov.vn"


def seat(world: World, key: str) -> Position:
    return Position.objects.get(pk=world.officer(key).posts[0].id)


def reviewed(world: World, kind: LineKind, *, agency: str = COMMUNE) -> ReviewLine:
    """The only line of that kind in the review of the agency, opened now."""
    open_reviews(by=SYSTEM, at=AT)
    return ReviewLine.objects.get(review__agency_id=world.agencies[agency], kind=kind)


def told(line: ReviewLine) -> EventRecord:
    return EventRecord.objects.get(name="access.AccessReviewed", facts__held=str(line.held_id))


def end(world: World, line: ReviewLine, *, by: str = "chairman") -> None:
    assert decide_line(line.id, keep=False, reason=WHY, by=world.officer(by), at=LATER) == "ENDED"
    fact = told(line)
    assert (fact.facts["kind"], fact.facts["decision"], fact.actor_name) == (line.kind, "ENDED", world.officer(by).name)


def test_a_role_entrusted_for_a_time_is_taken_back_at_once(world: World) -> None:
    chairman = world.officer("chairman")
    entrust_role(
        seat(world, "specialist").id,
        role="LEADER",
        delegated_from=seat(world, "chairman").id,
        from_at=AT,
        until_at=WEEK,
        document="12/QĐ-UBND",
        reason="Đi họp",
        by=chairman,
        at=AT,
    )
    line = reviewed(world, LineKind.ENTRUSTED)
    assert (line.officer_name, line.role, line.about, line.until_at) == ("Lê Anh Tuấn", "LEADER", "12/QĐ-UBND", WEEK)
    assert world.officer("specialist", at=AT).has_role("LEADER")
    end(world, line)
    assert not world.officer("specialist", at=LATER).has_role("LEADER")


def test_a_stand_in_stands_in_no_more_and_the_holder_stays_away(world: World) -> None:
    absent = seat(world, "specialist")
    clerk = seat(world, "clerk").officer_id
    declare_absence(absent.id, stand_in_id=clerk, from_at=AT, until_at=WEEK, by=world.officer("chairman"), at=AT)
    line = reviewed(world, LineKind.STAND_IN)
    assert (line.officer_name, line.title, line.about) == ("Trần Thị Minh", absent.title, "Lê Anh Tuấn")
    assert any(one.instead_of for one in positions_of(clerk, LATER))
    end(world, line)
    assert not any(one.instead_of for one in positions_of(clerk, LATER))
    rows = list(Absence.objects.filter(position=absent).order_by("from_at").values_list("stand_in", "until_at"))
    assert rows == [(clerk, LATER), (None, WEEK)]


def test_a_stand_in_who_has_not_begun_never_does(world: World) -> None:
    absent, clerk = seat(world, "specialist"), seat(world, "clerk").officer_id
    chairman = world.officer("chairman")
    declare_absence(absent.id, stand_in_id=clerk, from_at=AT + DAY, until_at=WEEK, by=chairman, at=AT)
    end(world, reviewed(world, LineKind.STAND_IN))
    assert list(Absence.objects.filter(position=absent).values_list("stand_in", "from_at")) == [(None, AT + DAY)]


def test_a_programs_account_closes_and_its_token_opens_nothing(world: World) -> None:
    machine = Machine(kind="SERVICE", name="Chép lưu", purpose="Đối soát hằng đêm", owner=CLERK_MAIL, days=30)
    secret = open_machine_account(machine, by=SYSTEM, at=AT).secret
    line = reviewed(world, LineKind.PROGRAM)
    assert (line.officer_name, line.title, line.about) == ("Trần Thị Minh", "Chép lưu", "Đối soát hằng đêm")
    assert caller_by_secret(secret, at=LATER, origin="")
    end(world, line)
    with pytest.raises(NotSignedIn):
        caller_by_secret(secret, at=LATER, origin="")
    assert not ReviewLine.objects.filter(kind=LineKind.TOKEN).exists(), "a program's token ends with its account"


def test_an_officers_token_is_revoked(world: World) -> None:
    clerk = world.officer("clerk")
    made = issue_token("Bảng tính", scopes=["read"], days=30, level="LoA2", by=clerk, at=AT)
    line = reviewed(world, LineKind.TOKEN)
    assert (line.officer_name, line.title, line.about) == ("Trần Thị Minh", "Bảng tính", made.token.prefix)
    end(world, line)
    made.token.refresh_from_db()
    assert made.token.revoked_at == LATER


def test_a_token_of_another_authority_is_reviewed_where_the_administrators_sit(world: World) -> None:
    made = issue_client_token("Cổng của Sở", days=30, per_minute=60, by=SYSTEM, at=AT)
    open_reviews(by=SYSTEM, at=AT)
    line = ReviewLine.objects.select_related("review").get(kind=LineKind.TOKEN)
    assert (line.officer_id, line.held_id) == (None, made.token.id)
    assert line.review.agency_id == world.officer("administrator").posts[0].unit_id
    end(world, line, by="administrator")
    made.token.refresh_from_db()
    assert made.token.revoked_at == LATER


def test_a_system_lets_nobody_in_any_more(world: World) -> None:
    system = registered(world)
    line = reviewed(world, LineKind.SYSTEM)
    assert (line.officer_id, line.title, line.about) == (None, "Họp không giấy", "hop@camau.gov.vn")
    assert open_system(system.client_id)
    end(world, line)
    assert open_system(system.client_id) is None


def registered(world: World) -> System:
    facts = SystemFacts(
        name="Họp không giấy",
        owner_id=world.agencies[COMMUNE],
        contact="hop@camau.gov.vn",
        audience="STAFF",
        authentication="client_secret_basic",
        scopes=("openid",),
        redirect_uris=("https://hop.example/cb",),
    )
    return register_system(facts, by=SYSTEM, at=AT).system


def test_what_is_kept_goes_on_and_what_had_ended_has_lapsed(world: World) -> None:
    clerk, head = world.officer("clerk"), world.officer("chairman")
    kept = issue_token("Bảng tính", scopes=["read"], days=30, level="LoA2", by=clerk, at=AT).token
    gone = issue_token("Bản nháp", scopes=["read"], days=30, level="LoA2", by=clerk, at=AT).token
    open_reviews(by=SYSTEM, at=AT)
    revoke_token(gone.id, by=clerk, at=AT)
    lines = {line.held_id: line for line in ReviewLine.objects.filter(kind=LineKind.TOKEN)}
    assert decide_line(lines[kept.id].id, keep=True, reason="", by=head, at=LATER) == "CONFIRMED"
    assert decide_line(lines[gone.id].id, keep=False, reason=WHY, by=head, at=LATER) == "LAPSED"
    kept.refresh_from_db()
    assert kept.revoked_at is None


def test_nobody_reviews_his_own_token(world: World) -> None:
    head = world.officer("chairman")
    issue_token("Bảng tính", scopes=["read"], days=30, level="LoA2", by=head, at=AT)
    line = reviewed(world, LineKind.TOKEN)
    with pytest.raises(OwnLine):
        decide_line(line.id, keep=True, reason="", by=head, at=LATER)


def test_the_page_and_the_file_say_what_each_line_is(world: World) -> None:
    registered(world)
    issue_token("Bảng tính", scopes=["read"], days=30, level="LoA2", by=world.officer("clerk"), at=AT)
    line = reviewed(world, LineKind.SYSTEM)
    desk, page = desk_of(world, "chairman"), f"/desk/reviews/{line.review_id}/"
    shown = desk.get(page).content.decode()
    assert "Hệ thống đăng nhập một lần: Họp không giấy" in shown
    assert "Mã truy cập: Bảng tính" in shown
    assert desk.post(page, {f"line-{line.id}": "end", f"reason-{line.id}": WHY}).status_code == 302
    book = load_workbook(BytesIO(b"".join(desk.get(f"{page}xlsx/").streaming_content)))  # type: ignore[attr-defined]
    rows = [row for row in book.active.iter_rows(values_only=True) if WHY in row]  # type: ignore[union-attr]
    assert [row[2] for row in rows] == ["Hệ thống đăng nhập một lần: Họp không giấy"]


def test_the_administrators_list_is_paged_and_found_by_agency(world: World) -> None:
    open_reviews(by=SYSTEM, at=AT)
    due = AccessReview.objects.get(agency_id=world.agencies[COMMUNE])
    finished = [
        AccessReview(
            agency_id=world.agencies[COMMUNE],
            opened_at=AT - 300 * DAY,
            due_date=(AT - 270 * DAY).date(),
            finished_at=AT - (280 - number) * DAY,
        )
        for number in range(53)
    ]
    AccessReview.objects.bulk_create(finished)
    desk, home = desk_of(world, "administrator"), "/desk/administration/reviews/"
    first = desk.get(home, {"state": "finished"})
    latest = [row.id for row in first.context["rows"]]
    assert latest == [one.id for one in finished[:2:-1]]
    second = desk.get(home + first.context["older"])
    assert [row.id for row in second.context["rows"]] == [one.id for one in finished[2::-1]]
    assert [row.id for row in desk.get(home + second.context["newer"]).context["rows"]] == latest
    found = desk.get(home, {"q": "tan an"}).context["rows"]
    assert due.id in {row.id for row in found}
    assert all("Tân Ân" in row.agency for row in found)
    assert not desk.get(home, {"q": "không có cơ quan này"}).context["rows"]
    assert due.id not in {row.id for row in desk.get(home, {"state": "late"}).context["rows"]}


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    world: World,
) -> None:
    open_reviews(by=SYSTEM, at=AT)
    with CaptureQueriesContext(connection) as few:
        assert len(reviews(at=AT, agencies=[world.agencies[COMMUNE]]).rows) == 1
    with CaptureQueriesContext(connection) as many:
        assert len(reviews(at=AT).rows) > 5
    assert len(few) == len(many)
