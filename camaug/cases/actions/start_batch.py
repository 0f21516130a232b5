from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from camaug.cases.actions.print_batch import PRINTED
from camaug.cases.bulk import MOVES, PRINT, position_in
from camaug.cases.events import BatchStarted
from camaug.cases.models import Batch, BatchItem, Case
from camaug.cases.moves import ReasonMissing
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record

MOST = 200
JOB = "cases.work_batch"


class NothingChosen(DomainError):
    """A batch holds at least one case."""

    sentence = _("Choose at least one case.")


class TooMany(DomainError):
    """A batch is limited, so that its report can be read and nobody moves a year's work by one press."""

    sentence = _("At most {most} cases can be moved at once; you chose {chosen}.")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the move, the words said for all, and the cases with the revision that was shown of each.

    The same `request_key` gives the same batch again.
    """

    request_key: UUID
    move: str
    cases: tuple[tuple[UUID, int], ...]
    words: Mapping[str, str] = field(default_factory=dict)


def start_batch(order: Order, *, by: Actor, at: datetime) -> Batch:
    """Write down one move for many cases; the worker makes it, case by case.

    NotFound for an unknown move or a case that the actor may not know of; NothingChosen, TooMany, ReasonMissing,
    NotOfThisStep.
    """
    if by.account_id is None:
        raise NotFound
    known = Batch.objects.filter(request_key=order.request_key, account_id=by.account_id)
    try:
        with transaction.atomic():
            return known.first() or _written(order, by.account_id, by, at)
    except IntegrityError:
        if batch := known.first():
            return batch
        raise


def _written(order: Order, account_id: UUID, by: Actor, at: datetime) -> Batch:
    _check(order, by)
    batch = Batch.objects.create(
        request_key=order.request_key,
        move=order.move,
        words=dict(order.words),
        account_id=account_id,
        language=get_language() or "vi",
        origin=by.origin,
        started_at=at,
    )
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, ordinal=ordinal, case_id=case, seen=seen)
        for ordinal, (case, seen) in enumerate(dict(order.cases).items(), start=1)
    )
    record(BatchStarted(subject=batch.id, move=batch.move, cases=batch.items.count()), by=by, at=at)
    app.configure_task(JOB, queueing_lock=f"{JOB}.{batch.id}").defer(batch=str(batch.id))
    return batch


def _check(order: Order, by: Actor) -> None:
    chosen = set(dict(order.cases))
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST:
        raise TooMany(most=MOST, chosen=len(chosen))
    if order.move not in {*MOVES, PRINT} or (order.move == PRINT and order.words.get("what") not in PRINTED):
        raise NotFound
    if order.move == "send_back" and not order.words.get("reason", "").strip():
        raise ReasonMissing
    if order.move == "assign":
        position_in(order.words)
    if Case.objects.visible_to(by).submitted().filter(pk__in=chosen).count() != len(chosen):
        raise NotFound
