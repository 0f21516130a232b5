"""What happened to a case, told from its events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Note
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord
from camaug.people.queries import directory, holder_names
from camaug.ui.vietnamese import grouped

SENTENCES: dict[str, Any] = {
    "cases.CaseSubmitted": _("Application sent"),
    "cases.CaseReceived": _("Dossier received"),
    "cases.CaseRefused": _("Application not accepted"),
    "cases.SupplementRequested": _("Supplement requested"),
    "cases.CaseSupplemented": _("Dossier supplemented"),
    "cases.CaseAssigned": _("Officer assigned"),
    "cases.CaseReleased": _("Given back to the unit: the officer is away or has left"),
    "cases.CaseHandedOver": _("Handed over to the next step"),
    "cases.DecisionProposed": _("Decision proposed"),
    "cases.CaseSentBack": _("Sent back for rework"),
    "cases.CaseGranted": _("Approved"),
    "cases.CaseDenied": _("Denied"),
    "cases.DraftShown": _("Draft of the result shown to the applicant"),
    "cases.DraftAgreed": _("The applicant agrees to the draft"),
    "cases.DraftObjected": _("The applicant says that the draft is wrong"),
    "cases.DraftOutdated": _("The draft no longer says what is declared"),
    "cases.PaymentAsked": _("Payment asked"),
    "cases.PaymentConfirmed": _("Payment confirmed"),
    "cases.FeesRecounted": _("Fees counted anew"),
    "cases.RefundOwed": _("Refund owed"),
    "cases.RefundPaidBack": _("Refund paid back"),
    "cases.ResultPublished": _("Result ready"),
    "cases.ResultHandedOut": _("Result handed out"),
    "cases.CaseTakenBack": _("Taken back"),
    "cases.AgencyConsulted": _("Another agency asked"),
    "cases.ConsultationAnswered": _("Answer of the agency that was asked"),
    "cases.ConsultationWithdrawn": _("Question to another agency withdrawn"),
    "cases.CaseSuspended": _("Processing suspended"),
    "cases.CaseResumed": _("Processing resumed"),
    "cases.LatenessApologised": _("Apology and new date"),
    "cases.WithdrawalAsked": _("Withdrawal asked"),
    "cases.WithdrawalDropped": _("Withdrawal dropped, the case goes on"),
    "cases.CaseStopped": _("Processing stopped"),
    "cases.DetailsCorrected": _("Details corrected"),
    "cases.ResultCorrected": _("Result corrected"),
    "cases.ResultRevoked": _("Result revoked"),
    "cases.CaseReopened": _("Case reopened"),
    "cases.PartOpened": _("Sent on to another agency"),
    "cases.ApplicationCompleted": _("All results are ready"),
    "cases.DutyAsked": _("Duty to the State's budget announced"),
    "cases.PaperAdded": _("Paper added"),
    "cases.PaperRemoved": _("Paper taken out"),
    "cases.FileQuarantined": _("File locked because of a virus"),
    "cases.PicturesJoined": _("Pictures joined into one PDF"),
    "cases.PaperChecked": _("Paper checked"),
    "cases.CaseDeadlineMoved": _("Day of the result counted anew"),
    "cases.StepDeadlineMoved": _("Time for the step counted anew"),
    "cases.CaseEscalated": _("Lateness reported to the heads"),
    "cases.SilenceNoted": _("No answer came in time"),
    "cases.RatingWordsHidden": _("What the applicant wrote with the rating was hidden"),
    "cases.RatingWordsShown": _("What the applicant wrote with the rating is shown again"),
}
_ESCALATED: dict[str, Any] = {
    "STEP_OVERDUE": _("The step is overdue."),
    "CASE_OVERDUE": _("The case is overdue."),
    "APOLOGY": _("The result will be late; an apology and a new date are owed."),
}
_SILENT: dict[tuple[str, str], Any] = {
    ("CONSULTATION", "ESCALATE"): _("The agency that was asked has not answered; the heads were told."),
    ("CONSULTATION", "CONSENT"): _(
        "The agency that was asked has not answered in time, which the law takes as consent."
    ),
    ("DRAFT", "ESCALATE"): _("The applicant has said nothing about the draft; the heads were told."),
    ("DRAFT", "CONSENT"): _("The applicant has said nothing about the draft in time, which is taken as agreement."),
    ("SUPPLEMENT", "ESCALATE"): _("The applicant has not added what is missing; the heads were told."),
    ("SUPPLEMENT", "STOP"): _("The applicant has not added what is missing; the case was stopped."),
}
PUBLIC = frozenset(
    f"cases.{name}"
    for name in (
        "CaseSubmitted",
        "CaseReceived",
        "CaseDeadlineMoved",
        "CaseRefused",
        "SupplementRequested",
        "CaseSupplemented",
        "FileQuarantined",
        "CaseHandedOver",
        "DecisionProposed",
        "CaseGranted",
        "CaseDenied",
        "DraftShown",
        "DraftAgreed",
        "DraftObjected",
        "DraftOutdated",
        "PaymentAsked",
        "PaymentConfirmed",
        "FeesRecounted",
        "RefundOwed",
        "RefundPaidBack",
        "ResultPublished",
        "ResultHandedOut",
        "AgencyConsulted",
        "ConsultationAnswered",
        "CaseSuspended",
        "CaseResumed",
        "LatenessApologised",
        "WithdrawalAsked",
        "WithdrawalDropped",
        "CaseStopped",
        "DetailsCorrected",
        "ResultCorrected",
        "ResultRevoked",
        "CaseReopened",
        "DutyAsked",
        "PartOpened",
        "ApplicationCompleted",
    )
)


_TO_AGENCIES = frozenset({"cases.AgencyConsulted", "cases.PartOpened"})


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event: what, when, by whom (an officer's name, or "" for the applicant), in which agency, with which words.

    `instead_of` names the absent officer for whom the actor stood in. `step` is the name of the step that the case went
    on to, or of the agency asked; `facts` the event's own.
    """

    name: str
    sentence: Any
    at: datetime
    actor: str
    agency: str
    step: str
    words: str
    facts: dict[str, Any]
    instead_of: str = ""


def timeline(case: Case, made: Definition, *, at: datetime, public: bool = False) -> tuple[TimelineEntry, ...]:
    """The events of a case, the newest first. `public` leaves out internal moves and internal words."""
    rows = EventRecord.objects.filter(subject_id=case.id).order_by("-at", "-id")
    shown = [row for row in rows if row.name in (PUBLIC if public else SENTENCES)]
    notes = {str(note.id): note for note in case.notes.all()}
    agencies = directory(at.astimezone(LOCAL).date())
    names = holder_names(row.post_id for row in shown if row.post_id)

    def agency(unit_id: UUID | None) -> str:
        try:
            return agencies.get(unit_id).name if unit_id else ""
        except NotFound:
            return ""

    return tuple(
        TimelineEntry(
            name=row.name.removeprefix("cases."),
            sentence=SENTENCES[row.name],
            at=row.at,
            actor=row.actor_name,
            agency=agency(row.unit_id),
            step=_step_name(made, row.facts.get("to_step")) or agency(_asked(row)),
            words=_words(notes.get(row.facts.get("note") or ""), public=public) or _about(row),
            facts=row.facts,
            instead_of=_absent(row, names),
        )
        for row in shown
    )


def _asked(row: EventRecord) -> UUID | None:
    """The agency that was asked or that a part went to; the title names it, as it names a step."""
    named = row.facts.get("agency") if row.name in _TO_AGENCIES else None
    return UUID(str(named)) if named else None


def _absent(row: EventRecord, names: Mapping[UUID, str]) -> str:
    holder = names.get(row.post_id, "") if row.post_id else ""
    return holder if row.actor_name and holder != row.actor_name else ""


def done_steps(case: Case, made: Definition) -> frozenset[str]:
    """The steps of the usual way that lie behind the case; all of them when it is finished."""
    path = [step.id for step in made.process.path()]
    if case.state == State.HANDED_OUT:
        return frozenset(path)
    return frozenset(path[: path.index(case.step)]) if case.step in path else frozenset()


def _step_name(made: Definition, step_id: str | None) -> str:
    known = {step.id: step.name for step in made.process.steps}
    return known.get(step_id or "", "")


def _words(note: Note | None, *, public: bool) -> str:
    return "" if note is None or (public and note.internal) else note.text


def _about(row: EventRecord) -> str:
    """What an event says of deadlines, from when to when and why, and of money."""
    facts = row.facts
    match row.name:
        case "cases.CaseDeadlineMoved" | "cases.StepDeadlineMoved":
            spans = gettext("From {before} to {after}.").format(
                before=_instant(facts["before"]), after=_instant(facts["after"])
            )
            return f"{spans} {facts['occasion']}".strip()
        case "cases.SilenceNoted":
            return f"{_SILENT[facts['of'], facts['effect']]} ({_instant(facts['due_at'])})"
        case "cases.CaseEscalated":
            return f"{_ESCALATED[facts['kind']]} ({_instant(facts['due_at'])})"
        case "cases.FeesRecounted":
            return "".join(_about_fees(facts))
        case "cases.RefundOwed":
            return _about_refund(facts)
        case "cases.RefundPaidBack":
            said = gettext("{sum} went back to the applicant, voucher {number}.")
            return said.format(sum=_sum(facts["amount"]), number=facts["receipt_number"])
    return ""


def _about_fees(facts: Mapping[str, int]) -> Iterator[str]:
    yield gettext("{after} to be paid instead of {before}.").format(
        before=_sum(facts["before"]), after=_sum(facts["after"])
    )
    if facts["overpaid"]:
        yield " " + gettext("{sum} more was paid than is due.").format(sum=_sum(facts["overpaid"]))


def _about_refund(facts: Mapping[str, Any]) -> str:
    if not facts["amount"]:
        return gettext("Nothing is owed back any more.")
    return gettext("{sum} go back to the applicant.").format(sum=_sum(facts["amount"]))


def _sum(amount: int) -> str:
    return f"{grouped(amount)}\u00a0đ"


def _instant(text: str | None) -> str:
    return f"{datetime.fromisoformat(text).astimezone(LOCAL):%H:%M %d/%m/%Y}" if text else "–"
