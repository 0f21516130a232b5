"""Personal facts shown to somebody who holds only a code."""


def masked_name(full_name: str) -> str:
    """The given name with the initials before it: “Nguyễn Thị Lan” gives “N. T. Lan”."""
    *before, given = full_name.split() or [""]
    return " ".join([*(f"{word[0]}." for word in before), given])
