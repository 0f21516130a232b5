from pathlib import Path

from camaug.kernel.grants import Reach
from camaug.people.profile.reading import read

type Line = tuple[str, str, Reach]


def read_grants(profile: Path) -> tuple[Line, ...]:
    """The role book as the profile begins it: role, code of the permission, how far."""
    return tuple(
        (role, code, Reach(reach))
        for role, granted in read(profile, "grants").items()
        for reach, codes in granted.items()
        for code in codes
    )
