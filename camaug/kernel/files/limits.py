"""How large an uploaded file may be, in every way that can hurt; said beforehand on the pages that ask for files."""

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """`bytes` of one file; `pages` of a PDF; `pixels` of a picture; entries and unpacked bytes of an office file."""

    bytes: int = 20 * MEGABYTE
    pages: int = 500
    pixels: int = 120_000_000
    entries: int = 5_000
    unpacked_bytes: int = 300 * MEGABYTE

    @property
    def megabytes(self) -> int:
        """The size limit as people read it."""
        return self.bytes // MEGABYTE


LIMITS = Limits(bytes=settings.FILES_MAX_MEGABYTES * MEGABYTE)
ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx,.xlsx"
