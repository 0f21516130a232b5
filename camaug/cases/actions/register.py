from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.confirm_payment import settle
from camaug.cases.actions.owe import debt
from camaug.cases.actions.receive import take_in
from camaug.cases.actions.submit import place_new, submitted
from camaug.cases.applicants import check_applicant
from camaug.cases.intake import Intake
from camaug.cases.lifecycle import PaperState
from camaug.cases.models import Case, DeliveryWay, Paper, seen_by
from camaug.cases.moves import Moving
from camaug.cases.policy import AT_COUNTER, PERMISSIONS
from camaug.cases.slips.contents import Contents
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.answers import check
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.queries import current, definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import InvalidInput, NotAllowed
from camaug.kernel.prepared import asked
from camaug.kernel.rows import OneByOne, Rows, Together, new
from camaug.kernel.transactions import part
from camaug.worktime.queries import same_calendars


def register(intake: Intake, *, by: Actor, at: datetime) -> Case:
    """Take a case in at the counter in one transaction: code, receipt, money if it was taken, on to the next step.

    The same `request_key` gives the same case again. InvalidInput with a sentence by field where the form is wrong;
    WrongApplicant.
    """
    return _register(intake, Together(), by=by, at=at)


def register_step_by_step(intake: Intake, *, by: Actor, at: datetime) -> Case:
    """The same, a row at a time: the reference for what is written together."""
    return _register(intake, OneByOne(), by=by, at=at)


def _register(intake: Intake, rows: Rows, *, by: Actor, at: datetime) -> Case:
    try:
        with part(), same_calendars():
            admitted = admit(intake, rows, by=by, at=at)
            if isinstance(admitted, Case):
                return admitted
            return take_in(admitted.moving, admitted.contents, forward=intake.forward)
    except IntegrityError:
        if connection.needs_rollback:  # a greater transaction falls with this one
            raise
        known = Case.objects.filter(request_key=intake.request_key).first()
        if known is None:
            raise
        return known


@dataclass(frozen=True, slots=True)
class Admitted:
    """A case that was just submitted at the counter, and what lies in its dossier."""

    moving: Moving
    contents: Contents


def admit(intake: Intake, rows: Rows, *, by: Actor, at: datetime) -> Admitted | Case:
    """Check and write the case down as submitted, with its papers and money; the case itself if it is known already."""
    on = at.astimezone(LOCAL).date()
    post = by.post_granted(AT_COUNTER, intake.receiving_agency)
    if post is None:
        raise NotAllowed(reason=_("Only one-stop officers of this agency take cases in at its counter."))
    known = known_by(intake.request_key, by=by)
    if known is not None:
        return known
    version = current(intake.procedure, on)
    made = definition(version.id)
    check_applicant(made, business=intake.business is not None)
    errors = faults(intake, made, on=on)
    if errors:
        raise InvalidInput(errors)
    case = _new_case(intake, version.id, version.procedure_id, post.id, at)
    PERMISSIONS[AT_COUNTER].check(by, case)
    rows.add(case)
    moving = Moving(case=case, name="submit", by=by, at=at, post=post, definition=made, rows=rows)
    there = place_new(moving, on=on)
    _take_papers(there, intake, by, at)
    for paper in there:
        rows.add(paper)
    moving.finish(submitted(case, made, typed=True))
    payment = debt(case, made, at=at, sums=intake.sums)
    if payment is not None:
        rows.add(payment)
        if intake.payment_way and payment.amount:
            settle(moving, payment, way=intake.payment_way)
    moving.name = "receive"
    return Admitted(moving, Contents(there, [payment] if payment else []))


def known_by(request_key: UUID, *, by: Actor) -> Case | None:
    """The case that came of this request before, if the actor sees it."""
    seen, values = seen_by(by)
    statement = f"SELECT c.id FROM cases_case c WHERE c.request_key = %(key)s AND {seen}"  # noqa: S608 (our own words)
    found = asked(statement, {"key": request_key, **values})
    return Case.objects.get(pk=found[0][0]) if found else None


def faults(intake: Intake, made: Definition, *, on: date) -> dict[str, str]:
    """What keeps the case from being taken in, by field: the form's paths, `applicant_name`, `paper-<id>`…"""
    errors = dict(check(made.form, intake.answers, on=on, places=RegisteredPlaces(on)))
    if not intake.name.strip():
        errors["applicant_name"] = str(_("Enter the applicant's full name."))
    if intake.delivery_way == DeliveryWay.POST and not intake.delivery_address.strip():
        errors["delivery-address"] = str(_("Enter the address to which the post brings the result."))
    for need in papers(made, intake.answers, on):
        taken = intake.papers.get(need.paper.id)
        if need.to_file and not (taken and (taken.originals or taken.copies or taken.source)):
            errors[f"paper-{need.paper.id}"] = _("{paper} is missing.").format(paper=need.paper.name)
    return errors


def _new_case(intake: Intake, version: UUID, procedure: UUID, post: UUID, at: datetime) -> Case:
    return new(Case)(
        request_key=intake.request_key,
        procedure_id=procedure,
        version_id=version,
        channel=intake.channel,
        receiving_agency_id=intake.receiving_agency,
        helping_agency_id=intake.helping_agency,
        applicant_kind="BUSINESS" if intake.business else "PERSON",
        applicant_id=intake.applicant,
        business_id=intake.business,
        applicant_name=intake.name.strip(),
        applicant_number=intake.number,
        applicant_phone=intake.phone,
        applicant_email=intake.email,
        applicant_address=intake.address,
        authorised_name=intake.authorised_name,
        authorised_number=intake.authorised_number,
        authorised_relation=intake.authorised_relation,
        typed_by_id=post,
        answers=dict(intake.answers),
        delivery_way=intake.delivery_way,
        delivery_address=intake.delivery_address,
        created_at=at,
        saved_at=at,
        urgent_at=at,
    )


def _take_papers(there: Iterable[Paper], intake: Intake, by: Actor, at: datetime) -> None:
    for paper in there:
        taken = intake.papers.get(paper.paper)
        if taken is None:
            continue
        replaced, given = bool(taken.source), taken.originals or taken.copies
        paper.state = PaperState.REPLACED if replaced else PaperState.CHECKED if given else PaperState.MISSING
        paper.originals, paper.copies = taken.originals, taken.copies
        paper.source, paper.source_record = taken.source, taken.source_record
        paper.source_at = at if replaced else None
        paper.checked_by, paper.checked_at = by.account_id, at
