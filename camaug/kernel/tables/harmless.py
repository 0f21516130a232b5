"""Text that a spreadsheet program takes for a formula gets an apostrophe in front, and loses it when read again."""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text as it may stand in a cell of a file that others open (OWASP: CSV injection)."""
    return f"'{text}" if _runs(text) else text


def undone(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if text[:1] == "'" and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    """Apostrophes in front count as ours, so that each text comes back as it was."""
    return text.lstrip("'").startswith(_BEGINNINGS)
