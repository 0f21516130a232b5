"""Who may take a leg back or have it gone again."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission
from camaug.postal.models import Order


def _cancels(actor: Actor, order: Order) -> bool:
    asked = actor.account_id is not None and order.asked_by == actor.account_id
    return asked or _office(actor, order, "postal.cancel")


def _orders_again(actor: Actor, order: Order) -> bool:
    return _office(actor, order, "postal.order_again")


def _office(actor: Actor, order: Order, code: str) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.post_granted(code, order.agency_id) is not None


CANCEL = Permission[Order](
    "postal.cancel",
    _("Only who ordered it, or the one-stop unit, cancels an order of the post."),
    _cancels,
    _("Cancel an order of the post"),
    (Reach.AGENCY,),
    casework=True,
)
ORDER_AGAIN = Permission[Order](
    "postal.order_again",
    _("Only the one-stop unit has a parcel sent once more."),
    _orders_again,
    _("Have a parcel sent once more"),
    (Reach.AGENCY,),
    casework=True,
)
