"""Archives that are sent while they are made: nothing of them is kept in memory or on a disk."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_PACKED = (".pdf", ".jpg", ".jpeg", ".png", ".zip", ".docx", ".xlsx")


class Outlet(RawIOBase):
    """A file that is only written; what was written is taken away."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, octets: bytes) -> int:  # type: ignore[override]
        self._waiting += octets
        return len(octets)

    def __len__(self) -> int:
        return len(self._waiting)

    def taken(self) -> bytes:
        """What was written since the last time."""
        octets = bytes(self._waiting)
        self._waiting.clear()
        return octets


def zipped(entries: Iterable[tuple[str, Iterable[bytes]]], *, at: datetime) -> Iterator[bytes]:
    """A ZIP archive of these files, each a name and its content; a name is made once."""
    outlet = Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in entries:
            info = ZipInfo(name, date_time=at.timetuple()[:6])
            info.compress_type = ZIP_STORED if name.lower().endswith(_PACKED) else ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as out:
                for octets in content:
                    out.write(octets)
                    yield outlet.taken()
    yield outlet.taken()
