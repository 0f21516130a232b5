"""Workbooks that are sent while their rows are read: any reader opens them, and they never lie whole in memory."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from camaug.kernel.clock import LOCAL
from camaug.kernel.tables.streaming import Cell, Sheet, xlsx_parts

HEAD = ["STT", "Họ và tên", "Nhận", "Ngày", "Số"]
ROW: list[Cell] = [
    1,
    "Nguyễn Thị Lan & con <1 tuổi>",
    datetime(2026, 11, 23, 8, 12, tzinfo=LOCAL),
    date(2026, 11, 24),
    12.5,
]


def sheet(rows: Iterator[list[Cell]]) -> Sheet:
    return Sheet("Hồ sơ", ["Báo cáo", "Xã Tân Ân"], HEAD, [6, 30, 17, 12, 9], rows)


def packed(*rows: list[Cell]) -> BytesIO:
    return BytesIO(b"".join(xlsx_parts(sheet(iter(rows)))))


def many(number: int) -> Iterator[list[Cell]]:
    for n in range(number):
        yield [n, f"Người thứ {n}", *ROW[2:]]


def test_every_sort_of_cell_comes_back_as_it_was() -> None:
    found = load_workbook(packed(ROW, [None, "", None, None, 0]))["Hồ sơ"]
    rows = list(found.iter_rows(values_only=True))
    assert [row[0] for row in rows[:2]] == ["Báo cáo", "Xã Tân Ân"]
    assert list(rows[2]) == HEAD
    assert [str(cell) for cell in rows[3]] == ["1", ROW[1], "2026-11-23 08:12:00", "2026-11-24 00:00:00", "12.5"]
    assert list(rows[4]) == [None, None, None, None, 0]
    assert found.freeze_panes == "A4"
    assert found.print_title_rows == "$3:$3"
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84918000123", "@x", "-5", "\tx", "'=1", "a\x00b\x0bc", "  giữ khoảng trắng  "]
)
def test_text_stays_text(text: str) -> None:
    cell = load_workbook(packed([1, text, *ROW[2:]])).active["B4"]  # type: ignore[index]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x00", "").replace("\x0b", "")


def test_no_rows_are_a_workbook_too() -> None:
    assert list(load_workbook(packed()).active.iter_rows(min_row=4)) == []  # type: ignore[union-attr]


def test_a_full_sheet_goes_on_in_the_next() -> None:
    book = load_workbook(BytesIO(b"".join(xlsx_parts(sheet(many(100)), rows_of_a_sheet=40))))
    assert book.sheetnames == ["Hồ sơ", "Hồ sơ (2)", "Hồ sơ (3)"]
    first = [row[0] for name in book.sheetnames for row in book[name].iter_rows(min_row=4, values_only=True)]
    assert first == list(range(100))


def test_the_first_bytes_come_before_the_rows_are_read() -> None:
    read = []

    def rows() -> Iterator[list[Cell]]:
        for row in many(10_000):
            read.append(row[0])
            yield row

    parts = xlsx_parts(sheet(rows()))
    next(parts)
    assert not read
    next(parts)
    assert len(read) < 10_000


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(number: int) -> int:
        gc.collect()
        tracemalloc.start()
        length = sum(len(part) for part in xlsx_parts(sheet(many(number))))
        assert length > number * 5
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(20_000) < peak(2_000) + 300_000


def test_a_stream_that_is_let_go_leaves_nothing() -> None:
    parts = xlsx_parts(sheet(many(10_000)))
    next(parts)
    parts.close()  # type: ignore[attr-defined]


def test_the_parts_are_where_a_workbook_has_them() -> None:
    with ZipFile(packed(ROW)) as book:
        assert book.namelist()[0] == "[Content_Types].xml"
        assert book.testzip() is None
