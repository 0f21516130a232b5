"""Who may take a leg back or have it gone again."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission
from camaug.postal.models import Order

CLERK = "ONE_STOP_CLERK"


def _office(actor: Actor, order: Order) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role(CLERK, unit_id=order.agency_id)


def _office_or_asker(actor: Actor, order: Order) -> bool:
    asked = actor.account_id is not None and order.asked_by == actor.account_id
    return asked or _office(actor, order)


CANCEL = Permission[Order](
    "postal.cancel",
    _("Only who ordered it, or the one-stop unit, cancels an order of the post."),
    _office_or_asker,
)
ORDER_AGAIN = Permission[Order]("postal.order_again", _("Only the one-stop unit has a parcel sent once more."), _office)
