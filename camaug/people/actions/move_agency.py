from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.begin_term import begin_term, lock_agency, term_on
from camaug.people.actions.found_agency import ParentNotThere
from camaug.people.events import AgencyMoved
from camaug.people.models import DirectoryRevision
from camaug.people.policy import ADMINISTER
from camaug.people.queries.directory import directory


class UnderItself(DomainError):
    """The agency would stand under itself or under one of its own units."""

    sentence = _("An agency cannot stand under itself or one of its own units.")


def move_agency(
    agency_id: UUID, *, parent_id: UUID, from_date: date, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Put an agency under another one from a day on.

    Raises NotFound, AgencyNotThere, ParentNotThere, UnderItself, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        # Two moves at once could each be sound and together make a ring, so moves wait for each other.
        DirectoryRevision.objects.select_for_update().filter(id=1).first()
        lock_agency(agency_id)
        check_seen(agency_id, seen)
        then = directory(from_date)
        if parent_id not in then:
            raise ParentNotThere
        if agency_id == parent_id or agency_id in {above.id for above in then.above(parent_id)}:
            raise UnderItself
        earlier = term_on(agency_id, from_date).parent_id
        begin_term(agency_id, from_date=from_date, parent_id=parent_id)
        moved = AgencyMoved(subject=agency_id, parent=parent_id, from_date=from_date, earlier=earlier)
        record(moved, by=by, at=at)
