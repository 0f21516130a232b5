from datetime import datetime
from typing import Any

from camaug.cases.actions.owe import owe_at_reception
from camaug.cases.actions.pass_on import pass_on
from camaug.cases.actions.submit import place, submitted
from camaug.cases.clock import start
from camaug.cases.events import CaseReceived, PartOpened
from camaug.cases.models import Case, CaseFile, Outcome
from camaug.cases.models.answers import sensitive_fields
from camaug.cases.moves import Moving
from camaug.cases.routing import NoAgency, agency_of
from camaug.catalogue.definition.procedure import Definition, LinkedPart
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.queries import current_part
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record


def open_parts(parent: Case, made: Definition, *, at: datetime) -> tuple[Case, ...]:
    """Open every part of the application whose turn has come: that is not open yet, and whose forerunners were granted.

    Each is a case of its own at its own agency, received in the same instant: its clock runs from now on. None is
    opened before the application has come to its step LINK. The caller holds the application locked. NoAgency where
    no agency does a part for this place.
    """
    if made.process.step(parent.step).kind != StepKind.LINK:
        return ()
    known = {case.part: case for case in parent.parts.all()}
    granted = {part for part, case in known.items() if case.outcome == Outcome.GRANTED and case.finished_at}
    due = [part for part in made.parts if part.id not in known and granted.issuperset(part.after)]
    opened = tuple(_open(parent, part, at) for part in due)
    parent.save(update_fields=["participants"])
    return opened


def _open(parent: Case, part: LinkedPart, at: datetime) -> Case:
    on = at.astimezone(LOCAL).date()
    version = current_part(part.procedure, on)
    made = version.definition
    receiving = agency_of(parent, part.receiving, at=at)
    if receiving is None or parent.receiving_agency_id is None:
        raise NoAgency(step=made.name)
    case = _as_of(parent, part, made, at)
    case.procedure_id, case.version_id = version.procedure_id, version.id
    case.receiving_agency_id, case.helping_agency_id = receiving.id, parent.receiving_agency_id
    case.participants = [parent.receiving_agency_id]
    case.save(force_insert=True)
    _take_files(parent, case, made)
    moving = Moving(case=case, name="submit", by=SYSTEM, at=at, post=None, definition=made)
    place(moving, on=on)
    moving.finish(submitted(case, made, typed=True))
    _take_in(moving)
    parent.participants = [*parent.participants, *case.participants]
    opened = PartOpened(subject=parent.id, code=parent.code or "", part=part.id, case=case.id, agency=receiving.id)
    record(opened, by=SYSTEM, at=at)
    return case


def answers_of(parent: Case, part: LinkedPart, made: Definition) -> dict[str, Any]:
    """The application's answers, those that the part names under the part's own names.

    A sensitive one goes along only where the part asks for it by its own name, or hides it as the application does.
    """
    hidden = sensitive_fields(parent.version_id) - made.form.sensitive()
    own = {field: parent.answers[asked] for field, asked in part.answers.items() if asked in parent.answers}
    return {**{name: said for name, said in parent.answers.items() if name not in hidden}, **own}


def _as_of(parent: Case, part: LinkedPart, made: Definition, at: datetime) -> Case:
    """The part's case with what the application says of the applicant, and its answers."""
    return Case(
        parent=parent,
        part=part.id,
        channel=parent.channel,
        account_id=parent.account_id,
        mandate_id=parent.mandate_id,
        helper_number=parent.helper_number,
        applicant_kind=parent.applicant_kind,
        applicant_id=parent.applicant_id,
        business_id=parent.business_id,
        applicant_name=parent.applicant_name,
        applicant_number=parent.applicant_number,
        applicant_phone=parent.applicant_phone,
        applicant_email=parent.applicant_email,
        applicant_address=parent.applicant_address,
        authorised_name=parent.authorised_name,
        authorised_number=parent.authorised_number,
        authorised_relation=parent.authorised_relation,
        typed_by_id=parent.typed_by_id,
        answers=answers_of(parent, part, made),
        delivery_way=parent.delivery_way,
        delivery_address=parent.delivery_address,
        created_at=at,
        saved_at=at,
        urgent_at=at,
    )


def _take_files(parent: Case, case: Case, made: Definition) -> None:
    """The files given for papers that the part's procedure asks for too; the bytes are kept once."""
    papers = [paper.id for paper in made.papers]
    CaseFile.objects.bulk_create(
        CaseFile(
            case=case,
            paper=file.paper,
            blob_id=file.blob_id,
            file_name=file.file_name,
            added_at=file.added_at,
            added_by=file.added_by,
        )
        for file in parent.files.filter(paper__in=papers, removed_at__isnull=True).order_by("added_at", "id")
    )


def _take_in(moving: Moving) -> None:
    """The data came from the lead office, which had received the dossier: the part's clock begins at once."""
    case = moving.case
    start(case, moving.definition, at=moving.at)
    due = case.due_at.isoformat() if case.due_at else None
    moving.name = "receive"
    known = owe_at_reception(moving, ())
    owed = known.standing if known else 0
    moving.finish(CaseReceived(subject=case.id, code=case.code or "", due_at=due, slip=None, owed=owed))
    if not moving.definition.process.immediate:
        moving.name = "hand_over"
        pass_on(moving)
