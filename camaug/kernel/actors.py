"""Who acts. Grants are loaded once, so that rules stay pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from camaug.kernel.grants import SET_APART, Grants, Reach, standing_book


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
    `grants` are what its roles grant at that instant; None: what they grant in the standing book.
    """

    id: UUID
    unit_id: UUID
    title: str
    roles: frozenset[str]
    instead_of: str = ""
    leads: frozenset[UUID] = frozenset()
    grants: Grants | None = field(default=None, hash=False)

    def reach_of(self, code: str) -> Reach | None:
        """How far the post is granted the permission; None: not at all."""
        granted = standing_book().of(self.roles) if self.grants is None else self.grants
        return granted.get(code)

    def is_granted(self, code: str, *, unit_id: UUID | None = None) -> bool:
        """Whether the permission is granted for that unit or (None) for any: beyond the post's own turns."""
        reach = self.reach_of(code)
        if reach is None or reach == Reach.OWN:
            return False
        if unit_id in (None, self.unit_id) or reach == Reach.PROVINCE:
            return True
        return reach != Reach.AGENCY and unit_id in self.leads


@dataclass(frozen=True, slots=True)
class Mandated:
    """What somebody else has let the actor do for him: a mandate that holds at that instant, and its acts."""

    id: UUID
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the posts held at that instant. Own posts come before those stood in for.

    `own`: under which ids and numbers the registers know a member of staff himself, and whom he acts for in private.
    `by_word`: nothing but the account's own word says that its owner is that person.
    `represents` are the organisations, `mandates` the mandates of people, for whom he may act at that instant.
    """

    kind: ActorKind
    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    posts: tuple[Post, ...] = field(default=())
    origin: str = ""
    own: frozenset[str] = frozenset()
    represents: frozenset[UUID] = frozenset()
    mandates: tuple[Mandated, ...] = ()
    by_word: bool = False

    @property
    def proven_id(self) -> UUID | None:
        """The person, where more than a word says so: only then is what stands under that person the actor's own."""
        return None if self.by_word else self.person_id

    def mandates_for(self, act: str) -> list[UUID]:
        """The mandates under which the actor may do this for somebody else."""
        return [one.id for one in self.mandates if act in one.acts]

    def post_granted(self, code: str, *unit_ids: UUID | None) -> Post | None:
        """The actor's first post that is granted the permission for one of these units (None: no unit), or None."""
        units = [unit for unit in unit_ids if unit]
        return next((p for unit in units for p in self.posts if p.is_granted(code, unit_id=unit)), None)

    def may(self, *codes: str) -> bool:
        """Whether a post is granted one of these permissions for any unit."""
        return any(post.is_granted(code) for post in self.posts for code in codes)

    def units_of(self, code: str) -> frozenset[UUID]:
        """The units for which a post is granted the permission: its own, and those it leads where it reaches so far."""
        found = set[UUID]()
        for post in self.posts:
            if post.is_granted(code):
                found |= {post.unit_id, *(post.leads if post.reach_of(code) != Reach.AGENCY else ())}
        return frozenset(found)

    def has_role(self, role: str, *, unit_id: UUID | None = None) -> bool:
        """Whether any post carries the role, in that unit or (None) anywhere."""
        return any(role in p.roles and unit_id in (None, p.unit_id) for p in self.posts)

    @property
    def works_in_agencies(self) -> bool:
        """Whether a post does an agency's work, rather than only administer or keep the installation running."""
        return any(not post.roles or not post.roles <= SET_APART for post in self.posts)

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
