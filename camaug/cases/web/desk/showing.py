"""What the page of a case shows, made ready for its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.cases.lifecycle import FINISHED, MOST_SUPPLEMENTS, DraftState, State
from camaug.cases.queries import CasePage, TimelineEntry
from camaug.catalogue.definition.process import Step, StepKind
from camaug.catalogue.forms.wording import said
from camaug.kernel.clock import LOCAL
from camaug.ui.templatetags.words import clock, dong, moment, near
from camaug.worktime.queries import stop_grounds

_ENDING = {
    "CaseReceived": StepKind.RECEIVE,
    "CaseGranted": StepKind.APPROVE,
    "CaseDenied": StepKind.APPROVE,
    "ResultPublished": StepKind.PUBLISH,
    "ResultHandedOut": StepKind.RETURN,
}
_TONES = {
    "CaseRefused": "late",
    "CaseDenied": "late",
    "CaseSentBack": "waiting",
    "SupplementRequested": "waiting",
    "PaymentAsked": "waiting",
    "FeesRecounted": "waiting",
    "RefundOwed": "waiting",
    "DraftShown": "waiting",
    "DraftObjected": "waiting",
    "DraftOutdated": "waiting",
    "CaseTakenBack": "waiting",
    "CaseSuspended": "waiting",
    "WithdrawalAsked": "waiting",
    "CaseStopped": "late",
    "LatenessApologised": "waiting",
}
_UNDONE = frozenset({"CaseSentBack", "CaseTakenBack"})


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the usual way; `state` done, now or later."""

    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """An event of the history."""

    title: str
    when: str
    by: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count, with its ground in words."""

    ground: str
    restarts: bool
    from_at: datetime
    until_at: datetime | None
    due_before: datetime | None
    due_after: datetime | None
    document: str


def milestones(page: CasePage, now: datetime) -> tuple[Milestone, ...]:
    """The steps with who did them and when, and "you are here"."""
    ended = _ended(page)
    return tuple(_milestone(page, step, ended, now) for step in page.definition.process.path())


def items(page: CasePage, now: datetime) -> tuple[Item, ...]:
    """The history, the newest first."""
    return tuple(_item(entry, now) for entry in page.timeline)


def pauses(page: CasePage, now: datetime) -> tuple[Pause, ...]:
    """The exclusions of the clock with their grounds."""
    names = {ground.code: ground.name for ground in stop_grounds(on=now.date())} if page.stops else {}
    return tuple(
        Pause(
            ground=names.get(stop.ground, stop.ground),
            restarts=stop.effect == "RESTART",
            from_at=stop.from_at,
            until_at=stop.until_at,
            due_before=stop.due_before,
            due_after=stop.due_after,
            document=stop.document,
        )
        for stop in page.stops
    )


def obstacles(page: CasePage) -> Iterator[str]:
    """Sentences that say why what one might look for cannot be done now."""
    state, kind = page.state, page.step.kind
    if state in FINISHED or state == State.WITHDRAWAL_ASKED:
        return
    if page.due.tone == "late" and page.refusal("apologise") == "":
        yield _(
            "No new date can be set: the old one has passed. Finish the case all the same; lateness blocks nothing."
        )
    if kind == StepKind.RETURN:
        yield from _unpaid(page)
    yield from _unagreed(page)
    if len(page.supplements) >= MOST_SUPPLEMENTS and kind in (StepKind.RECEIVE, StepKind.EXAMINE, StepKind.REVIEW):
        yield _("No further supplement can be requested: the law allows one, and this case has had two.")
    if kind in (StepKind.EXAMINE, StepKind.REVIEW):
        yield _("It cannot be approved yet: no decision has been proposed.")
    if kind in (StepKind.RECEIVE, StepKind.EXAMINE, StepKind.REVIEW, StepKind.APPROVE):
        yield _("The result cannot be handed out yet: it has not been signed.")
    if kind == StepKind.PUBLISH:
        yield _("The result cannot be handed out yet: it has no number in the book.")


def _unagreed(page: CasePage) -> Iterator[str]:
    """That the applicant has the draft, or still has to be sent it."""
    waiting = [draft for draft in page.drafts if draft.state == DraftState.SHOWN]
    if waiting:
        yield _("The applicant has the draft, and answers by {due}.").format(due=moment(waiting[0].due_at))
    elif page.consent_is_required and page.refusal("show_draft") is not None:
        yield _("A grant cannot be proposed yet: the applicant has not agreed to the draft.")


def _unpaid(page: CasePage) -> Iterator[str]:
    """Why the result waits for money."""
    if page.dues.unknown:
        yield _("The result cannot be handed out yet: “{name}” is to be paid, and its sum is not entered.").format(
            name=said(page.dues.unknown[0], "name", get_language())
        )
    elif page.dues.unpaid:
        yield _("The result cannot be handed out yet: {sum} is still to be paid.").format(sum=dong(page.dues.unpaid))


def waiting_for(page: CasePage) -> str:
    """Whom a stopped clock waits for; "" where it runs."""
    return {
        State.SUPPLEMENT_REQUESTED: _("The clock stands still: the applicant is to supplement the dossier."),
        State.FINANCIAL_DUTY: _("The clock stands still: the applicant is to pay."),
        State.SUSPENDED: _("The clock stands still: the case is suspended."),
        State.WITHDRAWAL_ASKED: _("The applicant asks to withdraw. The clock runs: stop the case with Form 05."),
    }.get(page.state, "")


def _milestone(page: CasePage, step: Step, ended: dict[str, TimelineEntry], now: datetime) -> Milestone:
    label, entry = said(step, "name", get_language()), ended.get(step.id)
    if step.id in page.done:
        return Milestone(label, f"{_given_name(entry.actor)}, {_when(entry.at, now)}" if entry else "", "done")
    if step.id == page.step.id and page.state not in FINISHED:
        return Milestone(label, _("you are here") if page.my_turn else _("the case is here"), "now")
    return Milestone(label, "", "later")


def _ended(page: CasePage) -> dict[str, TimelineEntry]:
    """The last event that ended each step."""
    found: dict[str, TimelineEntry] = {}
    by_kind = {step.kind: step.id for step in page.definition.process.path()}
    for entry in page.timeline:
        kind = _ENDING.get(entry.name)
        step = entry.facts.get("from_step") or (by_kind.get(kind, "") if kind else "")
        if step and entry.name not in _UNDONE:
            found.setdefault(step, entry)
    return found


def _item(entry: TimelineEntry, now: datetime) -> Item:
    title = f"{entry.sentence}: {entry.step}" if entry.step else str(entry.sentence)
    stood_in = _("instead of {name}").format(name=entry.instead_of) if entry.instead_of else ""
    by = ", ".join(part for part in (entry.actor or _("The applicant"), stood_in, entry.agency) if part)
    return Item(title, near(entry.at, now), by, entry.words, _TONES.get(entry.name, ""))


def _when(at: datetime, now: datetime) -> str:
    return clock(at) if at.astimezone(LOCAL).date() == now.date() else near(at, now)


def _given_name(full_name: str) -> str:
    return full_name.split(" ")[-1] if full_name else ""
