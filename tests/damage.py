"""Files that come damaged or dressed up, made from real ones: what hostile people and bad lines send."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from hypothesis import strategies
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.unit.kernel.files import samples

ODD_NUMBERS = ("0", "-1", "1", "3", "14401", "65535", "99999999", "4294967296", "9" * 30, "1e9", "nan", "0 R")
"""What a number in a file may be made to say."""
ENDINGS = ("pdf", "jpg", "png", "docx", "xlsx", "csv", "exe", "svg", "PDF", "")
STEMS = (
    "giấy chứng sinh",
    "",
    "../../../etc/passwd",
    "C:\\Users\\lan\\anh",
    "/dev/null",
    "a\x00b",
    "a\r\nContent-Type: text/html\r\n\r\n<script>",
    'a"; filename="b',
    "<script>window.hurt=1</script>",
    "\u202egnp\u200b",
    "%00%2e%2e%2f",
    "{name} %s {0.__class__}",
    "x" * 400,
    ".",
    "CON",
)


@cache
def real_files() -> dict[str, bytes]:
    """One of each kind that is taken, by its ending."""
    return {
        "pdf": samples.pdf(),
        "jpg": samples.photograph((320, 240)),
        "png": samples.picture("PNG", (64, 48)),
        "docx": samples.office("word/document.xml", extra={"word/media/image1.png": samples.plain_picture((9, 9))}),
        "xlsx": samples.xlsx(),
        "heic": samples.heic((64, 48)),
    }


def names() -> SearchStrategy[str]:
    """Names with paths, control characters, the wrong ending, none."""
    text = strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=30)
    stems, endings = strategies.sampled_from(STEMS) | text, strategies.sampled_from(ENDINGS)
    return strategies.builds(lambda stem, ending: f"{stem}.{ending}" if ending else stem, stems, endings)


@strategies.composite
def files(draw: DrawFn, *kinds: str) -> tuple[bytes, str]:
    """Content of one of the kinds (all where none is named), whole or damaged, with a name that often fits."""
    kind = draw(strategies.sampled_from(kinds or tuple(real_files())))
    octets = real_files()[kind]
    for wound in draw(strategies.lists(strategies.sampled_from(_WOUNDS), max_size=3)):
        octets = wound(draw, octets)
    if draw(strategies.booleans()):
        octets = mended(octets)
    return octets, draw(strategies.just(f"a.{kind}") | names())


def mended(octets: bytes) -> bytes:
    """With the sums of a PNG's chunks as they should be, so that only what is inside is wrong."""
    if not octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return octets
    out, at = bytearray(octets[:8]), 8
    while at + 12 <= len(octets):
        length = struct.unpack(">I", octets[at : at + 4])[0]
        named = octets[at + 4 : at + 8 + length]
        if len(named) < 4 + length:
            break
        out += struct.pack(">I", length) + named + struct.pack(">I", zlib.crc32(named))
        at += 12 + length
    return bytes(out) + octets[at:]


def _place(draw: DrawFn, octets: bytes) -> int:
    return draw(strategies.integers(0, len(octets)))


def _cut(draw: DrawFn, octets: bytes) -> bytes:
    start, end = sorted((_place(draw, octets), _place(draw, octets)))
    return octets[:start] + octets[end:]


def _cut_short(draw: DrawFn, octets: bytes) -> bytes:
    return octets[: _place(draw, octets)]


def _repeated(draw: DrawFn, octets: bytes) -> bytes:
    start, end = sorted((_place(draw, octets), _place(draw, octets)))
    return octets[:end] + octets[start:end] * draw(strategies.integers(1, 3)) + octets[end:]


def _flipped(draw: DrawFn, octets: bytes) -> bytes:
    out = bytearray(octets)
    for _time in range(draw(strategies.integers(1, 8)) if out else 0):
        out[draw(strategies.integers(0, len(out) - 1))] ^= draw(strategies.integers(1, 255))
    return bytes(out)


def _spliced(draw: DrawFn, octets: bytes) -> bytes:
    other = draw(strategies.sampled_from(tuple(real_files().values())))
    return octets[: _place(draw, octets)] + other[_place(draw, other) :]


def _followed(draw: DrawFn, octets: bytes) -> bytes:
    return octets + draw(strategies.sampled_from(tuple(real_files().values())))


def _counted_otherwise(draw: DrawFn, octets: bytes) -> bytes:
    """A number that the file writes out says something else: lengths, sizes and references of a PDF."""
    numbers = list(re.finditer(rb"\d+", octets))
    if not numbers:
        return octets
    one = draw(strategies.sampled_from(numbers))
    return octets[: one.start()] + draw(strategies.sampled_from(ODD_NUMBERS)).encode() + octets[one.end() :]


_WOUNDS: tuple[Callable[[DrawFn, bytes], bytes], ...] = (
    _cut,
    _cut_short,
    _repeated,
    _flipped,
    _flipped,
    _spliced,
    _followed,
    _counted_otherwise,
    _counted_otherwise,
)


@cache
def traps() -> dict[str, tuple[bytes, str]]:
    """Files that are made to hurt whoever unpacks, draws or believes them, with names that fit."""
    png, jpeg = real_files()["png"], real_files()["jpg"]
    return {
        "nothing": (b"", "a.pdf"),
        "a PNG as large as a field": (mended(png[:16] + struct.pack(">II", 60_000, 60_000) + png[24:]), "a.png"),
        "a PNG one dot wide": (mended(png[:16] + struct.pack(">II", 1, 2**31 - 1) + png[24:]), "a.png"),
        "a PNG larger than its content": (mended(png[:16] + struct.pack(">II", 6_000, 6_000) + png[24:]), "a.png"),
        "a PNG of noise": (png_of(b"\x05noise" * 99), "a.png"),
        "a PNG that unpacks without end": (png_of(zlib.compress(bytes(50_000_000), 9)), "a.png"),
        "a JPEG as large as a field": (_jpeg_of_size(jpeg, 65_500, 65_500), "a.jpg"),
        "a JPEG larger than its content": (_jpeg_of_size(jpeg, 6_000, 6_000), "a.jpg"),
        "a PDF as large as a field": (_pdf("/MediaBox [0 0 9999999 9999999]"), "a.pdf"),
        "a PDF cropped to a field": (_pdf("/MediaBox [0 0 595 842] /CropBox [-9999999 0 9999999 842]"), "a.pdf"),
        "a PDF without an end": (_pdf("/MediaBox [0 0 1e400 842]"), "a.pdf"),
        "a PDF of no size": (_pdf("/MediaBox [9 9 9 9]"), "a.pdf"),
        "a PDF with words for sizes": (_pdf("/MediaBox [(a) (b) (c) (d)]"), "a.pdf"),
        "a PDF turned askew": (_pdf("/MediaBox [0 0 595 842] /Rotate 7"), "a.pdf"),
        "a PDF that is its own page": (_pdf("/MediaBox [0 0 595 842]", kids="2 0 R"), "a.pdf"),
        "a PDF that counts wrong": (_pdf("/MediaBox [0 0 595 842]", count="99999999999"), "a.pdf"),
        "a PDF that unpacks without end": (_pdf("/MediaBox [0 0 595 842]", content=bytes(50_000_000)), "a.pdf"),
        "a text that unpacks without end": (_zip_bomb("word/document.xml"), "a.docx"),
        "a text whose parts climb out": (samples.office("word/document.xml", extra={"../../a": b"x"}), "a.docx"),
        "a text in a text": (samples.office("word/document.xml", extra={"a.docx": real_files()["docx"]}), "a.docx"),
        "a table that unpacks without end": (_zip_bomb("xl/workbook.xml"), "a.xlsx"),
        "a table that multiplies its words": (_table(_LAUGHS), "a.xlsx"),
        "a table that asks for a file": (_table(_ASKING), "a.xlsx"),
        "a table without end": (_table('<worksheet><dimension ref="A1:XFD1048576"/></worksheet>'), "a.xlsx"),
        "a table far down": (_table('<worksheet><sheetData><row r="99999999999"><c r="ZZZZ9"/></row>'), "a.xlsx"),
    }


_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "'
    + "ha" * 500
    + '">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 40}">' for old, new in ("ab", "bc", "cd", "de"))
    + "]><worksheet><sheetData><row><c t='str'><v>&e;</v></c></row></sheetData></worksheet>"
)
_ASKING = (
    '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<worksheet><sheetData><row><c t='str'><v>&a;</v></c></row></sheetData></worksheet>"
)


def png_of(packed: bytes, *, size: tuple[int, int] = (64, 48), colours: int = 2, interlaced: int = 0) -> bytes:
    """A PNG with that content, eight bits a channel, its sums right."""
    head = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, colours, 0, 0, interlaced)
    chunks = (head, b"IDAT" + packed, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    )


def _jpeg_of_size(octets: bytes, width: int, height: int) -> bytes:
    frame = octets.index(b"\xff\xc0")
    return octets[: frame + 5] + struct.pack(">HH", height, width) + octets[frame + 9 :]


def _pdf(page: str, *, kids: str = "3 0 R", count: str = "1", content: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >>".encode(),
        f"<< /Filter /FlateDecode /Length {len(packed)} >> stream\n".encode() + packed + b"\nendstream",
    )
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%btrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (table, len(out))


def _zip_bomb(main: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        with zipped.open(main, "w") as part:
            for _time in range(310):
                part.write(bytes(1 << 20))
    return out.getvalue()


def _table(sheet: str) -> bytes:
    """The real workbook with another sheet in it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(real_files()["xlsx"])) as source, zipfile.ZipFile(out, "w") as zipped:
        for entry in source.infolist():
            is_sheet = entry.filename.startswith("xl/worksheets/")
            zipped.writestr(entry.filename, sheet if is_sheet else source.read(entry))
    return out.getvalue()
