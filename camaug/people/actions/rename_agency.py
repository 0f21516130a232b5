from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.text import clean, fold
from camaug.people.actions.begin_term import begin_term
from camaug.people.events import AgencyRenamed
from camaug.people.policy import ADMINISTER
from camaug.people.queries.matching import searchable


def rename_agency(
    agency_id: UUID,
    *,
    name: str,
    short_name: str = "",
    name_en: str = "",
    from_date: date,
    by: Actor,
    at: datetime,
) -> None:
    """Give an agency another name from a day on; before it the old name holds. Raises NotFound, AgencyNotThere."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        begin_term(
            agency_id,
            from_date=from_date,
            name=clean(name),
            short_name=clean(short_name),
            name_en=clean(name_en),
            folded=fold(searchable(f"{name} {short_name}")),
        )
        record(AgencyRenamed(subject=agency_id, agency_name=clean(name), from_date=from_date), by=by, at=at)
