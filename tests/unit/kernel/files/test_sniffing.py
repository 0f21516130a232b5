import zipfile
from io import BytesIO

import pytest
from PIL import ImageFile

from camaug.kernel.files import refusals as r
from camaug.kernel.files.limits import LIMITS, Limits
from camaug.kernel.files.sniffing import DOCX, HEIC, JPEG, PDF, PNG, XLSX, sniff
from tests.unit.kernel.files import samples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCX_FILE = samples.office("word/document.xml")
PDF_FILE = samples.pdf(3)
JPEG_FILE = samples.picture("JPEG")
HEIC_FILE = samples.heic()
PNG_FILE = samples.picture("PNG")
BOMB = samples.office("word/document.xml", extra={"word/media/a.bmp": bytes(4_000_000)})
SMALL = Limits(bytes=1_000_000, pages=5, pixels=1_000_000, entries=50, unpacked_bytes=3_000_000)

TAKEN = [
    ("one scanned paper", PDF_FILE, "giay-chung-sinh.pdf", PDF, 3),
    ("ending in capitals", PDF_FILE, "SCAN0001.PDF", PDF, 3),
    ("a phone's picture", JPEG_FILE, "IMG_2231.JPG", JPEG, 1),
    ("the longer ending", JPEG_FILE, "anh.jpeg", JPEG, 1),
    ("an iPhone's picture", HEIC_FILE, "IMG_0042.HEIC", HEIC, 1),
    ("a screenshot", PNG_FILE, "màn hình.png", PNG, 1),
    ("a text", DOCX_FILE, "van ban.docx", DOCX, None),
    ("a table", samples.xlsx(), "danh sach.xlsx", XLSX, None),
    ("no ending at all", PDF_FILE, "blob", PDF, 3),
]

REFUSED = [
    ("nothing", b"", "a.pdf", r.FileEmpty),
    ("only blanks", b"\x00 \r\n" * 50, "a.pdf", r.FileEmpty),
    ("too many bytes", PDF_FILE + bytes(1_000_000), "a.pdf", r.FileTooLarge),
    ("too many pages", samples.pdf(6), "a.pdf", r.FileTooLong),
    ("a password on a PDF", samples.pdf(password="bí mật"), "a.pdf", r.FileEncrypted),
    ("a password on a text", OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", r.FileEncrypted),
    ("a PDF cut short", PDF_FILE[: len(PDF_FILE) // 2], "a.pdf", r.FileBroken),
    ("a PDF without pages", b"%PDF-1.7\nnothing here\n%%EOF\n", "a.pdf", r.FileBroken),
    ("a JPEG cut short", JPEG_FILE[: len(JPEG_FILE) // 2], "a.jpg", r.FileBroken),
    ("a PNG cut short", PNG_FILE[: len(PNG_FILE) // 2], "a.png", r.FileBroken),
    (
        "a PNG with a flipped bit",
        PNG_FILE[:5000] + bytes([PNG_FILE[5000] ^ 1]) + PNG_FILE[5001:],
        "a.png",
        r.FileBroken,
    ),
    ("a text cut short", DOCX_FILE[:-40], "a.docx", r.FileBroken),
    ("noise with a good name", b"garbage" * 100, "a.pdf", r.FileBroken),
    ("a picture called PDF", PNG_FILE, "giay.pdf", r.FileMisnamed),
    ("a PDF called picture", PDF_FILE, "anh.jpg", r.FileMisnamed),
    ("a program's name on a PDF", PDF_FILE, "hoa-don.pdf.exe", r.FileMisnamed),
    ("a program", b"MZ\x90\x00" + bytes(range(256)), "setup.exe", r.FileUnknown),
    ("a web page", b"<!doctype html><script>alert(1)</script>", "trang.html", r.FileUnknown),
    ("a drawing that can run", b"<svg onload='alert(1)'/>", "hinh.svg", r.FileUnknown),
    ("a plain archive", samples.office("readme.txt"), "a.zip", r.FileUnknown),
    ("an old Word file", OLE, "a.doc", r.FileOldOffice),
    ("an iPhone picture cut short", HEIC_FILE[: len(HEIC_FILE) // 2], "IMG_1.HEIC", r.FileBroken),
    ("an iPhone picture's head alone", b"\x00\x00\x00\x18ftypheic" + bytes(64), "IMG_1.HEIC", r.FileBroken),
    ("an iPhone picture called JPEG", HEIC_FILE, "IMG_1.JPG", r.FileMisnamed),
    ("an iPhone picture bomb", samples.heic((1100, 1000)), "IMG_1.HEIC", r.PictureTooLarge),
    ("an archive behind an iPhone picture", HEIC_FILE + samples.xlsx(), "IMG_1.HEIC", r.FileHidesAnother),
    (
        "macros in a text",
        samples.office("word/document.xml", extra={"word/vbaProject.bin": b"x"}),
        "a.docx",
        r.FileHasMacros,
    ),
    (
        "a macro file by its types",
        samples.office("xl/workbook.xml", types="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "a.xlsm",
        r.FileHasMacros,
    ),
    ("a zip bomb", BOMB, "a.docx", r.FileTooLarge),
    (
        "too many parts",
        samples.office("xl/workbook.xml", extra={f"x{n}": b"" for n in range(60)}),
        "a.xlsx",
        r.FileTooLarge,
    ),
    ("a picture bomb", samples.plain_picture((1100, 1000)), "a.png", r.PictureTooLarge),
    ("an archive behind a PDF", PDF_FILE + samples.xlsx(), "a.pdf", r.FileHidesAnother),
    ("an archive behind a picture", PNG_FILE + samples.xlsx(), "a.png", r.FileHidesAnother),
    ("HTML before a PDF", b"<script>alert(1)</script>" + PDF_FILE, "a.pdf", r.FileBroken),
]


@pytest.mark.parametrize(
    ("content", "name", "media_type", "pages"), [row[1:] for row in TAKEN], ids=[r[0] for r in TAKEN]
)
def test_what_is_taken_is_known_by_its_bytes(content: bytes, name: str, media_type: str, pages: int | None) -> None:
    found = sniff(content, name, limits=SMALL)
    assert (found.media_type, found.pages) == (media_type, pages)


@pytest.mark.parametrize(("content", "name", "refusal"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_not_taken_gets_its_own_sentence(content: bytes, name: str, refusal: type[r.FileRefused]) -> None:
    with pytest.raises(r.FileRefused) as caught:
        sniff(content, name, limits=SMALL)
    assert type(caught.value) is refusal
    assert name in str(caught.value)


def test_a_size_that_the_archive_lies_about_does_not_help_a_bomb() -> None:
    lying = bytearray(BOMB)
    with zipfile.ZipFile(BytesIO(BOMB)) as zipped:
        size = next(e for e in zipped.infolist() if e.filename.endswith(".bmp")).file_size
    claim = size.to_bytes(4, "little")
    while (at := lying.find(claim)) >= 0:
        lying[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises((r.FileBroken, r.FileTooLarge)):
        sniff(bytes(lying), "a.docx", limits=SMALL)


def test_a_picture_cut_short_is_refused_even_where_pillow_was_made_lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as printing libraries do, for the whole process
    assert sniff(JPEG_FILE, "a.jpg").pages == 1
    for content, name in [(JPEG_FILE, "a.jpg"), (samples.picture("PNG"), "a.png")]:
        with pytest.raises(r.FileBroken):
            sniff(content[: len(content) // 2], name)


def test_a_stream_is_left_at_its_start() -> None:
    stream = BytesIO(PDF_FILE)
    stream.read(10)
    assert sniff(stream, "a.pdf").pages == 3
    assert stream.tell() == 0


def test_a_name_loses_its_path_its_hidden_letters_and_its_excess() -> None:
    assert sniff(PDF_FILE, "C:\\Users\\a\\gia\u0301 \u202e.pdf").file_name == "giá .pdf"
    assert sniff(PDF_FILE, "../../etc/passwd").file_name == "passwd.pdf"
    assert len(sniff(PDF_FILE, "ă" * 300 + ".pdf").file_name) == 100
    assert sniff(PDF_FILE, "\x00").file_name == "tệp.pdf"


def test_the_limit_said_beforehand_is_the_limit_kept() -> None:
    assert LIMITS.megabytes == 20
    with pytest.raises(r.FileTooLarge, match="20"):
        sniff(bytes([1]) * (LIMITS.bytes + 1), "a.pdf")
