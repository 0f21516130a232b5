from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.actions.register_business import register_business
from camaug.people.models import Agency, Business
from camaug.people.queries import directory


def enter_agency(agency_id: UUID, *, by: Actor, at: datetime) -> Business:
    """Enter an agency of the directory among those that apply; one entered before is returned. NotFound, NotAllowed."""
    known = directory(at.astimezone(LOCAL).date()).get(agency_id)
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=agency_id)
        found = Business.objects.filter(agency_id=agency_id).first()
        return found or register_business(
            known.name, phone=known.phone, email=known.email, address=known.address, agency_id=agency_id, by=by, at=at
        )
