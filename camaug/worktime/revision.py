"""The token that tells every process that the calendar changed."""

from datetime import datetime
from uuid import UUID

from camaug.kernel.ids import uuid7
from camaug.worktime.models import CalendarRevision


def renew(*, at: datetime) -> UUID:
    """Give the calendar a new token, in the transaction that changes it; returns the token."""
    token = uuid7()
    CalendarRevision.objects.update_or_create(id=1, defaults={"token": token, "changed_at": at})
    return token


def current() -> UUID | None:
    """The token as this transaction sees it; None before anything was loaded."""
    return CalendarRevision.objects.filter(id=1).values_list("token", flat=True).first()
