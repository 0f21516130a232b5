"""How large an uploaded file may be, in every way that can hurt; said beforehand on the pages that ask for files."""

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """`bytes` of one file; `pages` of a PDF, the points of a page's side, the unpacked bytes of what is drawn on all of
    them; `pixels` of a picture, and those of a side; entries and unpacked bytes of an office file.
    """

    bytes: int = 20 * MEGABYTE
    pages: int = 500
    page_side: int = 14_400
    drawn_bytes: int = 40 * MEGABYTE
    pixels: int = 120_000_000
    picture_side: int = 65_500
    entries: int = 5_000
    unpacked_bytes: int = 300 * MEGABYTE

    @property
    def megabytes(self) -> int:
        """The size limit as people read it."""
        return self.bytes // MEGABYTE


LIMITS = Limits(bytes=settings.FILES_MAX_MEGABYTES * MEGABYTE)
ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx,.xlsx"
