from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from camaug.audit.entries import ORIGIN, Opening, may_be_erased, values_of
from camaug.audit.events import FactErased
from camaug.audit.models import Head, SealedEvent
from camaug.kernel.actors import Actor
from camaug.kernel.beside import what_lies_beside
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.models import EventRecord


class KeptByLaw(DomainError):
    """Ids, codes, numbers, who acted in office, what a paper says: the law on archives keeps them."""

    sentence = _("This part of the history is kept by the law on archives and is not erased.")


class NotSealedYet(DomainError):
    """What is not sealed cannot be erased: nothing would show what it had been."""

    sentence = _("This part of the history is not sealed yet. Try again in a minute.")


def erase_fact(event_id: UUID, key: str, *, why: str, by: Actor, at: datetime) -> None:
    """Take a value out of a sealed event for good, with the salt that would let somebody try out what it was.

    What lies beside the event its owner empties; here its salt goes. Done again, it does nothing. KeptByLaw for what
    may not be erased; NotFound where there is no such event or value; NotSealedYet.
    """
    if not may_be_erased(key):
        raise KeptByLaw
    with transaction.atomic():
        place = SealedEvent.objects.select_for_update().filter(event_id=event_id).first()
        row = EventRecord.objects.filter(pk=event_id).first()
        if place is None or row is None:
            raise NotFound
        if not Head.objects.filter(size__gt=place.index).exists():
            raise NotSealedYet
        values = values_of(row, what_lies_beside([row]).get(row.id, {}))
        if key not in values:
            raise NotFound
        opening = Opening.of(place.salt, place.opening)
        if opening.salt_of(key) is None:
            return
        place.salt, place.opening = None, opening.without(key, values)
        place.save(update_fields=["salt", "opening"])
        if key == ORIGIN:
            _empty_origin(row)
        record(FactErased(subject=event_id, key=key, why=why), by=by, at=at)


def _empty_origin(row: EventRecord) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('camaug.erasing', %s, true)", [str(row.id)])
        EventRecord.objects.filter(pk=row.pk).update(origin="")
        cursor.execute("SELECT set_config('camaug.erasing', '', true)")
