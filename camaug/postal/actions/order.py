from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.postal.events import OrderAsked
from camaug.postal.lifecycle import OrderKind as OrderKind
from camaug.postal.models import Order
from camaug.postal.models import Party as Party


class LegUnderWay(DomainError):
    """One parcel of a kind travels at a time."""

    sentence = _("The post already has an order for this: {number}.")


@dataclass(frozen=True, slots=True)
class Wish:
    """One leg that is wanted; see Order. `about` is the id of what it is about."""

    kind: OrderKind
    key: str
    about: UUID
    reference: str
    agency_id: UUID
    sender: Party
    receiver: Party
    cod_amount: int = 0


@transaction.atomic
def order(wish: Wish, *, by: Actor, at: datetime, replaces: Order | None = None) -> Order:
    """Have a parcel carried; the carrier is told soon after. Wished twice under one key, it is one order.

    Who may, the part says that knows what it is about. LegUnderWay where another of the kind still travels.
    """
    known = Order.objects.filter(key=wish.key).first()
    if known is not None:
        return known
    before = Order.objects.about(wish.about)
    travelling = before.open().filter(kind=wish.kind).first()
    if travelling is not None:
        raise LegUnderWay(number=travelling.number)
    made = Order.objects.create(
        kind=wish.kind,
        key=wish.key,
        number=f"{wish.reference}-{before.count() + 1}",
        subject_id=wish.about,
        reference=wish.reference,
        agency_id=wish.agency_id,
        sender=wish.sender.as_json(),
        receiver=wish.receiver.as_json(),
        cod_amount=wish.cod_amount,
        replaces=replaces,
        asked_at=at,
        asked_by=by.account_id,
        next_attempt_at=at,
    )
    record(OrderAsked(subject=made.id, about=wish.about, kind=wish.kind), by=by, at=at)
    return made
