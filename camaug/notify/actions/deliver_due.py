from datetime import datetime, timedelta

from django.conf import settings

from camaug.kernel.actors import Actor
from camaug.kernel.outgoing.sending import BATCH, Answer, Fate, Sending
from camaug.notify.channels.choice import carrier
from camaug.notify.channels.contract import Parcel, Undelivered
from camaug.notify.events import DeliveryGivenUp
from camaug.notify.models import Channel, Delivery, DeliveryState, Message, Reason
from camaug.notify.notices import declared

OLD = timedelta(days=3)  # what waited longer is no news: it stays on the person's page, and officers can send it
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
_FATES = {
    Reason.UNREACHABLE: Fate.SILENT,
    Reason.REFUSED_FOR_NOW: Fate.NOT_NOW,
    Reason.REJECTED: Fate.NEVER,
    Reason.NOT_SET_UP: Fate.SKIPPED,
}


def deliver_due(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Try the deliveries that are due, and write down what became of each; returns how many were claimed.

    A message arrives at least once, and a gateway sends it only once, since its key stays the same from try to try. A
    server that does not answer is asked once in a batch.
    """
    _leave_old_ones(at)
    return _SENDING.send_due(by=by, at=at, batch=batch)


def _leave_old_ones(at: datetime) -> None:
    Delivery.objects.due(at=at - OLD).update(state=DeliveryState.SKIPPED, reason=Reason.TOO_OLD, next_attempt_at=None)


def _try(delivery: Delivery, at: datetime) -> Answer:
    channel = Channel(delivery.channel)
    by_it = carrier(channel)
    if by_it is None:
        return _refusal(Reason.NOT_SET_UP)
    try:
        known_as = by_it.carry(_parcel(delivery, channel), at=at)
    except Undelivered as no:
        return _refusal(no.reason)
    return Answer(Fate.TAKEN, why={"reason": ""}, columns={"gateway_id": known_as, "sent_at": at})


def _refusal(reason: Reason) -> Answer:
    return Answer(_FATES[reason], why={"reason": reason}, columns={"gateway_id": ""})


def _parcel(delivery: Delivery, channel: Channel) -> Parcel:
    message = delivery.message
    if channel == Channel.SMS:
        return Parcel(key=delivery.key, to=message.phone, title="", text=message.sms)
    link = _opening(message) or (f"{settings.SITE_URL}{message.link}" if settings.SITE_URL and message.link else "")
    return Parcel(key=delivery.key, to=message.email, title=message.title, text=message.body, link=link)


def _opening(message: Message) -> str:
    """The link of a notice that lets somebody in, made now."""
    notice = declared().get(message.notice)
    if notice is None or notice.opens is None or message.subject_id is None:
        return ""
    return f"{settings.SITE_URL or settings.PUBLIC_URL}{notice.opens(message.subject_id)}"


def _given_up(delivery: Delivery, answer: Answer) -> DeliveryGivenUp:
    return DeliveryGivenUp(
        subject=delivery.message_id,
        channel=delivery.channel,
        reason=str(answer.why["reason"]),
        attempts=delivery.attempts,
    )


_SENDING = Sending(
    due=lambda at: Delivery.objects.due(at=at).select_related("message"),
    attempt=_try,
    given_up=_given_up,
    pauses=PAUSES,
    road=lambda delivery: delivery.channel,
)
