from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.queries import reach
from camaug.kernel.actors import Actor
from camaug.notify.models import Channel, Delivery, DeliveryState, Message, Preference, Reason
from camaug.notify.notices import Notice, Said
from camaug.notify.texts import texts_of

DEFAULT_LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: an account, and where else he asked to be reached; "" falls back to the account's own contact."""

    account_id: UUID | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class _Reached:
    account_id: UUID | None
    phone: str
    email: str
    language: str

    @property
    def key(self) -> str:
        return f"account:{self.account_id}" if self.account_id else self.phone or self.email


def tell(
    notice: Notice,
    *,
    fact: UUID,
    to: Recipient,
    words: Mapping[str, Said],
    by: Actor,  # noqa: ARG001 (who caused the fact stands in the fact's own event)
    at: datetime,
    link: str = "",
    subject_id: UUID | None = None,
) -> UUID | None:
    """Write the message about a fact down, once a recipient, and have it carried by every channel that is wanted.

    `fact` is the event's id; telling it again changes nothing. `link` is a path of this site. Returns the message's id;
    None where nobody can be reached or the province has no text for this notice that day.
    """
    reached = _in_app(_reached(to)) if notice.in_app_only else _reached(to)
    if not reached.key:
        return None
    texts = texts_of(notice.code, at=at)
    language = reached.language if reached.language in texts else DEFAULT_LANGUAGE
    if language not in texts:
        return None
    filled = texts[language].filled(words, language=language)
    with transaction.atomic():
        message, new = Message.objects.get_or_create(
            fact_id=fact,
            notice=notice.code,
            recipient=reached.key,
            defaults={
                "subject_id": subject_id,
                "account_id": reached.account_id,
                "phone": reached.phone,
                "email": reached.email,
                "language": language,
                "title": filled.title,
                "body": filled.body,
                "sms": filled.sms,
                "link": link,
                "created_at": at,
            },
        )
        if new:
            Delivery.objects.bulk_create(_deliveries(message, at, refusable=not notice.must_arrive))
    return message.id


def _reached(to: Recipient) -> _Reached:
    if to.account_id is None:
        return _Reached(None, to.phone, to.email, DEFAULT_LANGUAGE)
    own = reach(to.account_id)
    return _Reached(own.account_id, to.phone or own.phone, to.email or own.email, own.language)


def _in_app(reached: _Reached) -> _Reached:
    """Without the ways that lead out of the app."""
    return replace(reached, phone="", email="")


def _deliveries(message: Message, at: datetime, *, refusable: bool) -> list[Delivery]:
    refused = set[str]()
    if message.account_id and refusable:
        wishes = Preference.objects.filter(account_id=message.account_id, wanted=False)
        refused = set(wishes.values_list("channel", flat=True))
    return [_delivery(message, channel, at, refused=channel in refused) for channel in _open_channels(message)]


def _open_channels(message: Message) -> list[Channel]:
    open_ones = {
        Channel.IN_APP: bool(message.account_id),
        Channel.EMAIL: bool(message.email),
        Channel.SMS: bool(message.phone and message.sms),
    }
    return [channel for channel, is_open in open_ones.items() if is_open]


def _delivery(message: Message, channel: Channel, at: datetime, *, refused: bool) -> Delivery:
    if channel == Channel.IN_APP:
        return Delivery(message=message, channel=channel, state=DeliveryState.SENT, sent_at=at, attempts=1)
    if refused:
        return Delivery(message=message, channel=channel, state=DeliveryState.SKIPPED, reason=Reason.NOT_WANTED)
    return Delivery(message=message, channel=channel, next_attempt_at=at)
