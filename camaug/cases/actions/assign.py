from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.events import CaseAssigned
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.cases.queries.own import own_to
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.people.queries import attended, holders


class NotOfThisStep(DomainError):
    """A case is assigned only within the role and unit that hold it."""

    sentence = _("Choose an officer of this unit who does this step.")


class NobodyThere(DomainError):
    """The holder is away, and nobody stands in."""

    sentence = _("{name} is away and nobody stands in. Choose somebody else.")


class TheirOwnCase(DomainError):
    """Who applies, or acts for who applies, does not process the case."""

    sentence = _("This is {name}'s own case. Choose somebody else.")


@one_move
def assign(case_id: UUID, *, to: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Make one position responsible for the step; it must belong to the unit and role that hold the case.

    NotOfThisStep; NobodyThere where its holder is away without a stand-in; TheirOwnCase.
    """
    moving = begin(case_id, "assign", by=by, at=at, seen=seen)
    case = moving.case
    able = holders(case.holder_role, case.holder_unit_id, at) if case.holder_unit_id else ()
    chosen = next((one for one in able if one.id == to), None)
    if chosen is None:
        raise NotOfThisStep
    if to not in {one.id for one in attended(able)}:
        raise NobodyThere(name=chosen.officer_name)
    if own_to(case, [chosen]):
        raise TheirOwnCase(name=chosen.officer_name)
    case.assignee_id = to
    return moving.finish(CaseAssigned(subject=case.id, code=case.code or "", position=to, step=case.step))
