"""Who may have other systems told again."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission


def _administrator(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role("ADMINISTRATOR")


RESEND = Permission[None](
    "gateway.resend", _("Only an administrator has the national portal told again."), _administrator
)
