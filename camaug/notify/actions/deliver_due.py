from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.notify.channels.choice import carrier
from camaug.notify.channels.contract import Parcel, Undelivered
from camaug.notify.events import DeliveryGivenUp
from camaug.notify.models import Channel, Delivery, DeliveryState, Reason

BATCH = 20
LEASE = timedelta(minutes=5)  # longer than a batch can take; after a crash the row is tried again then
OLD = timedelta(days=3)  # what waited longer is no news: it stays on the person's page, and officers can send it
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one try gave; `reason` is None where it arrived."""

    reason: Reason | None = None
    gateway_id: str = ""


def deliver_due(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Try the deliveries that are due, and write down what became of each; returns how many were tried.

    No transaction is open while a server is waited for: rows are claimed for a while first. Who dies in between leaves
    them to the next, under the same key, so that a message arrives at least once and a gateway sends it only once. A
    server that does not answer is asked once in a batch.
    """
    silent: set[str] = set()
    _leave_old_ones(at)
    claimed = _claim(at, batch)
    for delivery in claimed:
        outcome = _Outcome(Reason.UNREACHABLE) if delivery.channel in silent else _try(delivery, at)
        if outcome.reason == Reason.UNREACHABLE:
            silent.add(delivery.channel)
        _settle(delivery, outcome, by, at)
    return len(claimed)


def _leave_old_ones(at: datetime) -> None:
    Delivery.objects.due(at=at - OLD).update(state=DeliveryState.SKIPPED, reason=Reason.TOO_OLD, next_attempt_at=None)


def _claim(at: datetime, batch: int) -> list[Delivery]:
    with transaction.atomic():
        due = Delivery.objects.due(at=at).select_related("message")
        claimed = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
        for delivery in claimed:
            delivery.attempts += 1
            delivery.next_attempt_at = at + LEASE
        Delivery.objects.bulk_update(claimed, ["attempts", "next_attempt_at"])
    return claimed


def _try(delivery: Delivery, at: datetime) -> _Outcome:
    channel = Channel(delivery.channel)
    by_it = carrier(channel)
    if by_it is None:
        return _Outcome(Reason.NOT_SET_UP)
    try:
        return _Outcome(gateway_id=by_it.carry(_parcel(delivery, channel), at=at))
    except Undelivered as no:
        return _Outcome(no.reason)


def _parcel(delivery: Delivery, channel: Channel) -> Parcel:
    message = delivery.message
    if channel == Channel.SMS:
        return Parcel(key=delivery.key, to=message.phone, title="", text=message.sms)
    link = f"{settings.SITE_URL}{message.link}" if settings.SITE_URL and message.link else ""
    return Parcel(key=delivery.key, to=message.email, title=message.title, text=message.body, link=link)


def _settle(delivery: Delivery, outcome: _Outcome, by: Actor, at: datetime) -> None:
    """Write the outcome down, unless somebody else has taken the row over meanwhile."""
    state = _state_after(delivery.attempts, outcome)
    changes = {
        "state": state,
        "reason": outcome.reason or "",
        "gateway_id": outcome.gateway_id,
        "sent_at": at if state == DeliveryState.SENT else None,
        "next_attempt_at": at + PAUSES[delivery.attempts - 1] if state == DeliveryState.FAILED else None,
    }
    with transaction.atomic():
        mine = Delivery.objects.filter(pk=delivery.pk, key=delivery.key, attempts=delivery.attempts)
        if mine.update(**changes) and state == DeliveryState.GIVEN_UP:
            record(_given_up(delivery.message_id, delivery, outcome), by=by, at=at)


def _state_after(attempts: int, outcome: _Outcome) -> DeliveryState:
    if outcome.reason is None:
        return DeliveryState.SENT
    if outcome.reason == Reason.NOT_SET_UP:
        return DeliveryState.SKIPPED
    last = outcome.reason == Reason.REJECTED or attempts > len(PAUSES)
    return DeliveryState.GIVEN_UP if last else DeliveryState.FAILED


def _given_up(message_id: UUID, delivery: Delivery, outcome: _Outcome) -> DeliveryGivenUp:
    return DeliveryGivenUp(
        subject=message_id,
        channel=delivery.channel,
        reason=outcome.reason.value if outcome.reason else "",
        attempts=delivery.attempts,
    )
