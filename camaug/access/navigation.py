from django.utils.translation import gettext_lazy as _

from camaug.access.queries import account_facts
from camaug.kernel.actors import Actor, ActorKind
from camaug.ui import asides
from camaug.ui.navigation import register


def _stranger(actor: Actor) -> bool:
    return actor.kind == ActorKind.ANONYMOUS


def _signed_in(actor: Actor) -> bool:
    return actor.kind in (ActorKind.PUBLIC, ActorKind.STAFF)


register("portal", label=_("Sign in"), url="access:sign_in", group="account", order=900, shown=_stranger)
register("portal", label=_("Sign out"), url="access:sign_out", group="account", order=910, shown=_signed_in)
register(
    "portal", label=_("Officers' sign-in"), url="access:officer_sign_in", group="footer", order=900, shown=_stranger
)
register("desk", label=_("Sign out"), url="access:sign_out", group=_("Account"), order=910, shown=_signed_in)
asides.register("officer", account_facts)
