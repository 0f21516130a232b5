from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.receive import issue
from camaug.cases.clock import stop
from camaug.cases.events import SupplementRequested
from camaug.cases.lifecycle import MOST_SUPPLEMENTS
from camaug.cases.models import Case, Supplement
from camaug.cases.moves import ReasonMissing, begin, one_move
from camaug.cases.slips.facts import supplement_facts
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError

REQUEST = 2


class AskedTooOften(DomainError):
    """NĐ 118/2025: a supplement may be requested only once; a second request counts against the agency."""

    sentence = _("A supplement was already requested twice in this case; the law lets an office ask only once.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to add or mend: the paper's id ("" for the form itself), what it is, and what is wrong with it."""

    paper: str
    name: str
    reason: str


@one_move
def request_supplement(
    case_id: UUID, items: Sequence[Item], *, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Ask the applicant for everything that is missing, at once (Form 02); the clock stands still meanwhile."""
    moving = begin(case_id, "request_supplement", by=by, at=at, seen=seen)
    case = moving.case
    if not items:
        raise ReasonMissing
    asked = case.supplements.count()
    if asked >= MOST_SUPPLEMENTS:
        raise AskedTooOften
    supplement = Supplement.objects.create(
        case=case,
        items=[asdict(item) for item in items],
        reason=reason.strip(),
        requested_at=at,
        requested_by=by.account_id,
        second=asked > 0,
    )
    case.second_supplement = supplement.second
    slip = issue(moving, REQUEST, supplement_facts(case, supplement, by=by, at=at))
    stop(case, moving.definition, "SUPPLEMENT", at=at, document=f"{case.code}/02")
    return moving.finish(
        SupplementRequested(
            subject=case.id, code=case.code or "", supplement=supplement.id, slip=slip.id, second=supplement.second
        )
    )
