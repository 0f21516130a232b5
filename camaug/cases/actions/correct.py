from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from camaug.behalf.queries import Act
from camaug.cases.actions.add_file import NotNow
from camaug.cases.actions.note_help import note_help
from camaug.cases.models import Case, Supplement
from camaug.cases.unseen import unseen
from camaug.kernel.actors import Actor


def correct(case_id: UUID, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> Supplement:
    """Keep corrected answers, unfinished or wrong as they may be, until the supplement is sent.

    NotFound where the actor may not know of the case; NotNow where no supplement is asked for.
    """
    with transaction.atomic():
        seen = Case.objects.visible_to(by, Act.SUPPLEMENT).filter(pk=case_id).values("pk")
        case = Case.objects.select_for_update().filter(pk__in=seen).first()
        if case is None:
            raise unseen(case_id, by)
        asked = case.supplements.filter(answered_at__isnull=True).first()
        if asked is None:
            raise NotNow
        asked.corrections = {**asked.corrections, **answers}
        asked.save(update_fields=["corrections"])
        note_help(case, "correct", fields=answers, by=by, at=at)
        return asked
