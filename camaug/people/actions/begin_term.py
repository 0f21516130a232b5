from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.ids import uuid7
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.models import Agency, AgencyTerm


class AgencyNotThere(DomainError):
    """The agency does not exist on that day."""

    sentence = _("The agency does not exist on {date}.")


def begin_term(agency_id: UUID, *, from_date: date, **changes: Any) -> AgencyTerm:
    """Let what holds of an agency differ from a day on, until its next term; part of an action's transaction.

    A term that begins that very day is changed in place. Raises NotFound, AgencyNotThere.
    """
    lock_agency(agency_id)
    term = term_on(agency_id, from_date)
    if term.valid_from < from_date:
        AgencyTerm.objects.filter(id=term.id).update(valid_until=from_date)
        term.pk, term.valid_from = uuid7(), from_date
        term._state.adding = True
    for name, value in changes.items():
        setattr(term, name, value)
    term.save()
    renew_directory()
    return term


def lock_agency(agency_id: UUID) -> Agency:
    """The agency, held until the transaction ends. Raises NotFound."""
    agency = Agency.objects.select_for_update().filter(id=agency_id).first()
    if agency is None:
        raise NotFound
    return agency


def term_on(agency_id: UUID, day: date) -> AgencyTerm:
    """What holds of the agency on that day. Raises AgencyNotThere."""
    running = models.Q(valid_until=None) | models.Q(valid_until__gt=day)
    term = AgencyTerm.objects.filter(running, agency_id=agency_id, valid_from__lte=day).first()
    if term is None:
        raise AgencyNotThere(date=day.strftime("%d/%m/%Y"))
    return term
