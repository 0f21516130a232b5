"""Into which hands a step puts the case."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.clock import step_due
from camaug.cases.models import Case
from camaug.catalogue.definition.process import Process, Step, StepKind
from camaug.catalogue.queries import agency_meant
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.people.queries import AgencyView, directory


class NoSuchStep(DomainError):
    """The process does not lead from this step to that one."""

    sentence = _("The procedure's process does not lead from “{from_step}” to that step.")


class NoAgency(DomainError):
    """The step belongs to an agency that there is not for this place."""

    sentence = _("There is no agency to do the step “{step}” for this place.")


def enter(case: Case, step: Step, *, at: datetime) -> None:
    """The case is at this step from now on, held by the step's unit and role, assigned to nobody yet."""
    case.previous_step, case.step = case.step, step.id
    case.step_from_at = case.step_counted_at = at
    case.holder_unit_id = unit_of(case, step, at=at)
    case.holder_role = step.role
    case.assignee_id = None
    case.step_due_at = step_due(case.holder_unit_id, step, at=at)


def unit_of(case: Case, step: Step, *, at: datetime) -> UUID:
    """The agency that does the step in this case."""
    unit = agency_of(case, step.agency, at=at)
    if unit is None:
        raise NoAgency(step=step.name)
    return unit.id


def agency_of(case: Case, word: str, *, at: datetime) -> AgencyView | None:
    """The agency that the procedure's process means by the word, in this case; None where there is none."""
    if case.receiving_agency_id is None or case.competent_agency_id is None:
        return None
    agencies = directory(at.astimezone(LOCAL).date())
    return agency_meant(word, case.receiving_agency_id, case.competent_agency_id, agencies)


def following(process: Process, current: str, wanted: str | None, kinds: frozenset[StepKind] | None = None) -> Step:
    """The step to go on to: the one wanted if the process allows it, else the usual one (of the kinds, if given)."""
    return _choose(process, current, process.step(current).next, wanted, kinds)


def earlier(process: Process, current: str, wanted: str | None) -> Step:
    """The step to send back to: one that the process names, else the last step that leads here."""
    return _choose(process, current, process.back_from(current), wanted, None)


def _choose(
    process: Process, current: str, open_ids: tuple[str, ...], wanted: str | None, kinds: frozenset[StepKind] | None
) -> Step:
    steps = [process.step(step_id) for step_id in open_ids]
    fitting = [s for s in steps if (wanted in (None, "", s.id)) and (kinds is None or s.kind in kinds)]
    if not fitting:
        raise NoSuchStep(from_step=process.step(current).name)
    return fitting[0]
