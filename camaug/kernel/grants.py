"""What roles grant, and how far: the role book of a day. Its rows are the province's, not the code's."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

ANY_POST = "ANY_POST"
"""Stands in the book as a role that every post carries, but for one that only administers."""
ADMINISTRATOR = "ADMINISTRATOR"
"""Administers the system: no casework can be granted to it, so that nobody reads cases by administering."""
OPERATOR = "OPERATOR"
"""Keeps the installation running: nothing else can be granted to it, neither administering nor casework."""
RUNNING = frozenset({"ui.operate", "kernel.try_again", "gateway.resend"})
"""Permissions over the running of the installation: the operator's role grants no other, and no other role these."""
SET_APART = frozenset({ADMINISTRATOR, OPERATOR})
"""Roles that have accounts of their own: the account's kind bears the role's name."""


class OfficeKind(StrEnum):
    """What an account in office is for: the work of agencies, administering, or keeping the installation running."""

    OFFICER = "OFFICER"
    ADMINISTRATOR = ADMINISTRATOR
    OPERATOR = OPERATOR


def kind_of(role: str) -> OfficeKind:
    """The kind of account in which the role counts."""
    return OfficeKind(role) if role in SET_APART else OfficeKind.OFFICER


def apart(roles: Collection[str], *, kind: str) -> frozenset[str] | None:
    """What counts of a post's roles in an account of that kind; None: the post rests."""
    counted = frozenset(role for role in roles if kind_of(role) == kind)
    return counted if counted or (not roles and kind == OfficeKind.OFFICER) else None


def with_any_post(roles: frozenset[str]) -> frozenset[str]:
    """The roles with what every post carries; a post that only administers or operates does not."""
    return roles if roles and roles <= SET_APART else roles | {ANY_POST}


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
            for role in sorted(with_any_post(roles)):
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
