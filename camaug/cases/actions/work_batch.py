import logging
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from camaug.access.queries import actor_of_account
from camaug.cases.actions.print_batch import merged, print_paper_of
from camaug.cases.bulk import MOVES, PRINT, Turn
from camaug.cases.events import BatchFinished
from camaug.cases.lifecycle import ItemState
from camaug.cases.models import Batch, BatchItem, Case
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record

logger = logging.getLogger(__name__)


def work_item(batch_id: UUID, *, by: Actor, at: datetime) -> bool:  # noqa: ARG001 (the batch says who acts)
    """Try the next case of the batch; False where none is left. The move and its mark are one transaction.

    Whoever is killed in the middle leaves the case as it was, and the next one takes it up.
    """
    with transaction.atomic():
        waiting = BatchItem.objects.filter(batch_id=batch_id, state=ItemState.PENDING).order_by("ordinal")
        item = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("batch").first()
        if item is None:
            return False
        with translation.override(item.batch.language):
            item.sentence = _try(item, at)[:500]
        item.state = ItemState.REFUSED if item.sentence else ItemState.DONE
        item.done_at = at
        item.save()
        return True


def finish_batch(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close a batch of which every case was tried; merge what it printed. Again, or too early, changes nothing."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(pk=batch_id, finished_at__isnull=True).first()
        if batch is None or batch.items.filter(state=ItemState.PENDING).exists():
            return
        batch.blob, batch.finished_at = merged(batch), at
        batch.save()
        done = batch.items.filter(state=ItemState.DONE).count()
        refused = batch.items.count() - done
        record(BatchFinished(subject=batch.id, move=batch.move, done=done, refused=refused), by=by, at=at)


def _try(item: BatchItem, at: datetime) -> str:
    """Why it could not be done; "" where it was."""
    try:
        with transaction.atomic():
            _act(item, at)
    except DomainError as no:
        return str(no)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not the case's: the item stays open for the next worker
    except Exception:
        logger.exception("batch %s: case %s failed", item.batch_id, item.case_id)
        return _("A fault in the system stopped this one. Nothing was changed; the fault has been written down.")
    return ""


def _act(item: BatchItem, at: datetime) -> None:
    batch = item.batch
    by = actor_of_account(batch.account_id, at=at, origin=batch.origin)
    case = Case.objects.visible_to(by).filter(pk=item.case_id).first()
    if case is None:
        raise NotFound
    if batch.move == PRINT:
        item.blob = print_paper_of(case, batch.words["what"], by=by, at=at)
    else:
        MOVES[batch.move](Turn(case=case, seen=item.seen, words=batch.words, by=by, at=at))
