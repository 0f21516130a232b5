from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.agreement import consent_of, last_draft
from camaug.cases.events import DraftOutdated, DraftShown
from camaug.cases.lifecycle import DraftState
from camaug.cases.models import Case, ShownDraft
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.results.drafts import draft_facts
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.worktime.deadlines import due_at
from camaug.worktime.queries import calendar_of

GOOD = frozenset({DraftState.AGREED, DraftState.CONSENTED})
STANDING = frozenset({DraftState.SHOWN, *GOOD})


class NoDraftHere(DomainError):
    """The process says at which steps, and to whose applications, a draft is shown."""

    sentence = _("At this step the applicant of this case is shown no draft.")


class DraftWaits(DomainError):
    """One draft at a time."""

    sentence = _("The applicant already has the draft: wait for the answer, or for {due}.")


class DraftNotAgreed(DomainError):
    """Where the applicant agrees to the draft, nothing is granted before."""

    sentence = _("The applicant has not agreed to the draft yet: show it, and wait for the answer.")


class DraftObjectedTo(DomainError):
    """What the applicant finds wrong is mended, or the application is denied."""

    sentence = _("The applicant says that the draft is wrong: correct it and show it once more.")


@one_move
def show_draft(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Show the applicant the draft of the result, to agree to it or to say what is wrong, within the process's time.

    NoDraftHere where the process foresees none, DraftWaits while one is with the applicant.
    """
    moving = begin(case_id, "show_draft", by=by, at=at, seen=seen)
    case, rule = moving.case, consent_of(moving.case, moving.definition)
    if rule is None:
        raise NoDraftHere
    if moving.post is None:
        raise NotFound
    refuse_while_shown(case.drafts.select_for_update(of=("self",)).filter(state=DraftState.SHOWN).first())
    kind = moving.definition.results[0]
    draft = ShownDraft(
        case=case,
        step=case.step,
        result=kind.id,
        name=kind.name,
        facts=draft_facts(case, moving.definition, at=at),
        shown_at=at,
        shown_by_id=moving.post.id,
        due_at=due_at(at, rule.span, calendar_of(case.receiving_agency_id, at=at)),
    )
    moving.rows.add(draft)
    return moving.finish(
        DraftShown(subject=case.id, code=case.code or "", draft=draft.id, due_at=draft.due_at.isoformat())
    )


def check_agreed(moving: Moving) -> None:
    """DraftWaits, DraftObjectedTo or DraftNotAgreed where a step that shows a draft is left without agreement to it."""
    case, rule = moving.case, consent_of(moving.case, moving.definition)
    if rule is None:
        return
    last = last_draft(case)
    refuse_while_shown(last)
    if last is not None and last.state == DraftState.OBJECTED:
        raise DraftObjectedTo
    if last is None and rule.required:
        raise DraftNotAgreed


def refuse_while_shown(draft: ShownDraft | None) -> None:
    """DraftWaits where the applicant still has it."""
    if draft is not None and draft.state == DraftState.SHOWN:
        raise DraftWaits(due=f"{draft.due_at.astimezone(LOCAL):%H:%M %d/%m/%Y}")


def outdate_drafts(moving: Moving) -> None:
    """Inside a move that changed the answers: a draft that says otherwise now has to be shown anew."""
    case = moving.case
    for draft in case.drafts.select_for_update(of=("self",)).filter(state__in=STANDING):
        if draft.facts == draft_facts(case, moving.definition, at=draft.shown_at):
            continue
        draft.state, draft.ended_at = DraftState.WITHDRAWN, moving.at
        moving.rows.change(draft, ["state", "ended_at"])
        moving.tell(DraftOutdated(subject=case.id, code=case.code or "", draft=draft.id))


def take_draft_back(moving: Moving) -> None:
    """Inside a move that decides or ends the case without it: nobody waits for an answer to a draft any more."""
    if not any(step.draft_consent for step in moving.definition.process.steps):
        return
    for draft in moving.case.drafts.select_for_update(of=("self",)).filter(state=DraftState.SHOWN):
        draft.state, draft.ended_at = DraftState.WITHDRAWN, moving.at
        moving.rows.change(draft, ["state", "ended_at"])
