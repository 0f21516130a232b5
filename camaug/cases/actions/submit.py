from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import Act
from camaug.cases import policy
from camaug.cases.actions.note_help import note_help
from camaug.cases.actions.renew_draft import RulesChanged, is_over, renew_draft
from camaug.cases.actions.submit_statement import own_draft, write
from camaug.cases.applicants import check_applicant
from camaug.cases.events import CaseSubmitted
from camaug.cases.lifecycle import PaperState, State
from camaug.cases.models import Case, Delivery, DeliveryWay, Paper
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.numbers import next_case_code
from camaug.cases.routing import enter
from camaug.cases.words import find_by
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.answers import check_and_prune, prune
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.queries import NotReceivedHere, PaperNeed, competent_agency, definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.rows import new
from camaug.kernel.transactions import once_undone
from camaug.people.queries import AgencyView, directory
from camaug.worktime.queries import calendar_told


class PapersMissing(DomainError):
    """An online application needs its papers."""

    sentence = _("Please add: {papers}.")


class WrongReceiver(DomainError):
    """The agency chosen does not receive this procedure."""

    sentence = _("Please choose the office that will handle your application.")


class NotReached(DomainError):
    """An online applicant is told everything by phone or e-mail, and post needs an address."""

    sentence = _("Please say by which phone or e-mail we reach you and, for delivery by post, to which address.")


def submit(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """Send an application: everything is checked, the code is given, the one-stop unit has it before it.

    InvalidInput with a sentence by field, PapersMissing, NotReached or WrongReceiver where something is not right;
    RulesChanged where it was begun under a version that holds no longer: the draft has the one of today then.
    Sending again what was sent gives the same case. The applicant's own is written by one statement.
    """
    try:
        sent = None if settings.READABLE_SUBMIT else _at_once(case_id, by=by, at=at)
        return sent or submit_step_by_step(case_id, by=by, at=at)
    except RulesChanged:
        once_undone(partial(renew_draft, case_id, at=at))
        raise


def _at_once(case_id: UUID, *, by: Actor, at: datetime) -> Case | None:
    """The applicant's own draft, read and written; None where the readable action has to look at it.

    The statement is its own transaction, and writes only the draft that was read.
    """
    draft = own_draft(case_id, by=by)
    if draft is None or (draft.ends is not None and draft.ends <= at.astimezone(LOCAL).date()):
        return None
    case = draft.case
    with calendar_told(draft.calendar):
        made = definition(case.version_id)
        policy.PERMISSIONS["cases.submit"].check(by, case)
        on, answers = checked(case, made, draft.given, at=at)
        agency = lead(case, made, on=on, answers=answers)
        case.submitted_at = at
        enter(case, made.process.first, at=at)
        moving = Moving(case=case, name="submit", by=by, at=at, post=None, definition=made)
        moving.moved()
    needs = [(need.paper.id, _first_state(need, draft.given, at)) for need in papers(made, case.answers, on)]
    return case if write(moving, draft, agency.code, on, needs, submitted(case, made)) else None


@one_move
def submit_step_by_step(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The same, a row at a time: the reference for the statement, and the way of whoever sends it for the applicant."""
    locked = Case.objects.visible_to(by, Act.SUBMIT, Act.FOLLOW).select_for_update().filter(pk=case_id).first()
    if locked is not None and locked.state != State.DRAFT:
        return locked
    moving = begin(case_id, "submit", by=by, at=at)
    case, made = moving.case, moving.definition
    if is_over(case, on=at.astimezone(LOCAL).date()):
        raise RulesChanged
    on, _answers = checked(case, made, _given(case), at=at)
    place(moving, on=on)
    sent = moving.finish(submitted(case, made))
    note_help(sent, "submit", by=by, at=at)
    return sent


def checked(case: Case, made: Definition, given: Collection[str], *, at: datetime) -> tuple[date, dict[str, Any]]:
    """Raise where the application is not right as a whole; the day of looking at it, and the answers that count."""
    on = at.astimezone(LOCAL).date()
    check_applicant(made, business=case.business_id is not None)
    errors, answers = check_and_prune(made.form, case.answers, on=on, places=RegisteredPlaces(on))
    if errors:
        raise InvalidInput(errors)
    missing = missing_papers(case, made, on=on, given=given)
    if missing:
        raise PapersMissing(papers=", ".join(missing))
    if not can_be_reached(case):
        raise NotReached
    return on, answers


def missing_papers(case: Case, made: Definition, *, on: date, given: Collection[str] | None = None) -> list[str]:
    """The names of papers that an application from afar still lacks: filed ones that no data replace."""
    given = _given(case) if given is None else given
    return [n.paper.name for n in papers(made, case.answers, on) if n.to_file and n.paper.id not in given]


def can_be_reached(case: Case) -> bool:
    """Whether the applicant from afar can be told what happens, and the result can get there.

    One who has no phone and no mailbox of his own learns of it by his helper, or at a counter.
    """
    told = bool(case.applicant_phone or case.applicant_email or case.mandate_id)
    return told and (case.delivery_way != DeliveryWay.POST or bool(case.delivery_address))


def place(moving: Moving, *, on: date) -> None:
    """Give the case its agencies, its code, its papers and its first step; for every channel alike."""
    case, made = moving.case, moving.definition
    case.code = next_case_code(lead(case, made, on=on).code, on)
    _enter_first(moving)
    given = _given(case)
    for need in papers(made, case.answers, on):
        Paper.objects.get_or_create(case=case, paper=need.paper.id, defaults=_first_state(need, given, moving.at))
    Delivery.objects.create(case=case)


def place_new(moving: Moving, needs: Iterable[PaperNeed]) -> list[Paper]:
    """The same of a case that is being written down for the first time, with its agencies and its code: its papers,
    which the caller still writes.
    """
    _enter_first(moving)
    case = moving.case
    moving.rows.add(new(Delivery)(case=case))
    return [new(Paper)(case=case, paper=need.paper.id, **_first_state(need, (), moving.at)) for need in needs]


def _enter_first(moving: Moving) -> None:
    """The words by which the case is found, and its first step."""
    moving.case.submitted_at = moving.at
    find_by(moving.case, moving.definition)
    enter(moving.case, moving.definition.process.first, at=moving.at)


def lead(case: Case, made: Definition, *, on: date, answers: dict[str, Any] | None = None) -> AgencyView:
    """Set who decides, and the answers without those that are asked no more (`answers`, where they are known already);
    the agency that receives it.
    """
    if case.receiving_agency_id is None:
        raise WrongReceiver
    agencies = directory(on)
    try:
        case.competent_agency_id = competent_agency(made, case.receiving_agency_id, agencies).id
    except (NotReceivedHere, NotFound) as wrong:
        raise WrongReceiver from wrong
    case.answers = prune(made.form, case.answers, on=on) if answers is None else answers
    return agencies.get(case.receiving_agency_id)


def submitted(case: Case, made: Definition, *, typed: bool = False) -> CaseSubmitted:
    """The event of a case that was just placed."""
    if case.receiving_agency_id is None or case.competent_agency_id is None:
        raise WrongReceiver
    return CaseSubmitted(
        subject=case.id,
        code=case.code or "",
        procedure=made.code,
        version=made.version,
        channel=case.channel,
        receiving_agency=case.receiving_agency_id,
        competent_agency=case.competent_agency_id,
        typed=typed,
    )


def _given(case: Case) -> set[str]:
    return set(case.files.filter(removed_at__isnull=True).values_list("paper", flat=True))


def _first_state(need: PaperNeed, given: Collection[str], at: datetime) -> dict[str, object]:
    if need.paper.id in given or need.paper.declaration:
        return {"state": PaperState.GIVEN}
    if need.replaced:
        return {"state": PaperState.REPLACED, "source": need.paper.replaced_by, "source_at": at}
    return {"state": PaperState.MISSING}
