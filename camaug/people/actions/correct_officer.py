from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.engage_officer import officer_columns
from camaug.people.events import OfficerCorrected
from camaug.people.models import Officer
from camaug.people.policy import ADMINISTER


def correct_officer(
    officer_id: UUID, *, full_name: str, phone: str, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Correct an officer's name and telephone; the official address, by which he signs in, stays.

    Raises NotFound, NameMissing, NotAPhone, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    values = officer_columns(full_name=full_name, phone=phone)
    with transaction.atomic():
        officer = Officer.objects.select_for_update().filter(id=officer_id).first()
        if officer is None:
            raise NotFound
        check_seen(officer_id, seen)
        changes = {
            name: [getattr(officer, name), values[name]]
            for name in ("full_name", "phone")
            if getattr(officer, name) != values[name]
        }
        if changes:
            Officer.objects.filter(id=officer_id).update(**values)
            record(OfficerCorrected(subject=officer_id, changes=changes), by=by, at=at)
