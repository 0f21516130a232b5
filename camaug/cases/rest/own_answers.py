"""What an applicant's program is told of his own applications."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from camaug.cases.actions.submit import can_be_reached, missing_papers
from camaug.cases.lifecycle import NATIONAL_CODES, PaymentState, RefundState, State
from camaug.cases.models import Case, CaseFile, DeliveryWay
from camaug.cases.queries import CaseRow, Draft, Progress
from camaug.cases.rest.follow import Happening, happening
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.forms.answers import check
from camaug.catalogue.queries import fees, papers
from camaug.kernel.rest import Answer


class OwnLine(Answer):
    """An application in its owner's list; a draft has no code."""

    id: UUID
    code: str | None
    state: State
    procedure_name: str
    step: str
    submitted_at: datetime | None
    saved_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    revision: int


class Sent(Answer):
    """An application that the office has."""

    id: UUID
    code: str
    state: State
    revision: int
    submitted_at: datetime


class FileAnswer(Answer):
    """A file given for a paper."""

    id: UUID
    paper: str
    name: str
    media_type: str
    size: int
    added_at: datetime


class PaperNeeded(Answer):
    """A paper that these answers call for; `blocks`: nothing is sent without it."""

    id: str
    name: str
    blocks: bool
    replaced: bool


class FeeOwed(Answer):
    """What a rule asks of this case, in đồng; null where no text at hand says it."""

    rule: str
    name: str
    amount: int | None
    waiver: str


class Left(Answer):
    """What keeps a draft from being sent: sentences by field of the form, papers, the office, how to be reached."""

    answers: Mapping[str, str]
    papers: tuple[str, ...]
    office: bool
    reach: bool


class Asked(Answer):
    """What the office asked to be added or mended; `paper` "" is the form itself."""

    reason: str
    items: tuple[Mapping[str, str], ...]
    requested_at: datetime
    corrections: Mapping[str, Any]


class PaymentAnswer(Answer):
    """Money owed or paid, in đồng."""

    id: UUID
    kind: str
    state: PaymentState
    amount: int
    asked_at: datetime
    paid_at: datetime | None
    receipt_number: str


class DraftToCheck(Answer):
    """The draft of the result that waits for the applicant's word, until `due_at`."""

    id: UUID
    name: str
    shown_at: datetime
    due_at: datetime


class RefundAnswer(Answer):
    """Money that is owed back to the applicant, or was paid back, in đồng."""

    id: UUID
    state: RefundState
    amount: int
    reason: str
    owed_at: datetime
    paid_at: datetime | None
    receipt_number: str


class Printed(Answer):
    """A statutory form (1 to 5 of TT 03/2025) or a result that can be downloaded."""

    id: UUID
    form: int | None
    number: str
    issued_at: datetime


class OwnCase(Answer):
    """One's own application: a draft with what is `left` to do, or a case with where it stands."""

    id: UUID
    code: str | None
    state: State
    national_code: int | None
    revision: int
    procedure: str
    version: int
    receiving_agency_id: UUID | None
    holder: str
    step: str
    outcome: str
    answers: Mapping[str, Any]
    phone: str
    email: str
    delivery_way: DeliveryWay
    delivery_address: str
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    files: tuple[FileAnswer, ...]
    papers: tuple[PaperNeeded, ...]
    fees: tuple[FeeOwed, ...] = Field(description="What the answers owe by the rules in force")
    left: Left | None = None
    supplement: Asked | None = None
    draft: DraftToCheck | None = None
    payments: tuple[PaymentAnswer, ...] = ()
    refunds: tuple[RefundAnswer, ...] = ()
    slips: tuple[Printed, ...] = ()
    results: tuple[Printed, ...] = ()
    happenings: tuple[Happening, ...] = ()
    rating: str | None = None


def own_line(row: CaseRow) -> OwnLine:
    """A row of the list."""
    return OwnLine(
        id=row.id,
        code=row.code or None,
        state=row.state,
        procedure_name=row.official_name,
        step=row.step,
        submitted_at=row.submitted_at,
        saved_at=row.saved_at,
        due_at=row.due.at,
        finished_at=row.finished_at,
        revision=row.revision,
    )


def draft_told(draft: Draft) -> OwnCase:
    """A draft, with what is left to do before it can be sent."""
    case, made = draft.case, draft.definition
    left = Left(
        answers=check(made.form, case.answers, on=draft.on, places=draft.places),
        papers=tuple(missing_papers(case, made, on=draft.on)),
        office=case.receiving_agency_id is None,
        reach=not can_be_reached(case),
    )
    return OwnCase(**_same(case, draft), left=left)


def case_told(seen: Progress, draft: Draft) -> OwnCase:
    """A case that was sent."""
    asked = seen.supplement
    return OwnCase(
        **_same(seen.case, draft) | {"holder": seen.holder.name},
        supplement=Asked.model_validate(asked) if asked else None,
        draft=DraftToCheck.model_validate(seen.draft) if seen.draft else None,
        payments=tuple(PaymentAnswer.model_validate(one) for one in seen.payments),
        refunds=tuple(RefundAnswer.model_validate(one) for one in seen.refunds),
        slips=tuple(Printed(id=s.id, form=s.form, number=s.number, issued_at=s.issued_at) for s in seen.slips),
        results=tuple(
            Printed(id=r.id, form=None, number=r.number_text, issued_at=r.published_at) for r in seen.results
        ),
        happenings=tuple(happening(entry, words=True) for entry in seen.timeline),
        rating=seen.rating.satisfaction if seen.rating else None,
    )


def file_told(file: CaseFile) -> FileAnswer:
    """A file without its bytes."""
    blob = file.blob
    return FileAnswer(
        id=file.id,
        paper=file.paper,
        name=file.file_name,
        media_type=blob.media_type,
        size=blob.size,
        added_at=file.added_at,
    )


def _same(case: Case, draft: Draft) -> dict[str, Any]:
    """What drafts and cases have in common."""
    made, state = draft.definition, State(case.state)
    return {
        "id": case.id,
        "code": case.code,
        "state": state,
        "national_code": NATIONAL_CODES[state],
        "revision": case.revision,
        "procedure": made.code,
        "version": made.version,
        "receiving_agency_id": case.receiving_agency_id,
        "holder": "",
        "step": case.step,
        "outcome": case.outcome,
        "answers": case.answers,
        "phone": case.applicant_phone,
        "email": case.applicant_email,
        "delivery_way": case.delivery_way,
        "delivery_address": case.delivery_address,
        "submitted_at": case.submitted_at,
        "received_at": case.received_at,
        "due_at": case.due_at,
        "finished_at": case.finished_at,
        "files": tuple(file_told(file) for file in draft.files),
        "papers": tuple(
            PaperNeeded(id=need.paper.id, name=need.paper.name, blocks=need.to_file, replaced=need.replaced)
            for need in papers(made, case.answers, draft.on)
        ),
        "fees": tuple(
            FeeOwed.model_validate(item) for item in fees(made, case.answers, Channel(case.channel), draft.on)
        ),
    }
