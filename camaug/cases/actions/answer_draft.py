from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.note_help import note_help
from camaug.cases.events import DraftAgreed, DraftObjected
from camaug.cases.lifecycle import DraftState
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError


class NoDraftWaits(DomainError):
    """An answer is to a draft that waits for one."""

    sentence = _("No draft waits for an answer in this case any more.")


class WrongUnsaid(DomainError):
    """Whoever does not agree says what is wrong, so that it can be mended."""

    sentence = _("Write what is wrong in the draft, so that the office can correct it.")


@one_move
def answer_draft(
    case_id: UUID, *, agrees: bool, by: Actor, at: datetime, seen: int | None = None, wrong: str = ""
) -> Case:
    """The applicant, or the one-stop unit for them, agrees to the draft, or says what is `wrong` in it.

    NoDraftWaits where the time is over or what it says was changed meanwhile; WrongUnsaid.
    """
    moving = begin(case_id, "answer_draft", by=by, at=at, seen=seen)
    case, words = moving.case, wrong.strip()
    draft = case.drafts.select_for_update(of=("self",)).filter(state=DraftState.SHOWN).first()
    if draft is None:
        raise NoDraftWaits
    if not agrees and not words:
        raise WrongUnsaid
    draft.state, draft.ended_at = DraftState.AGREED if agrees else DraftState.OBJECTED, at
    draft.answered_by, draft.answer = by.account_id, "" if agrees else words
    moving.rows.change(draft)
    note_help(case, "answer_draft", by=by, at=at)
    if agrees:
        return moving.finish(DraftAgreed(subject=case.id, code=case.code or "", draft=draft.id))
    note = moving.note(words)
    return moving.finish(DraftObjected(subject=case.id, code=case.code or "", draft=draft.id, note=note))
