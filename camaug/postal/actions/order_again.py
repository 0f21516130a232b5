from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.postal.actions.order import Wish, order
from camaug.postal.lifecycle import AGAIN, OrderKind
from camaug.postal.models import Order, Party
from camaug.postal.policy import ORDER_AGAIN


class NothingToRepeat(DomainError):
    """Only what was given up, cancelled or came back goes once more."""

    sentence = _("This parcel has not come back, so it is not sent once more.")


class PartiesErased(DomainError):
    """Between whom an old parcel went is not kept."""

    sentence = _("The addresses of this parcel were erased after their term, so it cannot be sent once more.")


@transaction.atomic
def order_again(
    order_id: UUID, *, by: Actor, at: datetime, sender: Party | None = None, receiver: Party | None = None
) -> Order:
    """Have a parcel go once more that nobody carried or that came back, perhaps between others. NotFound,
    NothingToRepeat, PartiesErased. Asked twice, it goes once.
    """
    before = Order.objects.select_for_update().filter(pk=order_id).first()
    if before is None:
        raise NotFound
    ORDER_AGAIN.check(by, before)
    if before.state not in AGAIN:
        raise NothingToRepeat
    if before.erased_at and not (sender and receiver):
        raise PartiesErased
    wish = Wish(
        kind=OrderKind(before.kind),
        key=f"again:{before.id}",
        about=before.subject_id,
        reference=before.reference,
        agency_id=before.agency_id,
        sender=sender or Party(**before.sender),
        receiver=receiver or Party(**before.receiver),
        cod_amount=before.cod_amount,
    )
    return order(wish, by=by, at=at, replaces=before)
