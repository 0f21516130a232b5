from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.hide_rating_words import rated
from camaug.cases.events import RatingWordsShown
from camaug.cases.models import Rating
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record


class NothingHidden(DomainError):
    """The words are shown."""

    sentence = _("What the applicant wrote is not hidden.")


def show_rating_words(code: str, *, by: Actor, at: datetime) -> Rating:
    """Show again what was hidden; NotFound, NotAllowed, NothingHidden."""
    with transaction.atomic():
        case, rating = rated(code, by=by)
        if rating.hidden_at is None:
            raise NothingHidden
        rating.hidden_at, rating.hidden_note = None, ""
        rating.save(update_fields=["hidden_at", "hidden_note"])
        record(RatingWordsShown(subject=case.id, code=case.code or ""), by=by, at=at)
        return rating
