from uuid import UUID

from camaug.cases.actions.consult import check_answered
from camaug.cases.events import CaseHandedOver
from camaug.cases.models import Case
from camaug.cases.moves import Moving
from camaug.cases.routing import enter, following


def pass_on(moving: Moving, *, to: str | None = None, note: str = "") -> Case:
    """The inside of a hand-over."""
    check_answered(moving)
    case, origin = moving.case, moving.case.step
    enter(case, following(moving.definition.process, origin, to), at=moving.at)
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
