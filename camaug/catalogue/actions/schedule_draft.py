from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.catalogue.actions.change_draft import lock_draft
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.drafting.faults import definition_of, faults_in
from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.policy import PUBLISH
from camaug.catalogue.surroundings import Surroundings
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError


class DraftIncomplete(DomainError):
    """Only what is whole is published."""

    sentence = _("This cannot be published yet. {fault}")


class DayIsPast(DomainError):
    """A version holds from today or a day to come."""

    sentence = _("Choose today or a day to come: what held in the past stays as it was.")


@transaction.atomic
def schedule_draft(
    draft_id: UUID, *, valid_from: date, known: Surroundings, seen: int, by: Actor, at: datetime
) -> ProcedureVersion:
    """Publish the draft as the procedure's next version, in force from today or a day to come; the draft is gone then.

    Raises NotFound, ChangedMeanwhile, DayIsPast, DraftIncomplete and what publish_version refuses.
    """
    PUBLISH.check(by, None)
    draft = lock_draft(draft_id, seen)
    if valid_from < at.astimezone(LOCAL).date():
        raise DayIsPast
    for fault in faults_in(draft.content, known):
        raise DraftIncomplete(fault=fault.said)
    numbers = ProcedureVersion.objects.filter(procedure=draft.procedure).order_by("-number")
    last = numbers.values_list("number", flat=True).first() or 0
    definition = definition_of(draft.content).model_copy(update={"version": last + 1, "valid_from": valid_from})
    version = publish_version(definition, known=known, by=by, at=at)
    draft.delete()
    return version
