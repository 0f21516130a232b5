"""Who may change what the province's procedures say."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission

ADMINISTRATOR = "ADMINISTRATOR"


def _administrator(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role(ADMINISTRATOR)


EDIT = Permission[None]("catalogue.edit", _("Only an administrator may change what procedures say."), _administrator)
PUBLISH = Permission[None](
    "catalogue.publish", _("Only an administrator may schedule or withdraw a version of a procedure."), _administrator
)
