from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.consult import check_answered
from camaug.cases.actions.show_draft import check_agreed
from camaug.cases.events import CaseHandedOver
from camaug.cases.models import Case
from camaug.cases.moves import Moving
from camaug.cases.proposals import lacks_proposal
from camaug.cases.routing import enter, following
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.errors import DomainError


class NothingProposed(DomainError):
    """A decision needs somebody who proposed it."""

    sentence = _("Nobody has proposed a decision in this case: it is submitted for approval, not handed over.")


def pass_on(moving: Moving, *, to: str | None = None, note: str = "") -> Case:
    """The inside of a hand-over. What is decided on a proposal is not handed over to be decided without one."""
    check_answered(moving)
    check_agreed(moving)
    case, origin, process = moving.case, moving.case.step, moving.definition.process
    step = following(process, origin, to)
    if step.kind == StepKind.APPROVE and lacks_proposal(case, process.step(origin)):
        raise NothingProposed
    enter(case, step, at=moving.at)
    said = moving.note(note, internal=True) if note.strip() else None
    return moving.finish(
        CaseHandedOver(
            subject=case.id,
            code=case.code or "",
            from_step=origin,
            to_step=case.step,
            holder_unit=_unit(case),
            holder_role=case.holder_role,
            note=said,
        )
    )


def _unit(case: Case) -> UUID:
    if case.holder_unit_id is None:
        raise ValueError("a case that was handed over has no holder")
    return case.holder_unit_id
