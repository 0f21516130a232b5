"""Who may open accounts for others and activate them."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission

ADMINISTRATOR = "ADMINISTRATOR"


def _administrator(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role(ADMINISTRATOR)


ADMINISTER = Permission[None](
    "access.administer", _("Only an administrator may open and activate accounts."), _administrator
)
