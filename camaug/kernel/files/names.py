"""File names that can be shown, kept and sent in a header."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 100
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/\x00-\x1f\x7f]')


def tidy(file_name: str, *, ending: str = "") -> str:
    """The last part of the path in NFC without control or invisible characters, at most 100 characters.

    `ending` is added where the name has none; a name with nothing left becomes "tệp".
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", file_name))[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    name = re.sub(r"\s+", " ", _NOT_IN_NAMES.sub("_", visible)).strip(" .") or "tệp"
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    if not suffix and ending:
        suffix = f".{ending}"
    return f"{stem[: LONGEST - len(suffix)]}{suffix}"
