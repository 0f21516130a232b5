"""Lines of the tables of agencies, officers and positions: heads in every spelling, cells as Excel leaves them."""

from datetime import date
from typing import Any

import pytest

from camaug.kernel.errors import DomainError
from camaug.kernel.tables.reading import Cell, Line
from camaug.people.models import SheetKind
from camaug.people.sheets import cells
from camaug.people.sheets.columns import COLUMNS
from camaug.people.sheets.lines import Sheet, sheet_of

OFFICERS = SheetKind.OFFICERS


def sheet(kind: SheetKind, *rows: tuple[Cell, ...]) -> Sheet:
    return sheet_of(kind, [Line(number, row) for number, row in enumerate(rows, start=1)])


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.phone, 918000123, "+84918000123"),
        (cells.phone, 918000123.0, "+84918000123"),
        (cells.phone, "0918 000 123", "+84918000123"),
        (cells.phone, "84918000123", "+84918000123"),
        (cells.phone, "", ""),
        (cells.day, date(2026, 11, 23), date(2026, 11, 23)),
        (cells.day, "23/11/2026", date(2026, 11, 23)),
        (cells.day, "3-1-2026", date(2026, 1, 3)),
        (cells.day, "2026-11-23", date(2026, 11, 23)),
        (cells.day, 46349, date(2026, 11, 23)),
        (cells.day, "", None),
        (cells.code, " h12. 39.\u00a032245 ", "H12.39.32245"),
        (cells.email, " Tanan_TranThiMinh@camau.gov.vn ", "tanan_tranthiminh@camau.gov.vn"),
        (cells.yes_or_no, "Có", True),
        (cells.yes_or_no, "x", True),
        (cells.yes_or_no, True, True),
        (cells.yes_or_no, "Không", False),
        (cells.yes_or_no, 0, False),
        (cells.several, "LEADER; Văn thư,", ("LEADER", "Văn thư")),
        (cells.text(9), " Cà  Mau ", "Cà Mau"),
    ],
)
def test_a_cell_becomes_its_value(read: Any, cell: Cell, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (cells.phone, "12345"),
        (cells.phone, "hỏi sau"),
        (cells.day, "31/02/2026"),
        (cells.day, "tháng sau"),
        (cells.day, 20261123),
        (cells.code, 12.39),
        (cells.email, "khong-phai-thu"),
        (cells.yes_or_no, "có lẽ"),
        (cells.text(3), "Cà Mau"),
    ],
)
def test_a_cell_that_is_none_is_refused_in_one_sentence(read: Any, cell: Cell) -> None:
    with pytest.raises(DomainError) as no:
        read(cell)
    assert "{" not in str(no.value)


@pytest.mark.parametrize("head", ["Họ và tên", "ho va ten *", "HỌ VÀ TÊN", "full_name", "Name of the officer"])
def test_a_head_is_known_by_name_and_by_title_in_every_language(head: str) -> None:
    found = sheet(OFFICERS, ("Thư điện tử công vụ", head), ("a@camau.gov.vn", "Trần Thị Minh"))
    assert [entry.values["full_name"] for entry in found.entries] == ["Trần Thị Minh"]


def test_no_two_columns_of_a_table_share_a_title() -> None:
    for kind, columns in COLUMNS.items():
        for column in columns:
            assert [one.name for one in columns if one.is_headed(str(column.title))] == [column.name], (
                kind,
                column.name,
            )


def test_a_head_that_does_not_fit_is_refused_alone() -> None:
    found = sheet(OFFICERS, ("Họ và tên", "Lương", "Họ và tên"), ("Trần Thị Minh", "1", "2"))
    assert [(p.line, p.column) for p in found.problems] == [(1, "Lương"), (1, "Họ và tên"), (1, "Thư điện tử công vụ")]
    assert found.entries == []


def test_each_wrong_cell_is_told_with_its_line_column_and_value() -> None:
    found = sheet(
        OFFICERS,
        ("Thư điện tử công vụ", "Họ và tên", "Điện thoại"),
        ("tot@camau.gov.vn", "Trần Thị Minh", 918000123),
        ("sai", "Lê Anh Tuấn", "1"),
        ("", "Phạm Văn Hùng"),
        ("thua@camau.gov.vn", "Ngô Thị Kim Chi", "", "thừa"),
    )
    assert [(p.line, p.column, p.value) for p in found.problems] == [
        (3, "Thư điện tử công vụ", "sai"),
        (3, "Điện thoại", "1"),
        (4, "Thư điện tử công vụ", ""),
        (5, "", ""),
    ]
    assert all(problem.sentence for problem in found.problems)
    assert [entry.line for entry in found.entries] == [2]


def test_an_empty_cell_says_nothing() -> None:
    found = sheet(OFFICERS, ("official_email", "full_name", "phone"), ("a@camau.gov.vn", "", None or ""))
    assert found.entries[0].values == {"official_email": "a@camau.gov.vn"}


def test_a_table_without_lines_is_told() -> None:
    assert [p.line for p in sheet(OFFICERS, ("official_email",)).problems] == [1]
    assert [p.line for p in sheet(OFFICERS).problems] == [1]
