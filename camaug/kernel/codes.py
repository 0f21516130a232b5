"""Codes that cannot be guessed, in letters that nobody mistakes for others."""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12  # 59 bits


def fresh_code() -> str:
    """Twelve random letters and digits: whoever holds them may open the page."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code as it was typed, with blanks, hyphens and small letters; "" where it has not the shape of one."""
    code = re.sub(r"[\s-]", "", typed).upper()
    return code if re.fullmatch(rf"[{LETTERS}]{{{LENGTH}}}", code) else ""
