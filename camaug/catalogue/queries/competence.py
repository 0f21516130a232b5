from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.procedure import Competence, Definition
from camaug.catalogue.definition.process import StepAgency, kind_in
from camaug.catalogue.queries.versions import VersionView
from camaug.kernel.errors import DomainError
from camaug.people.queries.directory import AgencyView, Directory, directory


class NotReceivedHere(DomainError):
    """The agency does not receive this procedure."""

    sentence = _("“{agency}” does not receive this procedure.")


class NoCompetentAgency(DomainError):
    """The agency receives the procedure but has no unit that decides on it."""

    sentence = _("“{agency}” has no unit that decides on this procedure.")


def receivers(version: VersionView, on: date) -> tuple[AgencyView, ...]:
    """The agencies that receive the procedure on that day, by level and code."""
    agencies, competence = directory(on), version.definition.competence
    return tuple(
        agency for agency in agencies if _receives(agency, competence) and _decider(agency, competence, agencies)
    )


def competent_agency(definition: Definition, receiving_id: UUID, agencies: Directory) -> AgencyView:
    """The agency that decides where this one receives. NotFound, NotReceivedHere, NoCompetentAgency."""
    agency = agencies.get(receiving_id)
    if not _receives(agency, definition.competence):
        raise NotReceivedHere(agency=agency.name)
    decider = _decider(agency, definition.competence, agencies)
    if decider is None:
        raise NoCompetentAgency(agency=agency.name)
    return decider


def agency_meant(word: str, receiving_id: UUID, competent_id: UUID, agencies: Directory) -> AgencyView | None:
    """The agency that a process means by one of its words (`AgencyWord`); None where there is none."""
    if word == StepAgency.RECEIVING:
        return agencies.get(receiving_id)
    competent = agencies.get(competent_id)
    if word == StepAgency.COMPETENT:
        return competent
    if word == StepAgency.ABOVE_COMPETENT:
        return agencies.get(competent.parent_id) if competent.parent_id else None
    return agencies.serving(kind_in(word), receiving_id)


def _receives(agency: AgencyView, competence: Competence) -> bool:
    return any(sort.fits(agency.kind, agency.level) for sort in competence.receiving)


def _decider(agency: AgencyView, competence: Competence, agencies: Directory) -> AgencyView | None:
    if competence.nearest_kind:
        return agencies.serving(competence.nearest_kind, agency.id)
    if not competence.child_kinds:
        return agency
    own = agencies.children(agency.id)
    return next((child for kind in competence.child_kinds for child in own if child.kind == kind), None)
