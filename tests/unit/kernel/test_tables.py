"""Tables from outside: every way in which Excel writes them, and every way in which a file may hurt."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from camaug.kernel.errors import DomainError
from camaug.kernel.files.refusals import FileBroken, FileEmpty, FileRefused, FileTooLarge
from camaug.kernel.tables import reading
from camaug.kernel.tables.harmless import harmless, undone
from camaug.kernel.tables.reading import CellTooLong, Line, NotText, TooManyRows, read_table
from camaug.kernel.tables.writing import Page, csv_parts, xlsx_file

ROWS = [["Mã", "Tên"], ["H12.1", "Ủy ban, xã “Tân Ân”; Ngọc Hiển"]]
WANTED = (Line(1, ("Mã", "Tên")), Line(2, ("H12.1", "Ủy ban, xã “Tân Ân”; Ngọc Hiển")))


def workbook(*rows: list[object]) -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.create_sheet("Hướng dẫn").append(["nothing", "of", "this"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_way_of_writing_csv_is_the_same_table(separator: str, encoding: str, ending: str) -> None:
    text = ending.join(separator.join(f'"{cell}"' for cell in row) for row in ROWS)
    assert read_table(text.encode(encoding), "a.csv") == WANTED


def test_a_workbook_is_read_from_its_first_sheet() -> None:
    assert read_table(workbook(*ROWS), "a.xlsx") == WANTED


def test_days_numbers_and_gaps_of_a_workbook_are_kept() -> None:
    excels = datetime(2026, 11, 23)  # noqa: DTZ001 (as a workbook has it)
    found = read_table(workbook(["a"], [], [excels, 918000123, None, 2.5]), "a.xlsx")
    assert found == (Line(1, ("a",)), Line(3, (date(2026, 11, 23), 918000123, "", 2.5)))


def test_blank_lines_are_passed_over_and_counted() -> None:
    assert [line.number for line in read_table(b"a;b\n;\n\n1;2\n", "a.csv")] == [1, 4]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"\xef\xbb\xbf ;;\n", FileEmpty),
        ("Mã;Tên".encode("cp1258", "replace").replace(b"?", b"\xe3"), NotText),
        (b"a;b\n1;\x00", NotText),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", FileRefused),
        (b"PK\x03\x04 broken", FileBroken),
        (b'a;b\n"1;2', FileBroken),
        (b"x" * (reading.LIMITS.bytes + 1), FileTooLarge),
        (b"a;b\n" + b"x" * (reading.LONGEST_CELL + 1), CellTooLong),
        (b"a;b\n" + b"1;2\n" * (reading.MOST_ROWS + 1), TooManyRows),
    ],
    ids=["empty", "blank", "old encoding", "nul", "xls", "no zip", "open quote", "large", "long cell", "many rows"],
)
def test_what_is_no_table_is_refused_in_one_sentence(content: bytes, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal) as no:
        read_table(content, "danh-sach.csv")
    assert "{" not in str(no.value)


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_bomb_is_not_unpacked() -> None:
    book = {"[Content_Types]_xml": b"<Types/>", "xl__workbook_xml": b"0" * (reading.LIMITS.unpacked_bytes + 1)}
    with pytest.raises(FileTooLarge):
        read_table(zipped(**book), "a.xlsx")


def test_entities_that_grow_are_not_followed() -> None:
    book = BytesIO(workbook(["a"]))
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    kinds = f'<!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]>'
    out = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, kinds + part.replace("<t>a</t>", "<t>&l9;</t>") if "sheet1" in name else part)
    with pytest.raises(FileRefused):
        read_table(out.getvalue(), "a.xlsx")


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "'=1", "''+1", "plain", "'tis", "", "a=b"])
def test_a_cell_that_a_program_would_run_is_made_harmless_and_comes_back_as_it_was(text: str) -> None:
    shown = harmless(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert undone(shown) == text


def test_what_is_written_is_read_again() -> None:
    rows = [["H12.1", "=HYPERLINK(1)"], ["H12.2", "Tên; có, dấu\nhai dòng"]]
    csv = b"".join(csv_parts(["Mã", "Tên"], rows))
    assert csv.startswith(b"\xef\xbb\xbf")
    with xlsx_file(Page("Cơ quan", ["Mã", "Tên"], rows, [10, 20])) as file:
        book = file.read()
    for content, name in ((csv, "a.csv"), (book, "a.xlsx")):
        assert [list(line.cells) for line in read_table(content, name)] == [["Mã", "Tên"], *rows]
    assert b"'=HYPERLINK" in csv
