from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.cases.actions.note_help import note_help
from camaug.cases.actions.save import own_draft
from camaug.cases.events import DraftDiscarded
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def discard(case_id: UUID, *, by: Actor, at: datetime) -> None:
    """Throw a draft away with everything in it. NotFound where it is another's; AlreadySent where it was sent."""
    with transaction.atomic():
        case = own_draft(case_id, by=by)
        note_help(case, "discard", by=by, at=at)
        record(DraftDiscarded(subject=case.id, procedure=case.procedure_id), by=by, at=at)
        case.delete()
