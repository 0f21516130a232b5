"""Passwords that attackers try first: found in a sorted file without reading it whole.

`breached.txt`, which stands in where no larger file is set, holds what is tried here first, and of the commonest of
SecLists (MIT) the first 5,000 of at least 8 and of at least 14 characters: scripts/gather-common-passwords.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_DIGITS = 40


def is_breached(password: str) -> bool:
    """Whether the password stands in the file of the setting BREACHED_PASSWORDS.

    One SHA-1 a line in hexadecimal, sorted, each with ":count" behind it or not, as Have I Been Pwned hands them out.
    """
    # SHA-1 is the list's own; nothing is kept under it.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    return _first_from(wanted, Path(settings.BREACHED_PASSWORDS)) == wanted


def _first_from(wanted: bytes, path: Path) -> bytes:
    """The first digest of the file that is not before this one; some forty short reads in a file of 40 GB."""
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            _to_line(file, middle)
            line = file.readline()
            if line and line[:_DIGITS].upper() < wanted:
                low = middle + 1
            else:
                high = middle
        _to_line(file, low)
        return file.readline()[:_DIGITS].upper()


def _to_line(file: BinaryIO, offset: int) -> None:
    """To the first line that begins there or later."""
    file.seek(max(offset - 1, 0))
    if offset:
        file.readline()
