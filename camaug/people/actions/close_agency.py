from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.events import AgencyClosed
from camaug.people.models import Agency, AgencyTerm, Position
from camaug.people.policy import ADMINISTER


class AgencyHasUnits(DomainError):
    """Other agencies still stand under it."""

    sentence = _("{count} agencies still stand under it on that day. Move or close them first.")


class AgencyHasOfficers(DomainError):
    """Officers still hold positions in it."""

    sentence = _("{count} officers still hold positions in it on that day. Appoint them elsewhere first.")


def close_agency(agency_id: UUID, *, until_date: date, seen: int | None = None, by: Actor, at: datetime) -> None:
    """End an agency; `until_date` is the first day on which it is no more. Its history stays.

    Raises NotFound, AgencyNotThere, AgencyHasUnits, AgencyHasOfficers, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    open_then = models.Q(valid_until=None) | models.Q(valid_until__gt=until_date)
    with transaction.atomic():
        agency = Agency.objects.select_for_update().filter(id=agency_id).first()
        if agency is None:
            raise NotFound
        check_seen(agency_id, seen)
        if agency.valid_from >= until_date or (agency.valid_until and agency.valid_until <= until_date):
            raise AgencyNotThere(date=until_date.strftime("%d/%m/%Y"))
        if units := AgencyTerm.objects.filter(open_then, parent=agency).values("agency").distinct().count():
            raise AgencyHasUnits(count=units)
        if posts := Position.objects.filter(open_then, agency=agency).count():
            raise AgencyHasOfficers(count=posts)
        AgencyTerm.objects.filter(agency=agency, valid_from__gte=until_date).delete()
        AgencyTerm.objects.filter(open_then, agency=agency).update(valid_until=until_date)
        Agency.objects.filter(id=agency.id).update(valid_until=until_date)
        renew_directory()
        record(AgencyClosed(subject=agency.id, until_date=until_date), by=by, at=at)
