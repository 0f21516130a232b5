from io import BytesIO

from PIL import Image
from pypdf import PdfReader

from camaug.kernel.files.joining import joined, miniature
from camaug.kernel.files.sniffing import PDF, sniff
from tests.unit.kernel.files import samples

PHONE = (4032, 3024)


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(BytesIO(pdf)).pages]


def test_a_page_a_picture_in_their_order_and_as_large_as_a4() -> None:
    pdf = joined([samples.photograph(PHONE), samples.photograph((3024, 4032)), samples.picture("PNG", (300, 200))])
    assert sniff(pdf, "so-ho-khau.pdf").media_type == PDF
    pages = pages_of(pdf)
    assert [width > height for width, height in pages] == [True, False, True]
    for width, height in pages:
        assert max(width, height) <= 842.5
        assert min(width, height) <= 596
        assert max(width, height) > 780 or min(width, height) > 590


def test_pages_hold_what_a_scan_at_200_dpi_holds() -> None:
    sent = samples.photograph(PHONE)
    picture = PdfReader(BytesIO(joined([sent, sent]))).pages[0].images[0].image
    assert picture is not None
    assert 2000 < max(picture.size) <= 2339
    assert min(picture.size) <= 1654


def test_what_lay_on_its_side_stands_upright() -> None:
    upright = PdfReader(BytesIO(joined([samples.photograph(way_up=6), samples.photograph()]))).pages[0]
    assert float(upright.mediabox.height) > float(upright.mediabox.width)
    picture = upright.images[0].image
    assert picture is not None
    assert picture.convert("L").getpixel((picture.width // 2, 10)) < 60  # the dark left edge is above now


def test_the_same_pictures_give_the_same_bytes_and_another_order_others() -> None:
    one, two = samples.photograph(shade=240), samples.photograph(shade=120)
    assert joined([one, two]) == joined([one, two])
    assert joined([one, two]) != joined([two, one])


def test_clear_and_grey_pictures_lie_on_white() -> None:
    clear = BytesIO()
    Image.new("RGBA", (200, 300), (0, 0, 0, 0)).save(clear, "PNG")
    picture = PdfReader(BytesIO(joined([clear.getvalue(), samples.picture()]))).pages[0].images[0].image
    assert picture is not None
    assert picture.convert("L").getpixel((100, 100)) > 250


def test_a_list_shows_small_pictures() -> None:
    small = Image.open(BytesIO(miniature(BytesIO(samples.photograph(PHONE, way_up=6)))))
    assert max(small.size) == 320
    assert small.height > small.width
