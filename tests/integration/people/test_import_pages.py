"""The pages of imports: sent, checked, confirmed, done; whatever is repeated does nothing twice."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.kernel.tables.reading import read_table
from camaug.people.actions.appoint import appoint
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.end_position import end_position
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.models import Import, Officer
from camaug.people.queries import officer_by_email, positions_of
from camaug.people.queries.imports import imports_to_do
from tests.desks import desk_of
from tests.world import AT, World

PAGE = "/desk/administration/imports/"
HEAD = "Thư điện tử công vụ;Họ và tên;Điện thoại\n"
GOOD = HEAD + "moi1@camau.gov.vn;Trần Văn Mới;918000001\nmoi2@camau.gov.vn;Lê Thị Mới;\n"
BAD = HEAD + "moi1@camau.gov.vn;Trần Văn Mới;hỏi sau\n"


@pytest.fixture
def desk(world: World) -> Client:
    return desk_of(world, "administrator")


def send(desk: Client, text: str, kind: str = "OFFICERS", name: str = "cán bộ.csv") -> HttpResponse:
    return desk.post(PAGE, {"kind": kind, "table": SimpleUploadedFile(name, text.encode())})


def sent(desk: Client, text: str) -> Import:
    send(desk, text)
    run = Import.objects.latest("id")
    assert carry(run)
    return run


def carry(run: Import) -> bool:
    done = carry_import(run.id, progress=lambda _done, _total: None, at=AT)
    run.refresh_from_db()
    return done


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'people.carry_import'")
        return int(cursor.fetchone()[0])


def events(run_id: UUID) -> list[tuple[str, str]]:
    rows = EventRecord.objects.filter(subject_id=run_id).order_by("id")
    return [(row.name.split(".")[1], row.actor_name) for row in rows]


def test_a_table_is_kept_checked_confirmed_and_imported_once(desk: Client) -> None:
    answer = send(desk, GOOD)
    run = Import.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}{run.id}/")
    assert (run.state, jobs(), imports_to_do()) == ("WAITING", 1, (run.id,))
    shown = desk.get(f"{PAGE}{run.id}/").content.decode()
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert carry(run)
    assert not carry(run)
    assert (run.state, run.new, run.changed, run.unchanged) == ("CHECKED", 2, 0, 0)
    assert not Officer.objects.filter(official_email__startswith="moi").exists()
    for _again in range(2):
        assert desk.post(f"{PAGE}{run.id}/confirmation/").status_code == 302
    assert (Import.objects.get().state, jobs()) == ("CONFIRMED", 2)
    assert carry(run)
    assert not carry(run)
    assert run.state == "IMPORTED"
    assert officer_by_email("moi1@camau.gov.vn").phone == "+84918000001"
    who = "Nguyễn Hữu Phước"
    assert events(run.id) == [
        ("TableSent", who),
        ("TableChecked", "CaMau-G"),
        ("ImportConfirmed", who),
        ("TableImported", who),
    ]
    engaged = EventRecord.objects.filter(name="people.OfficerEngaged").latest("id")
    assert engaged.actor_name == who


def test_a_wrong_table_is_refused_line_by_line_and_cannot_be_confirmed(desk: Client) -> None:
    run = sent(desk, BAD)
    assert (run.state, run.wrong, imports_to_do()) == ("REFUSED", 1, ())
    shown = desk.get(f"{PAGE}{run.id}/").content.decode()
    for words in ("<b>2</b>", "Điện thoại", "hỏi sau", "không phải số điện thoại"):
        assert words in shown
    desk.post(f"{PAGE}{run.id}/confirmation/")
    assert Import.objects.get().state == "REFUSED"
    assert not carry(run)


def test_what_became_wrong_since_the_check_is_told_again_and_not_written(desk: Client) -> None:
    send(desk, "Thư điện tử công vụ;Mã định danh cơ quan;Chức danh\nmoi1@camau.gov.vn;H12.39;Kế toán\n", "POSITIONS")
    assert carry(Import.objects.get())
    assert Import.objects.get().state == "REFUSED"
    officers = sent(desk, GOOD)
    desk.post(f"{PAGE}{officers.id}/confirmation/")
    carry(officers)
    positions = sent_positions(desk)
    Officer.objects.filter(official_email="moi2@camau.gov.vn").update(official_email="khac@camau.gov.vn")
    desk.post(f"{PAGE}{positions.id}/confirmation/")
    assert carry(positions)
    assert (positions.state, positions.wrong) == ("REFUSED", 1)
    assert positions_of(officer_by_email("moi1@camau.gov.vn").id, AT) == ()


def sent_positions(desk: Client) -> Import:
    head = "Thư điện tử công vụ;Mã định danh cơ quan;Chức danh;Từ ngày\n"
    lines = "".join(f"moi{n}@camau.gov.vn;H12.39;Kế toán;23/11/2026\n" for n in (1, 2))
    send(desk, head + lines, "POSITIONS")
    run = Import.objects.latest("id")
    assert carry(run)
    assert run.state == "CHECKED"
    return run


def test_who_is_no_administrator_any_more_imports_nothing(world: World, desk: Client) -> None:
    run = sent(desk, GOOD)
    desk.post(f"{PAGE}{run.id}/confirmation/")
    position = world.officer("administrator").posts[0]
    other = engage_officer("Lâm Quốc Bảo", official_email="stttt_lamquocbao@camau.gov.vn", by=SYSTEM, at=AT)
    appoint(
        other.id,
        agency_id=position.unit_id,
        title="Quản trị hệ thống",
        roles=["ADMINISTRATOR"],
        from_date=AT.date(),
        by=world.officer("administrator"),
        at=AT,
    )
    end_position(position.id, until_date=AT.date(), by=world.officer("administrator"), at=AT)
    assert carry(run)
    assert (run.state, run.problems[0][0]) == ("REFUSED", 0)
    assert not Officer.objects.filter(official_email__startswith="moi").exists()


@pytest.mark.parametrize(
    ("kind", "text", "name", "sentence"),
    [
        ("", GOOD, "a.csv", "Chọn loại dữ liệu trong bảng"),
        ("PEOPLE", GOOD, "a.csv", "Chọn loại dữ liệu trong bảng"),
        ("OFFICERS", "", "a.csv", "không có nội dung"),
        ("OFFICERS", "PK\x03\x04", "a.xlsx", "bị hỏng"),
    ],
)
def test_what_is_no_table_is_refused_on_the_form(desk: Client, kind: str, text: str, name: str, sentence: str) -> None:
    answer = send(desk, text, kind, name)
    assert answer.status_code == 422
    assert 'class="govuk-error-summary"' in answer.content.decode()
    assert not Import.objects.exists()


def test_no_file_is_asked_for_again(desk: Client) -> None:
    answer = desk.post(PAGE, {"kind": "OFFICERS"})
    assert (answer.status_code, "Chọn tệp cần nhập" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("kind", ["agencies", "officers", "positions"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_tables_are_taken_away(desk: Client, kind: str, ending: str) -> None:
    answer = desk.get(f"/desk/administration/exports/{kind}/{ending}/")
    assert answer.streaming
    content = b"".join(answer)  # type: ignore[arg-type]
    assert len(read_table(content, f"a.{ending}")) > 5
    empty = desk.get(f"{PAGE}templates/{kind}/{ending}/")
    content = b"".join(empty) if empty.streaming else empty.content
    assert len(read_table(content, f"a.{ending}")) == 1
    assert desk.get(f"{PAGE}templates/{kind}/pdf/").status_code == 404
    assert desk.get(f"/desk/administration/exports/people/{ending}/").status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(desk: Client) -> None:
    sent(desk, GOOD)
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    for _more in range(5):
        sent(desk, BAD)
    with CaptureQueriesContext(connection) as many:
        desk.get(PAGE)
    assert len(many) == len(few) <= 16
