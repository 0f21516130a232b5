"""Everything the database keeps of cases."""

from camaug.cases.models.answers import opened_answers, sealed_answers
from camaug.cases.models.batch import Batch, BatchItem
from camaug.cases.models.case import Applicant, Case, Cases, DeliveryWay, Outcome, seen_by
from camaug.cases.models.clock import Extension, Recount, Reminder, ReminderKind, Stop, Supplement
from camaug.cases.models.consultation import Consultation, Verdict
from camaug.cases.models.dossier import PICTURES, CaseFile, Note, Paper
from camaug.cases.models.draft import ShownDraft
from camaug.cases.models.finding import Quarter, Sought, cut, quarter
from camaug.cases.models.outcome import Delivery, Payment, PaymentKind, PaymentWay, Result, Slip
from camaug.cases.models.rating import Rating, Satisfaction
from camaug.cases.models.reading import How, ListReading, Reading, Why
from camaug.cases.models.refund import Refund, RefundReason
from camaug.cases.models.series import BookSeries, CodeSeries, Volume
from camaug.cases.models.silence import Awaited, SilenceTimer
from camaug.cases.models.tally import Counted, Tally

__all__ = [
    "PICTURES",
    "Applicant",
    "Awaited",
    "Batch",
    "BatchItem",
    "BookSeries",
    "Case",
    "CaseFile",
    "Cases",
    "CodeSeries",
    "Consultation",
    "Counted",
    "Delivery",
    "DeliveryWay",
    "Extension",
    "How",
    "ListReading",
    "Note",
    "Outcome",
    "Paper",
    "Payment",
    "PaymentKind",
    "PaymentWay",
    "Quarter",
    "Rating",
    "Reading",
    "Recount",
    "Refund",
    "RefundReason",
    "Reminder",
    "ReminderKind",
    "Result",
    "Satisfaction",
    "ShownDraft",
    "SilenceTimer",
    "Slip",
    "Sought",
    "Stop",
    "Supplement",
    "Tally",
    "Verdict",
    "Volume",
    "Why",
    "cut",
    "opened_answers",
    "quarter",
    "sealed_answers",
    "seen_by",
]
