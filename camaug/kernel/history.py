"""What has happened to one thing, for the page that shows its history; and whether it is still as a form showed it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.kernel.models import EventRecord
from camaug.kernel.paging import Page, page_of

ROWS = 30


class ChangedMeanwhile(DomainError):
    """Somebody else changed the thing after the form was shown."""

    sentence = _("{name} changed this while you were writing. Look at what holds now, then write it again.")


def history_of(subject_id: UUID, *, token: str = "", size: int = ROWS) -> Page[EventRecord]:
    """The events about one thing, the latest first."""
    rows = EventRecord.objects.filter(subject_id=subject_id)
    return page_of(rows, key="at", token=token, size=size, descending=True)


def revision_of(subject_id: UUID) -> int:
    """How often something has happened to the thing; a form carries it as `seen`."""
    return EventRecord.objects.filter(subject_id=subject_id).count()


def check_seen(subject_id: UUID, seen: int | None) -> None:
    """Raise ChangedMeanwhile where more has happened than the form knew of; None: nothing was shown.

    Called under the lock by which the action holds the thing.
    """
    if seen is not None and revision_of(subject_id) != seen:
        last = EventRecord.objects.filter(subject_id=subject_id).order_by("-recorded_at", "-id").first()
        raise ChangedMeanwhile(name=(last.actor_name if last else "") or _("Somebody else"))
