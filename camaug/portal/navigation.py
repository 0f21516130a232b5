from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.ui.navigation import register


def _member(actor: Actor) -> bool:
    return actor.kind == ActorKind.PUBLIC and actor.person_id is not None


register("portal", label=_("Procedures"), url="portal:procedures", order=10)
register("portal", label=_("My data"), url="portal:own_data", group="footer", order=775, shown=_member)
register("portal", label=_("Offices"), url="catalogue:agencies", order=30)
