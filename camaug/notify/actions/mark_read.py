from datetime import datetime
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.notify.models import Message


def mark_read(message_id: UUID, *, by: Actor, at: datetime) -> Message:
    """Note that the person has read his message; the first time stays. NotFound for everybody else's."""
    if by.account_id is None:
        raise NotFound
    mine = Message.objects.filter(pk=message_id, account_id=by.account_id)
    mine.filter(read_at__isnull=True).update(read_at=at)
    message = mine.first()
    if message is None:
        raise NotFound
    return message


def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Note that the person has read all messages that he has now; returns how many were unread."""
    if by.account_id is None:
        raise NotFound
    unread = Message.objects.filter(account_id=by.account_id, read_at__isnull=True)
    return unread.filter(created_at__lte=at).update(read_at=at)
