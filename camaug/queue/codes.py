"""Codes that cannot be guessed, in letters that nobody mistakes for others."""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12  # 59 bits
PIN_LENGTH = 6


def fresh_code() -> str:
    """Twelve random letters and digits: whoever holds them may open the page."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


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
