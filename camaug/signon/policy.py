"""Who may register systems, and who may enter them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted
from camaug.signon.models import Audience, System


@dataclass(frozen=True, slots=True)
class Entrance:
    """Whom a system lets in."""

    audience: str
    roles: frozenset[str]

    def admits_staff(self, posts: Collection[frozenset[str]]) -> bool:
        """Whether it lets in whoever fills posts with these roles; one post more never shuts him out."""
        if not posts or self.audience == Audience.MEMBERS:
            return False
        return not self.roles or any(not self.roles.isdisjoint(roles) for roles in posts)

    def admits_public(self, person_id: UUID | None) -> bool:
        """Whether it lets in a member of the public who has said, or not (None), which person he is."""
        return person_id is not None and self.audience != Audience.STAFF


def entrance(system: System) -> Entrance:
    """Of a system, as the rule wants to know it."""
    return Entrance(system.audience, frozenset(system.roles))


def _may_enter(actor: Actor, entrance: Entrance) -> bool:
    if actor.kind == ActorKind.STAFF:
        return entrance.admits_staff([post.roles for post in actor.posts])
    return actor.kind == ActorKind.PUBLIC and entrance.admits_public(actor.person_id)


REGISTER = Permission[None](
    "signon.register",
    _("Only an administrator may register systems."),
    granted("signon.register"),
    _("Register other systems for one sign-in"),
    (Reach.PROVINCE,),
)
ENTER = Permission[Entrance](
    "signon.enter", _("This system is not open to you."), _may_enter, _("Enter another system with one sign-in")
)
