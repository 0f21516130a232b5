"""Questions about messages; answers are frozen dataclasses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.access.contacts import known_contact
from camaug.access.letters import Fate
from camaug.access.queries import reach
from camaug.kernel.paging import Page, page_of
from camaug.notify.account_notices import INVITED
from camaug.notify.models import TO_TRY, Channel, Delivery, DeliveryState, Message, Preference, Reason, TrayMessage
from camaug.notify.names import CHANNELS, REASONS, STATES


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as its reader sees it. `link` is a path, "" where it leads nowhere."""

    id: UUID
    title: str
    body: str
    link: str
    at: datetime
    read: bool
    subject_id: UUID | None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """What became of a message on one channel, in symbols and in words.

    `address`: where it goes, "" where it stands on the recipient's own page. `key`: by which the gateway knows it.
    """

    message_id: UUID
    channel: Channel
    address: str
    key: UUID
    channel_label: Any
    state: DeliveryState
    state_label: Any
    reason_label: Any
    attempts: int
    next_attempt_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether an account wants a channel; `address` is where it leads, "" where the account has none."""

    channel: Channel
    label: Any
    address: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class TrayView:
    """What the demonstration would have sent."""

    contact: str
    title: str
    text: str
    at: datetime


def messages_of(account_id: UUID, *, token: str = "", size: int = 20) -> Page[MessageView]:
    """An account's messages, the latest first, a page at a time."""
    page = page_of(
        Message.objects.filter(account_id=account_id), key="created_at", token=token, size=size, descending=True
    )
    return Page(rows=tuple(_view(row) for row in page.rows), older=page.older, newer=page.newer)


def unread_count(account_id: UUID) -> int:
    """How many of the account's messages have not been read."""
    return Message.objects.filter(account_id=account_id, read_at__isnull=True).count()


def messages_about(subject_id: UUID) -> tuple[MessageView, ...]:
    """Everything told about one thing (a case), the latest first; to be asked only for one who may see the thing."""
    return tuple(_view(row) for row in Message.objects.filter(subject_id=subject_id).order_by("-created_at", "-id"))


def deliveries(*message_ids: UUID) -> tuple[DeliveryView, ...]:
    """What became of the messages, by message and channel."""
    rows = Delivery.objects.select_related("message").filter(message_id__in=message_ids)
    rows = rows.order_by("message_id", "channel")
    return tuple(_delivery_view(row) for row in rows)


def unsent_letters() -> dict[UUID, Fate]:
    """The invitations whose letters have not arrived by mail, and whether they still may."""
    letters = Delivery.objects.filter(message__notice=INVITED.code, channel=Channel.EMAIL)
    rows = letters.exclude(state=DeliveryState.SENT).values_list("message__subject_id", "state")
    return {subject: Fate.WAITING if state in TO_TRY else Fate.LOST for subject, state in rows if subject}


def wishes(account_id: UUID) -> tuple[Wish, ...]:
    """The channels that an account may switch off, each with its address."""
    own = reach(account_id)
    addresses = {Channel.EMAIL: own.email, Channel.SMS: own.phone}
    refused = set(Preference.objects.filter(account_id=account_id, wanted=False).values_list("channel", flat=True))
    return tuple(
        Wish(
            channel=channel,
            label=CHANNELS[channel],
            address=str(known_contact(address)) if address else "",
            wanted=channel not in refused,
        )
        for channel, address in addresses.items()
    )


def tray(limit: int = 50) -> Sequence[TrayView]:
    """The latest that the demonstration would have sent, codes and messages alike."""
    rows = TrayMessage.objects.order_by("-sent_at", "-id")[:limit]
    return [TrayView(str(known_contact(row.contact)), row.title, row.text, row.sent_at) for row in rows]


def _view(row: Message) -> MessageView:
    return MessageView(
        id=row.id,
        title=row.title,
        body=row.body,
        link=row.link,
        at=row.created_at,
        read=row.read_at is not None,
        subject_id=row.subject_id,
    )


def _delivery_view(row: Delivery) -> DeliveryView:
    channel, state = Channel(row.channel), DeliveryState(row.state)
    address = {Channel.EMAIL: row.message.email, Channel.SMS: row.message.phone}.get(channel, "")
    return DeliveryView(
        message_id=row.message_id,
        channel=channel,
        address=str(known_contact(address)) if address else "",
        key=row.key,
        channel_label=CHANNELS[channel],
        state=state,
        state_label=STATES[state],
        reason_label=REASONS[Reason(row.reason)] if row.reason else "",
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        sent_at=row.sent_at,
    )
