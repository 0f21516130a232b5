"""What happens to cases. Subject: the case. `note` points to the words said with the move, which can be erased."""

from uuid import UUID

from camaug.cases.events.drafts import DraftAgreed as DraftAgreed
from camaug.cases.events.drafts import DraftObjected as DraftObjected
from camaug.cases.events.drafts import DraftOutdated as DraftOutdated
from camaug.cases.events.drafts import DraftShown as DraftShown
from camaug.cases.events.money import FeesRecounted as FeesRecounted
from camaug.cases.events.money import PaymentAsked as PaymentAsked
from camaug.cases.events.money import PaymentConfirmed as PaymentConfirmed
from camaug.cases.events.money import RefundOwed as RefundOwed
from camaug.cases.events.money import RefundPaidBack as RefundPaidBack
from camaug.cases.events.papers import FileQuarantined as FileQuarantined
from camaug.cases.events.papers import PaperAdded as PaperAdded
from camaug.cases.events.papers import PaperChecked as PaperChecked
from camaug.cases.events.papers import PaperRemoved as PaperRemoved
from camaug.cases.events.papers import PicturesJoined as PicturesJoined
from camaug.kernel.events import Event, event


@event
class ReadingsErased(Event):
    """So many rows of `what` (who looked, lists read) outlived their term; `before`: all older than that instant."""

    what: str
    rows: int
    before: str


@event
class OutlivedErased(Event):
    """So many rows of `what`, any other kind that is kept for a time, outlived their term; `before` as above."""

    what: str
    rows: int
    before: str


@event
class DraftDiscarded(Event):
    """An application was thrown away before it was sent: by the applicant, or by the system after its term."""

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
    """Reception found the dossier complete and valid; the clock runs. `owed`: the fees still to be paid, in đồng."""

    code: str
    due_at: str | None
    slip: UUID | None
    owed: int = 0


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
class CaseReleased(Event):
    """It went back to all who do the step: the officer it was assigned to has left, or is away without a stand-in."""

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
class RatingWordsHidden(Event):
    """A head had what the applicant wrote with the rating hidden from the office; `note` says why."""

    code: str
    note: UUID


@event
class RatingWordsShown(Event):
    """They are shown again."""

    code: str


@event
class CaseTakenBack(Event):
    """The one who had passed it on took it back before anybody else had moved it."""

    code: str
    from_step: str
    to_step: str
    note: UUID | None = None


@event
class AgencyConsulted(Event):
    """Another agency was asked; `stopped`: the clock stands still until it answers."""

    code: str
    consultation: UUID
    agency: UUID
    due_at: str
    stopped: bool = False


@event
class ConsultationAnswered(Event):
    """The agency that was asked answered."""

    code: str
    consultation: UUID
    agency: UUID
    verdict: str
    on_time: bool
    due_at: str | None = None


@event
class ConsultationWithdrawn(Event):
    """The question was taken back, with a reason."""

    code: str
    consultation: UUID
    agency: UUID
    note: UUID
    due_at: str | None = None


@event
class CaseSuspended(Event):
    """The clock stands still on a ground that the law names, by a document."""

    code: str
    ground: str
    document: str
    note: UUID


@event
class CaseResumed(Event):
    """The clock runs again."""

    code: str
    due_at: str | None
    note: UUID | None = None


@event
class LatenessApologised(Event):
    """The applicant was asked to excuse the delay and given a new date (Form 04), once."""

    code: str
    due_before: str
    due_at: str
    note: UUID
    slip: UUID


@event
class WithdrawalAsked(Event):
    """The applicant asks to have the case ended."""

    code: str
    note: UUID


@event
class WithdrawalDropped(Event):
    """The applicant wants the case to go on after all."""

    code: str
    note: UUID | None = None


@event
class CaseStopped(Event):
    """It ended without a decision (Form 05)."""

    code: str
    ground: str
    note: UUID
    slip: UUID
    refund: int | None = None


@event
class DetailsCorrected(Event):
    """Details were corrected after receipt, the receipt printed again; `fields` names them, without their values."""

    code: str
    fields: list[str]
    note: UUID
    slip: UUID


@event
class ResultCorrected(Event):
    """A corrected result stands in the place of the one issued."""

    code: str
    result: UUID
    replaced: UUID
    number: str
    note: UUID


@event
class ResultRevoked(Event):
    """The result holds no more."""

    code: str
    result: UUID
    number: str
    note: UUID
    document: str = ""


@event
class CaseReopened(Event):
    """A supervisor had a case that had ended go on."""

    code: str
    from_state: str
    to_step: str
    note: UUID


@event
class DutyAsked(Event):
    """The applicant owes the State's budget a sum that another agency worked out."""

    code: str
    payment: UUID
    amount: int
    consultation: UUID


@event
class BatchStarted(Event):
    """Somebody asked for one move for many cases. Subject: the batch."""

    move: str
    cases: int


@event
class BatchFinished(Event):
    """Every case of the batch was tried. Subject: the batch."""

    move: str
    done: int
    refused: int


@event
class PartOpened(Event):
    """One of the procedures that the application opens began, as a case of its own."""

    code: str
    part: str
    case: UUID
    agency: UUID


@event
class ApplicationCompleted(Event):
    """The last part of the application has ended: the results wait together for the applicant."""

    code: str
    outcome: str
    on_time: bool
