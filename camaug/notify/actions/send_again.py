from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7
from camaug.notify.events import MessageSentAgain
from camaug.notify.models import Channel, Delivery, DeliveryState, Message
from camaug.notify.policy import SEND_AGAIN


class NoAddress(DomainError):
    """The person gave no address for this channel."""

    sentence = _("There is no address to which this message could go by this channel.")


class SentInTheMeantime(DomainError):
    """The form was made before the message was sent again."""

    sentence = _("This message has been sent again in the meantime.")


def send_again(
    message_id: UUID, *, channel: Channel, by: Actor, at: datetime, instead_of: UUID | None = None
) -> Delivery:
    """Send a message once more by e-mail or SMS, whatever became of it before, with all tries and under a new key.

    `instead_of`: the key of the delivery that the sender looked at. NotAllowed for all but officers, NotFound,
    NoAddress, SentInTheMeantime where that key no longer holds.
    """
    SEND_AGAIN.check(by, None)
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id).first()
        if message is None:
            raise NotFound
        if not {Channel.EMAIL: message.email, Channel.SMS: message.phone}.get(channel):
            raise NoAddress
        if instead_of and not message.deliveries.filter(channel=channel, key=instead_of).exists():
            raise SentInTheMeantime
        anew = {
            "state": DeliveryState.WAITING,
            "key": uuid7(),
            "attempts": 0,
            "next_attempt_at": at,
            "reason": "",
            "gateway_id": "",
            "sent_at": None,
        }
        delivery, _new = Delivery.objects.update_or_create(message=message, channel=channel, defaults=anew)
        record(MessageSentAgain(subject=message.id, channel=channel), by=by, at=at)
    return delivery
