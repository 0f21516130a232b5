from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.cases.actions.note_help import note_help
from camaug.cases.actions.recount_fees import recount_fees
from camaug.cases.actions.show_draft import outdate_drafts
from camaug.cases.clock import go_on
from camaug.cases.dues import dues
from camaug.cases.events import CaseSupplemented
from camaug.cases.lifecycle import PaperState
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.words import find_by
from camaug.catalogue.forms.answers import check, prune
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import InvalidInput


@one_move
def supplement(
    case_id: UUID,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    answer: str = "",
    answers: Mapping[str, Any] | None = None,
) -> Case:
    """Answer the request: new files were added before, `answers` correct the form, `answer` is a word to the office.

    The clock restarts or resumes as the ground of the stop says. What was answered anew may cost more or less.
    """
    moving = begin(case_id, "supplement", by=by, at=at, seen=seen)
    case = moving.case
    if answers is not None:
        merged = {**case.answers, **answers}
        on, filed = at.astimezone(LOCAL).date(), case.filed_on
        errors = check(moving.definition.form, merged, on=on, filed=filed, places=RegisteredPlaces(on))
        if errors:
            raise InvalidInput(errors)
        before = dues(case, moving.definition)
        case.answers = prune(moving.definition.form, merged, on=filed)
        recount_fees(moving, before)
        find_by(case, moving.definition)
        outdate_drafts(moving)
    request = case.supplements.get(answered_at__isnull=True)
    request.answered_at, request.answer = at, answer.strip()
    request.save(update_fields=["answered_at", "answer"])
    given = case.files.filter(removed_at__isnull=True).values_list("paper", flat=True)
    case.papers.filter(paper__in=list(given), state=PaperState.MISSING).update(state=PaperState.GIVEN)
    go_on(case, moving.definition, at=at)
    due = case.due_at.isoformat() if case.due_at else None
    note_help(case, "supplement", fields=answers or (), by=by, at=at)
    return moving.finish(CaseSupplemented(subject=case.id, code=case.code or "", supplement=request.id, due_at=due))
