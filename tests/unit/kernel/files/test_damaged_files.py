"""Whatever a file is made of: it is refused in a sentence, or kept as what it is and shown wherever files are shown."""

import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image
from pypdf import PdfReader

from camaug.kernel.files.arriving import Arrived, arrive
from camaug.kernel.files.joining import joined, miniature
from camaug.kernel.files.limits import Limits
from camaug.kernel.files.names import LONGEST
from camaug.kernel.files.refusals import FileBroken, FileRefused
from camaug.kernel.files.sniffing import DOCX, JPEG, PDF, PNG, XLSX
from camaug.kernel.files.watermark import marked_picture
from tests.damage import files, names, png_of, real_files, traps

LINES = ("Bản sao nộp kèm hồ sơ H12.39-261123-0001", "Chỉ dùng cho thủ tục: Đăng ký khai sinh")
SMALL = Limits(pixels=4_000_000)
FUZZING = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # what fails is short enough to be read as it is
    derandomize=True,
    database=None,
    max_examples=150,
)


def look_at(kept: Arrived) -> None:
    """Open what was taken as every page that shows it does."""
    assert 0 < len(kept.kind.file_name) <= LONGEST
    assert not {unicodedata.category(c) for c in kept.kind.file_name} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert not set('/\\"<>\r\n\0') & set(kept.kind.file_name)
    _LOOKS[kept.kind.media_type](kept.content)


def _at_a_picture(octets: bytes) -> None:
    with Image.open(BytesIO(octets)) as picture:
        assert picture.format in ("JPEG", "MPO", "PNG")
        picture.load()
    assert miniature(BytesIO(octets)).startswith(b"\xff\xd8")
    assert joined([octets, octets]).startswith(b"%PDF")
    assert marked_picture(octets, LINES).startswith(b"\xff\xd8")


def _at_a_pdf(octets: bytes) -> None:
    assert len(PdfReader(BytesIO(octets)).pages) > 0


def _at_an_archive(octets: bytes) -> None:
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        assert archive.testzip() is None


_LOOKS: dict[str, Callable[[bytes], None]] = {
    JPEG: _at_a_picture,
    PNG: _at_a_picture,
    PDF: _at_a_pdf,
    DOCX: _at_an_archive,
    XLSX: _at_an_archive,
}


def test_damaged_files_are_refused_in_a_sentence_or_can_be_looked_at() -> None:
    taken = list[str]()

    @FUZZING
    @given(files())
    def fuzz(sent: tuple[bytes, str]) -> None:
        content, name = sent
        try:
            kept = arrive(content, name, limits=SMALL)
        except FileRefused:
            return
        look_at(kept)
        taken.append(kept.kind.media_type)

    fuzz()
    assert set(taken) == set(_LOOKS), "some of every kind come through"


HARMLESS = {
    "a PNG that unpacks without end",
    "a JPEG larger than its content",
    "a PDF turned askew",
    "a PDF that counts wrong",
    "a text whose parts climb out",
    "a text in a text",
    "a table that multiplies its words",
    "a table that asks for a file",
    "a table without end",
    "a table far down",
}
"""Taken: nobody unpacks, believes or reads what is wrong with them; tables are read where they are imported."""


@pytest.mark.parametrize("trap", traps())
def test_what_is_made_to_hurt_is_refused_or_harmless(trap: str) -> None:
    content, name = traps()[trap]
    if trap in HARMLESS:
        look_at(arrive(content, name))
        return
    with pytest.raises(FileRefused) as caught:
        arrive(content, name)
    assert name in str(caught.value)


def test_every_name_is_one_that_can_be_shown_and_kept() -> None:
    @FUZZING
    @given(names())
    def fuzz(name: str) -> None:
        try:
            look = arrive(real_files()["docx"], name)
        except FileRefused:
            return
        look_at(look)

    fuzz()


def test_an_interlaced_picture_is_walked_through_its_seven_passes() -> None:
    """Five by five dots: passes of 1, 1, 1, 2, 1, 3 and 2 rows, each a filter and its dots."""
    rows = [2, 2, 3, 2, 2, 4, 3, 3, 3, 6, 6]
    arrive(png_of(zlib.compress(bytes(sum(rows))), size=(5, 5), colours=0, interlaced=1), "a.png")
    with pytest.raises(FileBroken):
        arrive(png_of(zlib.compress(bytes(sum(rows) - 1)), size=(5, 5), colours=0, interlaced=1), "a.png")
