"""Agencies, officers and positions from tables: new, changed, unchanged; all lines or none; the same as by hand."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.tables.reading import read_table
from camaug.kernel.tables.writing import Page, csv_parts, xlsx_file
from camaug.people.actions.import_table import check_table, import_table
from camaug.people.actions.register_person import register_person
from camaug.people.loading import export_file, import_file
from camaug.people.models import Officer, Position, SheetKind
from camaug.people.queries import directory, officer_by_email, positions_of
from camaug.people.queries.exports import table_head, table_rows
from camaug.people.sheets.lines import Outcome, sheet_of
from tests.integration.people.conftest import NOW, Tree

TODAY = date(2026, 11, 23)
AGENCIES = ["code", "name", "kind", "level", "parent", "phone", "from_date"]
OFFICERS = ["official_email", "full_name", "phone"]
POSITIONS = ["official_email", "agency", "title", "roles", "main", "from_date", "until_date"]
COMMITTEE = "Ủy ban nhân dân"


def take(kind: SheetKind, head: list[str], *rows: list[str], dry: bool = False, by: Actor = SYSTEM) -> Outcome:
    sheet = sheet_of(kind, read_table(b"".join(csv_parts(head, rows)), "a.csv"))
    return (check_table if dry else import_table)(sheet, progress=lambda _done, _total: None, by=by, at=NOW)


def agencies(*rows: list[str], **more: Any) -> Outcome:
    return take(SheetKind.AGENCIES, AGENCIES, *rows, **more)


def officers(*rows: list[str], **more: Any) -> Outcome:
    return take(SheetKind.OFFICERS, OFFICERS, *rows, **more)


def positions(*rows: list[str], **more: Any) -> Outcome:
    return take(SheetKind.POSITIONS, POSITIONS, *rows, **more)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.new, outcome.changed, outcome.unchanged


def wrong(outcome: Outcome) -> list[tuple[int, str]]:
    assert all(problem.sentence and "{" not in problem.sentence for problem in outcome.problems)
    return sorted((problem.line, problem.column) for problem in outcome.problems)


def events(*names: str) -> Iterator[str]:
    return (row.name.split(".")[1] for row in EventRecord.objects.filter(name__in=[f"people.{n}" for n in names]))


def test_agencies_are_founded_in_any_order_and_the_second_time_nothing_changes(tree: Tree) -> None:
    unit = ["H12.40.1", "Trạm y tế", COMMITTEE, "COMMUNE", "H12.40", "02903831234", "01/12/2026"]
    above = ["h12. 40", "Ủy ban nhân dân huyện Phú Tân", "PEOPLES_COMMITTEE", "district", "H12", "", "01/12/2026"]
    assert counts(agencies(unit, above)) == (2, 0, 0)
    found = directory(date(2026, 12, 1))
    assert found.get(found.by_code("H12.40.1").parent_id or tree.province).name == "Ủy ban nhân dân huyện Phú Tân"
    assert found.by_code("H12.40.1").phone == "+842903831234"
    with pytest.raises(NotFound):
        directory(TODAY).by_code("H12.40")
    assert counts(agencies(unit, above)) == (0, 0, 2)
    assert list(events("AgencyRenamed", "AgencyMoved", "AgencyChanged")) == []


def test_an_agency_differs_from_the_lines_day_on_and_what_is_not_said_stays(tree: Tree) -> None:
    line = ["H12.39.1", "Ủy ban nhân dân xã Tân Ân Mới", "", "", "H12.38", "0290 3831 234", "01/01/2027"]
    assert counts(agencies(line)) == (0, 1, 0)
    before, after = directory(TODAY).get(tree.commune), directory(date(2027, 1, 1)).get(tree.commune)
    assert (before.name, before.parent_id, before.phone) == ("Ủy ban nhân dân xã Tân Ân", tree.district, "")
    assert (after.name, after.parent_id, after.kind) == (line[1], tree.other_district, "PEOPLES_COMMITTEE")
    told = EventRecord.objects.filter(subject_id=tree.commune).order_by("id")[1:]
    assert [row.name for row in told] == ["people.AgencyRenamed", "people.AgencyMoved", "people.AgencyChanged"]
    assert told[0].facts["earlier"] == "Ủy ban nhân dân xã Tân Ân"
    assert told[2].facts["changes"] == {"phone": ["", "+842903831234"]}


def test_every_wrong_line_of_agencies_is_told_and_none_is_taken(tree: Tree) -> None:
    before = len(directory(TODAY))
    found = agencies(
        ["H12.41", "Ủy ban nhân dân huyện Cái Nước", COMMITTEE, "DISTRICT", "H12", "", ""],
        ["H12.42", "", "Hội đồng", "DISTRICT", "H12", "", ""],
        ["H12..43", "Sai mã", COMMITTEE, "DISTRICT", "H99", "", ""],
        ["H12.41", "Hai lần", COMMITTEE, "DISTRICT", "H12", "", ""],
        ["H12.39", "", "", "", "H12.39.1", "", ""],
        ["H12.38", "Trước khi có", "", "", "", "", "01/01/2019"],
        ["H12.44", "Chưa có cấp trên", COMMITTEE, "COMMUNE", "H12.41", "", "01/01/2020"],
    )
    assert wrong(found) == [
        (3, "Loại cơ quan"),
        (3, "Tên cơ quan"),
        (4, "Mã cơ quan cấp trên"),
        (4, "Mã định danh"),
        (5, "Mã định danh"),
        (6, "Mã cơ quan cấp trên"),
        (7, "Từ ngày"),
        (8, "Mã cơ quan cấp trên"),
    ]
    assert len(directory(TODAY)) == before


def test_officers_are_entered_corrected_and_never_deleted(hold: Callable[..., Position]) -> None:
    hold("Trần Thị Minh", "minh@camau.gov.vn")
    hold("Lê Anh Tuấn", "tuan@camau.gov.vn")
    rows = [["minh@camau.gov.vn", "Trần Thị Ánh Minh", "918000123"], ["moi@camau.gov.vn", "Huỳnh Mỹ Duyên", ""]]
    assert counts(officers(*rows, dry=True)) == (1, 1, 0)
    assert Officer.objects.count() == 2
    assert counts(officers(*rows)) == (1, 1, 0)
    assert counts(officers(*rows)) == (0, 0, 2)
    corrected = officer_by_email("minh@camau.gov.vn")
    assert (corrected.full_name, corrected.phone) == ("Trần Thị Ánh Minh", "+84918000123")
    told = EventRecord.objects.get(name="people.OfficerCorrected")
    assert told.facts["changes"]["full_name"] == ["Trần Thị Minh", "Trần Thị Ánh Minh"]
    assert officer_by_email("tuan@camau.gov.vn").full_name == "Lê Anh Tuấn"


def test_one_wrong_line_keeps_all_officers_out(tree: Tree) -> None:
    found = officers(
        ["a@camau.gov.vn", "Trần Thị Minh", ""], ["b@camau.gov.vn", "R2D2", ""], ["a@camau.gov.vn", "X", ""]
    )
    assert wrong(found) == [(3, "Họ và tên"), (4, "Thư điện tử công vụ")]
    assert not Officer.objects.exists()
    assert not EventRecord.objects.filter(name="people.TableImported").exists()


def test_positions_are_given_changed_and_ended(tree: Tree, hold: Callable[..., Position]) -> None:
    held = hold("Trần Thị Minh", "minh@camau.gov.vn")
    rows = [
        ["minh@camau.gov.vn", "H12.39.1", "Chuyên viên", "LEADER, SPECIALIST", "không", "", ""],
        ["minh@camau.gov.vn", "H12.39", "Phó Chủ tịch", "LEADER", "", "23/11/2026", "01/01/2030"],
    ]
    assert counts(positions(*rows)) == (1, 1, 0)
    assert counts(positions(*rows)) == (0, 0, 2)
    now = {position.title: position for position in positions_of(held.officer_id, NOW)}
    assert now["Chuyên viên"].roles == {"LEADER", "SPECIALIST"}
    assert now["Phó Chủ tịch"].agency_id == tree.district
    ended = [["minh@camau.gov.vn", "H12.39.1", "Chuyên viên", "-", "", "", "23/11/2026"]]
    assert counts(positions(*ended)) == (0, 1, 0)
    assert [position.title for position in positions_of(held.officer_id, NOW)] == ["Phó Chủ tịch"]
    told = EventRecord.objects.filter(subject_id=held.officer_id).order_by("id").values_list("name", flat=True)
    assert [name.split(".")[1] for name in told] == [
        "OfficerEngaged",
        "OfficerAppointed",
        "RolesChanged",
        "OfficerAppointed",
        "PositionEnded",
        "RolesChanged",
        "PositionEnded",
    ]


def test_every_wrong_line_of_positions_is_told(tree: Tree, hold: Callable[..., Position]) -> None:
    hold("Trần Thị Minh", "minh@camau.gov.vn")
    mail = "minh@camau.gov.vn"
    found = positions(
        ["khong-co@camau.gov.vn", "H99", "Chuyên viên", "", "", "", ""],
        [mail, "H12.39", "Chuyên viên", "KING", "", "", ""],
        [mail, "H12.39", "Chuyên viên", "", "", "01/01/2019", ""],
        [mail, "H12.39", "Kế toán", "", "", "", "01/01/2020"],
        [mail, "H12.39.1", "Chuyên viên", "", "", "", "01/01/2019"],
        [mail, "H12.39.1", "Chuyên viên", "LEADER", "", "", ""],
    )
    assert wrong(found) == [
        (2, "Mã định danh cơ quan"),
        (2, "Thư điện tử công vụ"),
        (3, "Vai trò"),
        (4, "Mã định danh cơ quan"),
        (5, "Thôi giữ từ ngày"),
        (6, "Thôi giữ từ ngày"),
        (7, ""),
    ]
    assert Position.objects.count() == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", list(SheetKind))
def test_what_is_exported_is_imported_again_without_a_change(
    hold: Callable[..., Position], tmp_path: Path, kind: SheetKind, ending: str
) -> None:
    hold("Trần Thị Minh", "minh@camau.gov.vn", ("LEADER", "SPECIALIST"))
    file = tmp_path / f"bang.{ending}"
    lines = export_file(kind, file, at=NOW)
    found = import_file(kind, file, dry_run=False, at=NOW)
    assert (found["new"], found["changed"], found["unchanged"], found["problems"]) == (0, 0, lines, [])
    assert lines > 0


def test_a_name_that_a_program_would_run_leaves_harmless(tree: Tree, tmp_path: Path) -> None:
    agencies(["H12.39.1", "=cmd|' /C calc'!A0", "", "", "", "", ""])
    export_file(SheetKind.AGENCIES, tmp_path / "a.csv", at=NOW)
    assert ";=cmd" not in (tmp_path / "a.csv").read_text()
    assert directory(TODAY).get(tree.commune).name == "=cmd|' /C calc'!A0"


def test_a_workbook_with_excels_own_numbers_and_days_is_taken(tree: Tree) -> None:
    with xlsx_file(Page("Cán bộ", OFFICERS, [["a@camau.gov.vn", "Trần Thị Minh", "0918000123"]], [9, 9, 9])) as file:
        sheet = sheet_of(SheetKind.OFFICERS, read_table(BytesIO(file.read()).getvalue(), "a.xlsx"))
    import_table(sheet, progress=lambda _done, _total: None, by=SYSTEM, at=NOW)
    assert officer_by_email("a@camau.gov.vn").phone == "+84918000123"


def test_only_an_administrator_may(stranger: Actor, tree: Tree) -> None:
    with pytest.raises(NotAllowed):
        officers(["a@camau.gov.vn", "Trần Thị Minh", ""], by=stranger)
    with pytest.raises(NotAllowed):
        officers(["a@camau.gov.vn", "Trần Thị Minh", ""], by=stranger, dry=True)


def test_a_number_in_the_table_says_who_the_officer_is(hold: Callable[..., Position]) -> None:
    hold("Trần Thị Minh", "minh@camau.gov.vn")
    hold("Lê Anh Tuấn", "tuan@camau.gov.vn")
    known = register_person("Lê Anh Tuấn", personal_number="096090000777", by=SYSTEM, at=NOW)
    rows = [["minh@camau.gov.vn", "", "", "096190000555"], ["tuan@camau.gov.vn", "", "", "096090000777"]]
    rows += [["moi@camau.gov.vn", "Huỳnh Mỹ Duyên", "", "096190000556"], ["khac@camau.gov.vn", "Đỗ Quốc Bảo", "", ""]]
    assert counts(numbered(*rows, dry=True)) == (2, 2, 0)
    assert not Officer.objects.exclude(person=None).exists()
    assert counts(numbered(*rows)) == (2, 2, 0)
    assert counts(numbered(*rows)) == (0, 0, 4)
    linked = dict(Officer.objects.exclude(person=None).values_list("official_email", "person__personal_number"))
    assert linked == {row[0]: row[3] for row in rows[:3]}
    assert Officer.objects.get(official_email="tuan@camau.gov.vn").person_id == known.id
    assert list(events("OfficerLinked")) == ["OfficerLinked"] * 3
    exported = b"".join(csv_parts(table_head(SheetKind.OFFICERS), table_rows(SheetKind.OFFICERS, TODAY)))
    assert not any(row[3] and row[3].encode() in exported for row in rows), "numbers do not leave in a table"


def test_a_wrong_number_is_told_by_its_line_and_nothing_is_taken(hold: Callable[..., Position]) -> None:
    for name, mail in (("Trần Thị Minh", "minh@camau.gov.vn"), ("Lê Anh Tuấn", "tuan@camau.gov.vn")):
        hold(name, mail)
    register_person("Lê Thị Sen", personal_number="096190000111", by=SYSTEM, at=NOW)
    numbered(["tuan@camau.gov.vn", "", "", "096090000777"])
    found = numbered(
        ["minh@camau.gov.vn", "", "", "0961900005"],
        ["a@camau.gov.vn", "Trần Thị Lành", "", "096190000111"],
        ["b@camau.gov.vn", "Lê Anh Tuấn", "", "096090000777"],
        ["c@camau.gov.vn", "Trần Thị Hai", "", "096190000556"],
        ["d@camau.gov.vn", "Trần Thị Ba", "", "096190000556"],
    )
    assert wrong(found) == [(line, "Số định danh cá nhân") for line in (2, 3, 4, 6)]
    assert Officer.objects.count() == 2


def numbered(*rows: list[str], **more: Any) -> Outcome:
    return take(SheetKind.OFFICERS, [*OFFICERS, "personal_number"], *rows, **more)
