from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.confirm_payment import RECEIPTS, settle
from camaug.cases.actions.owe import debt
from camaug.cases.actions.receive import take_in
from camaug.cases.actions.submit import lead, place_new, submitted
from camaug.cases.applicants import check_applicant
from camaug.cases.intake import Intake
from camaug.cases.lifecycle import PaperState
from camaug.cases.models import Case, DeliveryWay, Paper, Payment, seen_by
from camaug.cases.moves import Moving
from camaug.cases.numbers import Wanted, taken
from camaug.cases.policy import AT_COUNTER, PERMISSIONS
from camaug.cases.slips.contents import Contents
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.answers import check_and_prune
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.queries import CURRENT, PaperNeed, VersionView, definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.prepared import asked
from camaug.kernel.rows import OneByOne, Rows, Together, new
from camaug.kernel.transactions import part
from camaug.worktime.queries import AS_IT_STANDS, note_calendars, same_calendars


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
    guessed = _guessed(intake, post.id, by=by, at=at)
    opened = _opening(intake, guessed, by=by, on=on)
    if opened.known is not None:
        return Case.objects.get(pk=opened.known)
    if opened.version is None:
        raise NotFound
    _lately[intake.procedure] = opened.version
    if guessed is not None and opened.numbers is not None:
        checked, (case_code, receipt) = guessed, opened.numbers
    else:
        checked = _checked(intake, opened.version, post.id, by=by, at=at)
        case_code, receipt = taken(checked.wanted)
    case, made, payment = checked.case, checked.made, checked.payment
    rows.add(case)
    case.code = case_code
    moving = Moving(case=case, name="submit", by=by, at=at, post=post, definition=made, rows=rows)
    there = place_new(moving, papers(made, case.answers, on))
    _take_papers(there, intake, by, at)
    for paper in there:
        rows.add(paper)
    moving.finish(submitted(case, made, typed=True))
    if payment is not None:
        rows.add(payment)
        if receipt:
            settle(moving, payment, way=intake.payment_way, receipt=receipt)
    moving.name = "receive"
    return Admitted(moving, Contents(there, [payment] if payment else []))


@dataclass(frozen=True, slots=True)
class _Checked:
    """A case that may be taken in under a version, not written down yet."""

    version: UUID
    made: Definition
    case: Case
    payment: Payment | None
    wanted: Wanted


def _checked(intake: Intake, version: VersionView, post: UUID, *, by: Actor, at: datetime) -> _Checked:
    """Everything that needs no look at what others have written."""
    on, made = at.astimezone(LOCAL).date(), definition(version.id)
    check_applicant(made, business=intake.business is not None)
    errors, answers = check_and_prune(made.form, intake.answers, on=on, places=RegisteredPlaces(on))
    errors |= _faults(intake, papers(made, intake.answers, on))
    if errors:
        raise InvalidInput(errors)
    case = _new_case(intake, version.id, version.procedure_id, post, at)
    PERMISSIONS[AT_COUNTER].check(by, case)
    agency = lead(case, made, on=on, answers=answers)
    payment = debt(case, made, at=at, sums=intake.sums)
    at_once = payment is not None and payment.amount and intake.payment_way
    wanted = Wanted(agency.code, on, RECEIPTS, agency.id) if at_once else Wanted(agency.code, on)
    return _Checked(version.id, made, case, payment, wanted)


_lately: dict[str, VersionView] = {}
"""By procedure, the version under which this process took a case in last: a guess, of which the database is asked."""


def _guessed(intake: Intake, post: UUID, *, by: Actor, at: datetime) -> _Checked | None:
    """Checked before the database was asked which version holds; None where nothing fits, so that it is asked first."""
    version = _lately.get(intake.procedure)
    try:
        return None if version is None else _checked(intake, version, post, by=by, at=at)
    except DomainError:
        return None


@dataclass(frozen=True, slots=True)
class _Opened:
    """The case that came of this request before, if the actor sees it; the procedure's version; code and receipt."""

    known: UUID | None
    version: VersionView | None
    numbers: tuple[str, int] | None


def _opening(intake: Intake, guessed: _Checked | None, *, by: Actor, on: date) -> _Opened:
    """Asked together with the calendar that the limits are counted by.

    Where the guessed version holds and the request is new, the numbers are taken in the same statement.
    """
    seen, values = seen_by(by)
    told = {"key": intake.request_key, "code": intake.procedure, "on": on, **values}
    parts, numbers = "", "NULL::int, NULL::int"
    if guessed is not None:
        new_one = "FROM v WHERE v.id = %(guess)s AND NOT EXISTS (SELECT FROM known)"
        parts, numbers = f", {guessed.wanted.parts(after=new_one)}", "(SELECT last FROM code), (SELECT last FROM book)"
        told |= {"guess": guessed.version, **guessed.wanted.values()}
    statement = f"""WITH known AS (SELECT c.id FROM cases_case c WHERE c.request_key = %(key)s AND {seen}),
        v AS ({CURRENT}){parts}
        SELECT (SELECT id FROM known), {AS_IT_STANDS}, {numbers}, v.*
        FROM (VALUES (1)) one LEFT JOIN v ON TRUE"""  # noqa: S608 (our own words)
    ((known, calendar, serial, number, *version),) = asked(statement, told)
    note_calendars(calendar)
    got = None if guessed is None or serial is None else (guessed.wanted.code(serial), int(number))
    return _Opened(known, None if version[0] is None else VersionView(*version), got)


def _faults(intake: Intake, needs: Iterable[PaperNeed]) -> dict[str, str]:
    """What keeps the case from being taken in beside its answers, by field: `applicant_name`, `paper-<id>`…"""
    errors = {}
    if not intake.name.strip():
        errors["applicant_name"] = str(_("Enter the applicant's full name."))
    if intake.delivery_way == DeliveryWay.POST and not intake.delivery_address.strip():
        errors["delivery-address"] = str(_("Enter the address to which the post brings the result."))
    for need in needs:
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
