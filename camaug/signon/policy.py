"""Who may register systems, and who may enter them."""

from dataclasses import dataclass

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


def entrance(system: System) -> Entrance:
    """Of a system, as the rule wants to know it."""
    return Entrance(system.audience, frozenset(system.roles))


def _may_enter(actor: Actor, entrance: Entrance) -> bool:
    if actor.kind == ActorKind.STAFF and actor.posts and entrance.audience != Audience.MEMBERS:
        return not entrance.roles or any(entrance.roles & post.roles for post in actor.posts)
    return actor.kind == ActorKind.PUBLIC and actor.person_id is not None and entrance.audience != Audience.STAFF


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
