"""Whole numbers as administrators type them."""


def read_number(text: str, least: int, most: int) -> int | None:
    """The number; None where it is none or lies outside."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        return None
    return int(digits) if least <= int(digits) <= most else None
