"""Erasing what has outlived its term, a batch a transaction; each erasure is an event: none happens in silence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.cases.events import DraftDiscarded, OutlivedErased, ReadingsErased
from camaug.cases.models import Case
from camaug.cases.queries.retention import outlived
from camaug.cases.retention.terms import LOGS, Kind, term_of
from camaug.kernel.actors import Actor
from camaug.kernel.events import record, record_all
from camaug.kernel.ids import uuid7
from camaug.kernel.keeping import every_kind

BATCH = 500


def erase_old(kind: Kind, *, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Erase the oldest that have outlived their term; how many. 0: nothing is left to erase.

    Sent cases, papers and results are no kind of it: the law keeps them.
    """
    with transaction.atomic():
        due = outlived(kind, at=at).order_by("pk").select_for_update(of=("self",))
        ids = list(due.values_list("pk", flat=True)[:batch])
        if ids and kind == Kind.DRAFTS:
            _erase_drafts(ids, by=by, at=at)
        elif ids:
            every_kind()[kind].erase(due.model._default_manager.filter(pk__in=ids), at)
            said = ReadingsErased if kind in LOGS else OutlivedErased
            before = term_of(kind, at).ends(at).isoformat()
            record(said(subject=uuid7(), what=kind, rows=len(ids), before=before), by=by, at=at)
        return len(ids)


def _erase_drafts(ids: list[UUID], *, by: Actor, at: datetime) -> None:
    drafts = list(Case.objects.drafts().filter(pk__in=ids).order_by("pk"))
    record_all([DraftDiscarded(subject=one.id, procedure=one.procedure_id) for one in drafts], by=by, at=at)
    Case.objects.drafts().filter(pk__in=[one.id for one in drafts]).delete()
