from collections.abc import Iterable
from datetime import datetime

from camaug.behalf.actions.note_act import note_act
from camaug.cases.models import Case
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor


def note_help(case: Case, what: str, *, fields: Iterable[str] = (), by: Actor, at: datetime) -> None:
    """Write into the journal of the person's mandate what a helper did to the case; of everybody else nothing."""
    if case.mandate_id and case.mandate_id in {one.id for one in by.mandates}:
        note_act(
            case.mandate_id,
            what,
            case=case.id,
            procedure=definition(case.version_id).code,
            code=case.code or "",
            fields=fields,
            by=by,
            at=at,
        )
