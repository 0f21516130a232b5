"""Who acts. Grants are loaded once, so that rules stay pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """What sort of actor: the system itself, staff, a member of the public, or nobody known."""

    SYSTEM = "SYSTEM"
    STAFF = "STAFF"
    PUBLIC = "PUBLIC"
    ANONYMOUS = "ANONYMOUS"


@dataclass(frozen=True, slots=True)
class Post:
    """A post that the actor fills now, as its holder or instead of an absent one.

    `instead_of` is the absent holder's name; empty for one's own post. `leads` are further units that the post leads.
    """

    id: UUID
    unit_id: UUID
    title: str
    roles: frozenset[str]
    instead_of: str = ""
    leads: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the posts held at that instant. Own posts come before those stood in for."""

    kind: ActorKind
    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    posts: tuple[Post, ...] = field(default=())
    origin: str = ""

    def post_with(self, role: str, *, unit_id: UUID) -> Post | None:
        """The actor's first post in that unit that carries the role, or None."""
        return next((p for p in self.posts if p.unit_id == unit_id and role in p.roles), None)

    def has_role(self, role: str, *, unit_id: UUID | None = None) -> bool:
        """Whether any post carries the role, in that unit or (None) anywhere."""
        return any(role in p.roles and unit_id in (None, p.unit_id) for p in self.posts)

    @property
    def unit_ids(self) -> frozenset[UUID]:
        """The units in which the actor holds a post."""
        return frozenset(p.unit_id for p in self.posts)

    @property
    def led_unit_ids(self) -> frozenset[UUID]:
        """Further units that a post of the actor leads."""
        return frozenset[UUID]().union(*(p.leads for p in self.posts))

    @property
    def post(self) -> Post | None:
        """The actor's first own post."""
        return self.posts[0] if self.posts else None


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="CaMau-G")
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
