from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.clock import stop
from camaug.cases.events import CaseSuspended
from camaug.cases.lifecycle import OTHER_STOPS
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.worktime.queries import stop_grounds


class NotAGround(DomainError):
    """The clock stops only on a ground that the law names; some of them have moves of their own."""

    sentence = _("Choose the ground on which the law lets the case be suspended.")


class DocumentMissing(DomainError):
    """Each time that is not counted stands on a document."""

    sentence = _("Enter the number of the document on which the suspension stands.")


class StandsStill(DomainError):
    """One stop at a time."""

    sentence = _("The clock of this case already stands still.")


@one_move
def suspend(
    case_id: UUID, *, ground: str, document: str, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Let the clock stand still on a ground that the law names, by a document; the applicant is told why.

    `ground` is a code of `worktime`. NotAGround, DocumentMissing, ReasonMissing, StandsStill.
    """
    moving = begin(case_id, "suspend", by=by, at=at, seen=seen)
    case, paper = moving.case, document.strip()
    lawful = {one.code for one in stop_grounds(on=at.astimezone(LOCAL).date())} - OTHER_STOPS
    if ground not in lawful:
        raise NotAGround
    if not paper:
        raise DocumentMissing
    if case.stops.filter(until_at__isnull=True).exists():
        raise StandsStill
    note = moving.note(reason)
    case.resume_state = case.state
    stop(case, moving.definition, ground, at=at, document=paper)
    return moving.finish(
        CaseSuspended(subject=case.id, code=case.code or "", ground=ground, document=paper[:120], note=note)
    )
