"""The paper in the picture stays, where it was taken and by whom does not."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from camaug.kernel.files.arriving import arrive
from camaug.kernel.files.sniffing import JPEG, PDF, PNG
from tests.unit.kernel.files import samples

NOTED = (b"Telephone of Lan", b"Exif\0\0II*\0\x02", b"eXIf")


def opened(octets: bytes) -> Image.Image:
    picture = Image.open(BytesIO(octets))
    picture.load()
    return picture


@pytest.mark.parametrize("way_up", range(1, 9))
def test_a_photograph_loses_its_notes_and_no_dot(way_up: int) -> None:
    sent = samples.photograph(way_up=way_up)
    kept = arrive(sent, "IMG_1.jpg").content
    assert b"Telephone of Lan" in sent
    assert b"Telephone of Lan" not in kept
    before, after = opened(sent), opened(kept)
    assert ImageChops.difference(before, after).getbbox() is None
    assert dict(after.getexif()) == ({} if way_up == 1 else {0x0112: way_up})
    assert not after.getexif().get_ifd(0x8825)


def test_what_a_telephone_hangs_behind_the_picture_goes() -> None:
    sent = samples.photograph()
    assert arrive(sent + b"a film of three seconds" * 100, "IMG_1.jpg").content == arrive(sent, "IMG_1.jpg").content


def test_a_screenshot_loses_its_notes_too() -> None:
    kept = arrive(samples.photograph(kind="PNG"), "man-hinh.png")
    assert (kept.kind.media_type, kept.converted) == (PNG, False)
    assert not any(note in kept.content for note in NOTED)
    assert opened(kept.content).size == (640, 480)


def test_a_picture_without_notes_and_a_pdf_stay_as_they_came() -> None:
    plain, pdf = samples.picture("JPEG"), samples.pdf(2)
    assert arrive(plain, "a.jpg").content == plain
    assert (arrive(pdf, "a.pdf").content, arrive(pdf, "a.pdf").kind.media_type) == (pdf, PDF)


def test_an_iphone_s_picture_becomes_a_jpeg_that_says_so() -> None:
    kept = arrive(samples.heic(), "IMG_0042.HEIC")
    assert (kept.kind.media_type, kept.kind.file_name, kept.converted) == (JPEG, "IMG_0042.jpg", True)
    picture = opened(kept.content)
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (640, 480), {})
    red, green, _blue = picture.getpixel((300, 200))
    assert red > 180 > 100 > green
