"""What is typed or scanned at a kiosk: the code of an appointment, or its six digits."""

import re
import secrets

from camaug.kernel.codes import LENGTH, LETTERS

PIN_LENGTH = 6


def fresh_pin() -> str:
    """Six random digits, as they are typed at a kiosk."""
    return f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}d}"


def read_typed(typed: str) -> tuple[str, str]:
    """(code, pin), one of them empty: what was typed or scanned, the six digits, the code or the whole address."""
    last = [part for part in re.split(r"[/\s]+", typed.strip()) if part]
    joined = re.sub(r"[\s-]", "", typed)
    if re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", joined):
        return "", joined
    code = last[-1].upper() if last else ""
    return (code, "") if re.fullmatch(rf"[{LETTERS}]{{{LENGTH}}}", code) else ("", "")
