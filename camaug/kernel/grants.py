"""What roles grant, and how far: the role book of a day. Its rows are the province's, not the code's."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

ANY_POST = "ANY_POST"
"""Stands in the book as a role that every post carries, but for one that only administers."""
ADMINISTRATOR = "ADMINISTRATOR"
"""Administers the system: no casework can be granted to it, so that nobody reads cases by administering."""


def apart(roles: Collection[str], *, administers: bool) -> frozenset[str] | None:
    """What counts of a post's roles, where whoever fills it `administers` by one of his posts; None: the post rests.

    No account both administers and works on cases. Where one was given both all the same, it administers.
    """
    if not administers:
        return frozenset(roles)
    return frozenset({ADMINISTRATOR}) if ADMINISTRATOR in roles else None


class Reach(StrEnum):
    """How far a grant goes, the narrowest first.

    OWN: where it is the post's turn; AGENCY: in the post's agency; LED: there and in the divisions that the post leads;
    BELOW: there and in all agencies under it; PROVINCE: everywhere.
    """

    OWN = "OWN"
    AGENCY = "AGENCY"
    LED = "LED"
    BELOW = "BELOW"
    PROVINCE = "PROVINCE"

    @property
    def rank(self) -> int:
        """0 for the narrowest."""
        return list(Reach).index(self)


type Grants = Mapping[str, Reach]


class RoleBook:
    """The book as of a day: which permissions, by code, each role grants, and how far."""

    def __init__(self, grants: Iterable[tuple[str, str, Reach]] = ()) -> None:
        self._by_role: dict[str, dict[str, Reach]] = {}
        self._of: dict[frozenset[str], Grants] = {}
        for role, code, reach in grants:
            self._by_role.setdefault(role, {})[code] = reach

    def reach(self, role: str, code: str) -> Reach | None:
        """How far the role grants the permission; None: not at all."""
        return self._by_role.get(role, {}).get(code)

    def roles_granting(self, code: str) -> dict[str, Reach]:
        """The roles that grant the permission, with how far."""
        return {role: granted[code] for role, granted in self._by_role.items() if code in granted}

    def of(self, roles: frozenset[str]) -> Grants:
        """What a post with these roles is granted: of each permission the widest reach."""
        if roles not in self._of:
            found: dict[str, Reach] = {}
            for role in sorted(roles if roles == {ADMINISTRATOR} else roles | {ANY_POST}):
                for code, reach in self._by_role.get(role, {}).items():
                    found[code] = max(reach, found.get(code, reach), key=lambda one: one.rank)
            self._of[roles] = found
        return self._of[roles]


_standing = RoleBook()


def standing_book() -> RoleBook:
    """The book that posts without grants of their own go by: an empty one, unless another was put here."""
    return _standing


def stand(book: RoleBook) -> None:
    """Let posts that nobody loaded go by this book."""
    global _standing
    _standing = book
