from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.catalogue.actions.change_draft import lock_draft
from camaug.catalogue.events import DraftDiscarded
from camaug.catalogue.policy import EDIT
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


@transaction.atomic
def discard_draft(draft_id: UUID, *, seen: int, by: Actor, at: datetime) -> None:
    """Throw a draft away; a procedure that never had a version goes with it. Raises NotFound, ChangedMeanwhile."""
    EDIT.check(by, None)
    draft = lock_draft(draft_id, seen)
    procedure = draft.procedure
    draft.delete()
    if not procedure.versions.exists():
        procedure.delete()
    record(DraftDiscarded(subject=draft.procedure_id, code=procedure.code), by=by, at=at)
