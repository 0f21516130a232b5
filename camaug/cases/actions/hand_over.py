from datetime import datetime
from uuid import UUID

from camaug.cases.events import CaseHandedOver
from camaug.cases.models import Case
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.routing import enter, following
from camaug.kernel.actors import Actor


@one_move
def hand_over(
    case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, to: str | None = None, note: str = ""
) -> Case:
    """Pass the case on to the step `to` (None: the usual next one), with a word for the one who takes it up."""
    return pass_on(begin(case_id, "hand_over", by=by, at=at, seen=seen), to=to, note=note)


def pass_on(moving: Moving, *, to: str | None = None, note: str = "") -> Case:
    """The inside of a hand-over."""
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
