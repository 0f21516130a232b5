"""What an officer's program is told of cases. PostgreSQL writes them as JSON; a test holds it to these types."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from camaug.cases.lifecycle import PaperState, PaymentState, RefundState, ResultState, State
from camaug.kernel.rest import Answer


class CaseLine(Answer):
    """A case in a list. Agencies are named by their codes."""

    code: str
    state: State
    revision: int
    procedure: str
    procedure_name: str
    channel: str
    step: str
    applicant_kind: str
    applicant_name: str
    receiving_agency: str
    competent_agency: str
    holder_unit: str
    holder_role: str
    assignee_id: UUID | None
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    step_due_at: datetime | None
    decided_at: datetime | None
    finished_at: datetime | None
    outcome: str


class CasePaper(Answer):
    """A component of the dossier."""

    paper: str
    state: PaperState
    originals: int
    copies: int
    source: str
    note: str
    checked_at: datetime | None


class CaseFileAnswer(Answer):
    """A file given for a paper."""

    id: UUID
    paper: str
    name: str
    media_type: str
    size: int
    added_at: datetime


class SupplementAnswer(Answer):
    """A request to supplement and its answer."""

    id: UUID
    items: tuple[Mapping[str, str], ...]
    reason: str
    requested_at: datetime
    answered_at: datetime | None
    answer: str
    second: bool


class StopAnswer(Answer):
    """A time that did not count."""

    ground: str
    effect: str
    from_at: datetime
    until_at: datetime | None
    document: str


class CasePayment(Answer):
    """Money owed or paid, in đồng."""

    id: UUID
    kind: str
    state: PaymentState
    amount: int
    asked_at: datetime
    paid_at: datetime | None
    way: str
    receipt_number: str


class CaseRefund(Answer):
    """Money owed back or paid back, in đồng, why and to whom."""

    id: UUID
    state: RefundState
    amount: int
    reason: str
    payee_name: str
    payee_number: str
    owed_at: datetime
    paid_at: datetime | None
    way: str
    receipt_number: str


class ConsultationAnswer(Answer):
    """A question to another agency."""

    id: UUID
    name: str
    state: str
    agency: str
    question: str
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None
    verdict: str
    answer: str


class SlipAnswer(Answer):
    """A statutory form that was issued."""

    id: UUID
    form: int
    number: str
    issued_at: datetime


class CaseResult(Answer):
    """What was decided, as a document."""

    id: UUID
    name: str
    number: str
    published_at: datetime
    state: ResultState
    signer_name: str


class CaseHappening(Answer):
    """Something that happened, with the words said."""

    event: str
    at: datetime
    actor: str
    agency: str | None
    words: str


class CaseWhole(CaseLine):
    """A case whole; what is expanded only where it was asked for."""

    version: int
    applicant_number: str
    applicant_phone: str
    applicant_email: str
    applicant_address: str
    authorised_name: str
    authorised_number: str
    authorised_relation: str
    answers: Mapping[str, Any]
    delivery_way: str
    delivery_address: str
    original_due_at: datetime | None
    proposal: str
    second_supplement: bool
    reopened: int
    moved_at: datetime | None
    moved_by_name: str
    application: str | None = Field(description="The application that this case is a part of")
    papers: tuple[CasePaper, ...] | None = None
    files: tuple[CaseFileAnswer, ...] | None = None
    supplements: tuple[SupplementAnswer, ...] | None = None
    stops: tuple[StopAnswer, ...] | None = None
    payments: tuple[CasePayment, ...] | None = None
    refunds: tuple[CaseRefund, ...] | None = None
    consultations: tuple[ConsultationAnswer, ...] | None = None
    slips: tuple[SlipAnswer, ...] | None = None
    results: tuple[CaseResult, ...] | None = None
    happenings: tuple[CaseHappening, ...] | None = None


class OpenMoveAnswer(Answer):
    """A move that state and step leave open. `refusal`: why this caller may not make it, "" if he may."""

    move: str
    refusal: str
    href: str
