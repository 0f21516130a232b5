from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.models import Case
from camaug.catalogue.queries import current
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound


class RulesChanged(DomainError):
    """The version under which a draft was begun holds no longer: what was answered is looked at anew."""

    sentence = _(
        "The rules of this procedure have changed since this application was begun. "
        "Look through your answers, then save and send it again."
    )


class NoLongerReceived(DomainError):
    """No version of the procedure holds on that day."""

    sentence = _("This procedure is no longer received, so the application cannot be sent.")


def renew_draft(case_id: UUID, *, at: datetime) -> None:
    """Bring a draft under the version that holds today, in a transaction of its own; NoLongerReceived."""
    with transaction.atomic():
        draft = Case.objects.drafts().select_for_update().filter(pk=case_id).first()
        if draft is not None:
            take_version(draft, on=at.astimezone(LOCAL).date())
            draft.save(update_fields=["version_id", "answers"])


def take_version(draft: Case, *, on: date) -> None:
    """The version that holds on that day, where the draft's own does not; what is not asked any more is left out when
    the answers are checked. NoLongerReceived.
    """
    if not is_over(draft, on=on):
        return
    answers = draft.answers
    try:
        draft.version_id = current(draft.procedure.code, on).id
    except NotFound as no:
        raise NoLongerReceived from no
    draft.answers = answers  # what is sensitive now is closed when the row is written


def is_over(draft: Case, *, on: date) -> bool:
    """Whether the version under which it was begun holds no longer."""
    until = draft.version.valid_until
    return until is not None and until <= on
