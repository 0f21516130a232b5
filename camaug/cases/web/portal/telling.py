"""A case's progress as the citizen's pages show it: steps, due time, history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.actions.rate import CHANGEABLE
from camaug.cases.lifecycle import FINISHED, STOP_LABELS, WAITING, State, StopGround
from camaug.cases.models import Outcome, Result, Satisfaction
from camaug.cases.queries import PartView, Progress, TimelineEntry
from camaug.cases.web.portal.wording import SATISFACTIONS, tone
from camaug.catalogue.forms.wording import told
from camaug.kernel.pages import Request
from camaug.ui.templatetags.words import moment, near
from camaug.worktime.queries import remaining_words

_ENDED = frozenset({"CaseRefused", "CaseDenied", "CaseStopped"})
_HELD_UP = frozenset({"SupplementRequested", "PaymentAsked", "CaseSuspended", "WithdrawalAsked", "LatenessApologised"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the usual way: `state` done, now or later."""

    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """One event of the history."""

    title: str
    when: str
    by: str
    words: str
    tone: str


def steps(seen: Progress) -> tuple[Step, ...]:
    """The steps of the procedure, with “you are here”."""
    shown = []
    for step in seen.definition.process.path():
        here = step.id == seen.case.step and seen.state not in FINISHED
        state = "now" if here else "done" if step.id in seen.done else "later"
        detail = _("It is here: {agency}").format(agency=seen.holder.name) if here else ""
        shown.append(Step(told(step, "name"), detail, state))
    return tuple(shown)


def due(seen: Progress) -> tuple[str, str]:
    """When the result is promised, and how much time is left; empty where nothing is promised."""
    if seen.state in FINISHED or seen.state == State.RESULT_READY:
        return "", ""
    if seen.state in WAITING:
        return "", _STOOD_STILL[seen.state]()
    promised = moment(seen.case.due_at) if seen.case.due_at else ""
    if not promised or seen.due.left is None:
        return promised, ""
    left = remaining_words(seen.due.left, past=seen.due.tone == "late")
    return promised, left


def history(seen: Progress, request: Request, *, words: bool = True) -> tuple[Item, ...]:
    """What happened, the newest first. `words`: also what the office wrote."""
    return tuple(_item(entry, request, words) for entry in seen.timeline)


_STOOD_STILL = {
    State.SUPPLEMENT_REQUESTED: lambda: _("The clock stands still until you answer."),
    State.FINANCIAL_DUTY: lambda: _("The clock stands still until you have paid."),
    State.SUSPENDED: lambda: _("The clock stands still while something is being verified."),
}


def reason(seen: Progress) -> str:
    """Why it was not taken in, stopped, or denied; empty where it was none of these."""
    ended = {State.REFUSED: "CaseRefused", State.STOPPED: "CaseStopped"}
    return last_words(seen, ended.get(seen.state, "CaseDenied" if seen.case.outcome == Outcome.DENIED else ""))


def stopped_on(seen: Progress) -> Any:
    """The ground on which it was stopped; empty where it was not."""
    said = next((entry for entry in seen.timeline if entry.name == "CaseStopped"), None)
    stopped = said if seen.state == State.STOPPED else None
    return STOP_LABELS[StopGround(stopped.facts["ground"])] if stopped else ""


def suspended(seen: Progress) -> str:
    """Why the office suspended it; empty where it waits for another agency, or goes on."""
    pauses = (entry for entry in seen.timeline if entry.name == "CaseSuspended" or entry.facts.get("stopped"))
    last = next(pauses, None)
    return last.words if last and seen.state == State.SUSPENDED else ""


def last_words(seen: Progress, event: str) -> str:
    """What was said when this last happened; empty where it did not."""
    return next((entry.words for entry in seen.timeline if entry.name == event and entry.words), "")


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the application; `href` leads to it where one may open it, `detail` says when or after what."""

    name: str
    agency: str
    state: str
    tone: str
    detail: str
    href: str
    case_id: UUID | None
    results: tuple[Result, ...]


def parts(seen: Progress, *, owner: bool) -> tuple[PartLine, ...]:
    """What the application brings, each with where it stands. `owner`: it is one's own, so that each can be opened."""
    return tuple(
        PartLine(
            name=told(part.definition, "plain_name"),
            agency=part.agency,
            state=str(part.state_label) if part.state else _("Not begun"),
            tone=tone(part.state) if part.state else "plain",
            detail=_part_detail(part),
            href=reverse("citizen:my_case", args=[part.case_id]) if owner and part.case_id else "",
            case_id=part.case_id,
            results=part.results,
        )
        for part in seen.parts
    )


def _part_detail(part: PartView) -> str:
    if part.due and part.due.at and part.due.tone != "none":
        return _("Due at {at}").format(at=moment(part.due.at))
    names = ", ".join(told(other, "plain_name") for other in part.after)
    return _("Begins after: {names}").format(names=names) if names else ""


def state_tone(seen: Progress) -> str:
    """The colour of the tag."""
    return tone(seen.state)


def rating(seen: Progress, action: str, *, at: datetime, words: bool = True) -> dict[str, Any]:
    """What is asked and known of the rating; no `rating_action` where it can be neither given nor changed.

    `words`: also what was written, which one who holds only the code does not read.
    """
    given = seen.rating
    open_still = seen.may_be_rated and (given is None or at <= given.rated_at + CHANGEABLE)
    return {
        "rating_action": action if open_still else "",
        "rating_given": SATISFACTIONS[Satisfaction(given.satisfaction)] if given else "",
        "rating_options": [{"value": value, "label": label} for value, label in SATISFACTIONS.items()],
        "satisfaction": given.satisfaction if given else "",
        "words": given.words if given and words else "",
        "errors": {},
    }


def _item(entry: TimelineEntry, request: Request, words: bool) -> Item:
    said = "late" if entry.name in _ENDED else "waiting" if entry.name in _HELD_UP else ""
    title = f"{entry.sentence}: {entry.step}" if entry.step else str(entry.sentence)
    return Item(title, near(entry.at, request.at), entry.agency, entry.words if words else "", said)
