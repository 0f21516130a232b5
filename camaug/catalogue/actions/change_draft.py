from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.catalogue.drafting.edits import Edit
from camaug.catalogue.events import DraftChanged
from camaug.catalogue.models import ProcedureDraft
from camaug.catalogue.policy import EDIT
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.kernel.history import ChangedMeanwhile


@transaction.atomic
def change_draft(draft_id: UUID, edit: Edit, *, seen: int, by: Actor, at: datetime) -> ProcedureDraft:
    """Make one change of a draft's content; one that changes nothing is not written down.

    Raises NotFound, ChangedMeanwhile where the draft is no longer as the form showed it (`seen` is its revision), and
    what the edit refuses.
    """
    EDIT.check(by, None)
    draft = lock_draft(draft_id, seen)
    content = edit.applied(draft.content)
    if content == draft.content:
        return draft
    changed = DraftChanged(
        subject=draft.procedure_id,
        code=draft.procedure.code,
        what=edit.what,
        place=edit.address,
        heading=edit.heading(draft.content, content),
        changes=edit.changes(draft.content, content),
    )
    draft.content, draft.changed_at, draft.changed_by = content, at, by.name
    draft.revision += 1
    draft.save(update_fields=["content", "revision", "changed_at", "changed_by"])
    record(changed, by=by, at=at)
    return draft


def lock_draft(draft_id: UUID, seen: int) -> ProcedureDraft:
    """The draft under lock, still as it was seen; part of an action's transaction. NotFound, ChangedMeanwhile."""
    draft = (
        ProcedureDraft.objects.select_for_update(of=("self",)).select_related("procedure").filter(pk=draft_id).first()
    )
    if draft is None:
        raise NotFound
    if draft.revision != seen:
        raise ChangedMeanwhile(name=draft.changed_by)
    return draft
