"""What happens to cases. Subject: the case. `note` points to the words said with the move, which can be erased."""

from uuid import UUID

from camaug.kernel.events import Event, event


@event
class DraftDiscarded(Event):
    """The applicant threw an application away before sending it."""

    procedure: UUID


@event
class CaseSubmitted(Event):
    """The application was sent, or typed by an officer, and has its code."""

    code: str
    procedure: str
    version: int
    channel: str
    receiving_agency: UUID
    competent_agency: UUID
    typed: bool = False


@event
class CaseReceived(Event):
    """Reception found the dossier complete and valid; the clock runs."""

    code: str
    due_at: str | None
    slip: UUID | None


@event
class CaseRefused(Event):
    """Reception did not accept it."""

    code: str
    note: UUID
    slip: UUID


@event
class SupplementRequested(Event):
    """The applicant was asked to add or mend something, everything at once."""

    code: str
    supplement: UUID
    slip: UUID
    second: bool = False


@event
class CaseSupplemented(Event):
    """The applicant answered the request."""

    code: str
    supplement: UUID
    due_at: str | None


@event
class CaseAssigned(Event):
    """One post was made responsible for the step."""

    code: str
    position: UUID
    step: str


@event
class CaseHandedOver(Event):
    """The case went on to the next step."""

    code: str
    from_step: str
    to_step: str
    holder_unit: UUID
    holder_role: str
    note: UUID | None = None


@event
class DecisionProposed(Event):
    """A decision was proposed to the one who is competent."""

    code: str
    proposal: str
    from_step: str
    to_step: str
    note: UUID | None = None


@event
class CaseSentBack(Event):
    """It was sent back for rework."""

    code: str
    from_step: str
    to_step: str
    note: UUID


@event
class CaseGranted(Event):
    """The competent person approved."""

    code: str
    signed_by: UUID | None = None
    note: UUID | None = None


@event
class CaseDenied(Event):
    """The competent person denied, with reasons."""

    code: str
    note: UUID


@event
class PaymentAsked(Event):
    """The applicant owes money."""

    code: str
    payment: UUID
    amount: int


@event
class PaymentConfirmed(Event):
    """The money came in."""

    code: str
    payment: UUID
    amount: int
    receipt_number: str


@event
class ResultPublished(Event):
    """The result has its number and waits for the applicant."""

    code: str
    result: UUID
    number: str
    outcome: str
    on_time: bool


@event
class ResultHandedOut(Event):
    """The result is in the applicant's hands."""

    code: str
    way: str


@event
class CaseRated(Event):
    """The applicant said how satisfied they are with the service; `before` is what they had said ("" at first)."""

    code: str
    satisfaction: str
    before: str


@event
class PaperAdded(Event):
    """A file was given for a component of the dossier."""

    paper: str
    file: UUID
    sha256: str


@event
class PaperRemoved(Event):
    """A file was taken out before it was sent."""

    paper: str
    file: UUID


@event
class PaperChecked(Event):
    """An officer checked a component, or noted which data replace it."""

    code: str
    paper: str
    state: str
    source: str = ""
