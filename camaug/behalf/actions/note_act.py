from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from camaug.behalf.events import ActedForAnother
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def note_act(
    mandate_id: UUID,
    what: str,
    *,
    case: UUID,
    procedure: str,
    code: str = "",
    fields: Iterable[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """Write a line of the journal, in the transaction of what was done."""
    line = ActedForAnother(
        subject=mandate_id, what=what, case=case, procedure=procedure, code=code, fields=tuple(sorted(fields))
    )
    record(line, by=by, at=at)
