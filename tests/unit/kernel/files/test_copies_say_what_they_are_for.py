from io import BytesIO

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter

from camaug.kernel.files.refusals import FileBroken
from camaug.kernel.files.watermark import marked_pdf, marked_picture
from tests.unit.kernel.files import samples

LINES = ("Bản sao nộp hồ sơ H12.39.32245-261123-0001", "Chỉ dùng cho thủ tục Đăng ký khai sinh", "Ủy ban nhân dân xã")


def opened(octets: bytes) -> Image.Image:
    return Image.open(BytesIO(octets)).convert("RGB")


@pytest.mark.parametrize("shade", [0, 128, 255], ids=["black", "grey", "white"])
@pytest.mark.parametrize("size", [(1600, 1000), (700, 1100)])
def test_the_words_lie_over_every_part_of_a_picture(shade: int, size: tuple[int, int]) -> None:
    plain = Image.new("RGB", size, (shade, shade, shade))
    out = BytesIO()
    plain.save(out, "PNG")
    marked = opened(marked_picture(out.getvalue(), LINES))
    changed = ImageChops.difference(marked, Image.new("RGB", marked.size, (shade, shade, shade))).convert("L")
    across, down = marked.width // 2, marked.height // 2
    for left in (0, across):
        for top in (0, down):
            part = changed.crop((left, top, left + across, top + down)).point(lambda dot: 255 if dot > 40 else 0)
            assert sum(part.histogram()[255:]) > 0.004 * across * down


def test_a_copy_is_no_larger_than_a_scan_and_stands_upright() -> None:
    marked = opened(marked_picture(samples.photograph((4032, 3024), way_up=6), LINES))
    assert marked.size == (1754, 2339)


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_the_words_stand_on_every_page_of_a_pdf_however_it_is_turned(turned: int) -> None:
    writer = PdfWriter()
    for size in ((595, 842), (842, 595), (300, 200)):
        writer.add_blank_page(*size).rotate(turned)
    out = BytesIO()
    writer.write(out)
    pages = PdfReader(BytesIO(marked_pdf(out.getvalue(), LINES))).pages
    assert len(pages) == 3
    for page in pages:
        assert all(line in page.extract_text() for line in LINES)
        assert page.rotation == 0


def test_signs_of_markup_are_only_words() -> None:
    text = PdfReader(BytesIO(marked_pdf(samples.pdf(), ["<b>A & B</b>"]))).pages[0].extract_text()
    assert "<b>A & B</b>" in text


def test_what_cannot_be_marked_is_not_shown_at_all() -> None:
    with pytest.raises(FileBroken, match=r"a\.pdf"):
        marked_pdf(b"%PDF-1.7\nnothing\n%%EOF\n", LINES, name="a.pdf")
