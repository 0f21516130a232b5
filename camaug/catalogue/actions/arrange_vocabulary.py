from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.forms.models import model_to_dict

from camaug.catalogue.events import VocabularyArranged
from camaug.catalogue.models import Field, LifeEvent
from camaug.catalogue.profile_files import Vocabulary
from camaug.kernel.actors import Actor
from camaug.kernel.events import record

CATALOGUE = uuid5(NAMESPACE_URL, "camaug:catalogue")
"""The subject of what happens to the catalogue as a whole."""


@transaction.atomic
def arrange_vocabulary(vocabulary: Vocabulary, *, by: Actor, at: datetime) -> bool:
    """Set fields of work and life events as the profile has them, in its order; whether anything changed.

    What a published version still names stays, even where the profile no longer has it.
    """
    fields = [Field(order=n, **item.model_dump()) for n, item in enumerate(vocabulary.fields)]
    events = [LifeEvent(order=n, **item.model_dump()) for n, item in enumerate(vocabulary.life_events)]
    if not _differs(Field, fields) and not _differs(LifeEvent, events):
        return False
    Field.objects.bulk_create(fields, update_conflicts=True, unique_fields=["code"], update_fields=_columns(Field))
    LifeEvent.objects.bulk_create(
        events, update_conflicts=True, unique_fields=["code"], update_fields=_columns(LifeEvent)
    )
    arranged = VocabularyArranged(
        subject=CATALOGUE,
        fields=tuple(field.code for field in fields),
        life_events=tuple(event.code for event in events),
    )
    record(arranged, by=by, at=at)
    return True


def _differs(kind: type[Field] | type[LifeEvent], rows: Sequence[Field | LifeEvent]) -> bool:
    there = {row.pk: model_to_dict(row) for row in kind._default_manager.all()}
    return any(there.get(row.pk) != model_to_dict(row) for row in rows)


def _columns(kind: type[Field] | type[LifeEvent]) -> list[str]:
    return [column.name for column in kind._meta.concrete_fields if not column.primary_key]
