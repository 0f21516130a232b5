from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from camaug.audit.entries import Opening, values_of
from camaug.audit.events import FactErased
from camaug.audit.models import Head, SealedEvent
from camaug.kernel.actors import Actor
from camaug.kernel.beside import what_lies_beside
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.models import EventRecord

_FACTS = "facts."
_COLUMNS = ("actor_name", "origin")


class NotSealedYet(DomainError):
    """What is not sealed cannot be erased: nothing would show what it had been."""

    sentence = _("This part of the history is not sealed yet. Try again in a minute.")


def erase_fact(event_id: UUID, key: str, *, why: str, by: Actor, at: datetime) -> None:
    """Take a value out of a sealed event for good, with the salt that would let somebody try out what it was.

    Keys are those of `entries.values_of`. What lies beside the event its owner deletes; here its salt goes. Done again,
    it does nothing. NotFound where there is no such event or value.
    """
    with transaction.atomic():
        place = SealedEvent.objects.select_for_update().filter(event_id=event_id).first()
        row = EventRecord.objects.filter(pk=event_id).first()
        if place is None or row is None:
            raise NotFound
        if not Head.objects.filter(size__gt=place.index).exists():
            raise NotSealedYet
        values = values_of(row, what_lies_beside([row]).get(row.id, {}))
        opening = Opening.of(place.salt, place.opening)
        if opening.salt_of(key) is None:
            return
        if key not in values and not key.startswith("beside."):
            raise NotFound
        place.salt, place.opening = None, opening.without(key, values)
        place.save(update_fields=["salt", "opening"])
        _take_out(row, key)
        record(FactErased(subject=event_id, key=key, why=why), by=by, at=at)


def _take_out(row: EventRecord, key: str) -> None:
    if key in _COLUMNS:
        changes: dict[str, object] = {key: ""}
    elif key.startswith(_FACTS):
        changes = {"facts": {**row.facts, key.removeprefix(_FACTS): None}}
    else:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('camaug.erasing', %s, true)", [str(row.id)])
        EventRecord.objects.filter(pk=row.pk).update(**changes)
        cursor.execute("SELECT set_config('camaug.erasing', '', true)")
