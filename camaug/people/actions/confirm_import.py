from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.people.events import ImportConfirmed
from camaug.people.models import Import, ImportProgress, ImportState
from camaug.people.policy import ADMINISTER


class NotToConfirm(DomainError):
    """The table was not found sound, or somebody has confirmed it before."""

    sentence = _("This table cannot be imported: it was not checked, is wrong, or is being imported already.")


def confirm_import(run_id: UUID, *, by: Actor, at: datetime) -> Import:
    """Say that the checked table is to be imported; who says it is its author from here on.

    Raises NotFound, NotToConfirm.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        run = Import.objects.select_for_update().select_related("blob").filter(id=run_id).first()
        if run is None:
            raise NotFound
        if run.state != ImportState.CHECKED:
            raise NotToConfirm
        acting = by.post_granted(ADMINISTER.code, *by.unit_ids)
        run.state, run.confirmed_at = ImportState.CONFIRMED, at
        run.account_id, run.actor_name, run.origin = by.account_id, by.name, by.origin
        run.post_id = acting.id if acting else None
        run.save()
        ImportProgress.objects.filter(run=run).update(done=0, total=0)
        record(ImportConfirmed(subject=run.id, kind=run.kind, sha256=run.blob.sha256), by=by, at=at)
    return run
