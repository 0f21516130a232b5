from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.ui.navigation import register


def _member(actor: Actor) -> bool:
    return actor.kind == ActorKind.PUBLIC and actor.person_id is not None


register("portal", label=_("Follow an application"), url="citizen:follow", order=50)
register("portal", label=_("My applications"), url="citizen:my_cases", group="account", order=100, shown=_member)
