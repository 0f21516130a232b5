from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.queue.events import CounterOpened
from camaug.queue.models import Counter, Shift
from camaug.queue.policy import SERVE


class CounterTaken(DomainError):
    """Two officers do not sit at one counter."""

    sentence = _("{name} is at this counter. Choose another one.")


class ElsewhereAlready(DomainError):
    """An officer sits at one counter."""

    sentence = _("You are at counter {number} already. Close it first.")


@transaction.atomic
def open_counter(agency_id: UUID, *, number: int, by: Actor, at: datetime) -> Shift:
    """Sit down at the counter. CounterTaken, ElsewhereAlready, NotFound."""
    SERVE.check(by, agency_id)
    counter = Counter.objects.select_for_update().filter(hall_id=agency_id, number=number, in_use=True).first()
    if counter is None or by.account_id is None:
        raise NotFound
    taken = counter.shifts.filter(closed_at=None).first()
    if taken is not None:
        raise CounterTaken(name=taken.officer_name)
    own = Shift.objects.select_related("counter").filter(account_id=by.account_id, closed_at=None).first()
    if own is not None:
        raise ElsewhereAlready(number=own.counter.number)
    try:
        with transaction.atomic():
            shift = counter.shifts.create(account_id=by.account_id, officer_name=by.name, opened_at=at)
    except IntegrityError as twice:  # the same officer, in two windows at once
        raise ElsewhereAlready(number="") from twice
    record(CounterOpened(subject=counter.id, hall=agency_id, counter=number), by=by, at=at)
    return shift
