from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.agency_facts import checked_names
from camaug.people.actions.begin_term import begin_term, lock_agency, term_on
from camaug.people.events import AgencyRenamed
from camaug.people.policy import ADMINISTER


def rename_agency(
    agency_id: UUID,
    *,
    name: str,
    short_name: str = "",
    name_en: str = "",
    from_date: date,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give an agency another name from a day on; before it the old name holds.

    Raises NotFound, AgencyNotThere, InvalidInput, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    names = checked_names(name=name, short_name=short_name, name_en=name_en)
    with transaction.atomic():
        lock_agency(agency_id)
        check_seen(agency_id, seen)
        earlier = term_on(agency_id, from_date).name
        begin_term(agency_id, from_date=from_date, **names)
        renamed = AgencyRenamed(subject=agency_id, agency_name=names["name"], from_date=from_date, earlier=earlier)
        record(renamed, by=by, at=at)
