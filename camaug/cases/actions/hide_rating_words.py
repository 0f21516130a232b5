from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases import policy
from camaug.cases.events import RatingWordsHidden
from camaug.cases.models import Case, Note, Rating
from camaug.cases.moves import ReasonMissing
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class NothingToHide(DomainError):
    """The applicant wrote nothing, or it is hidden already."""

    sentence = _("There are no words to hide: the applicant wrote nothing, or they are hidden already.")


def hide_rating_words(code: str, *, reason: str, by: Actor, at: datetime) -> Rating:
    """Hide what an applicant wrote with the rating from the office; the rating itself stands and counts.

    NotFound, NotAllowed, ReasonMissing, NothingToHide.
    """
    with transaction.atomic():
        case, rating = rated(code, by=by)
        if not rating.words or rating.hidden_at is not None:
            raise NothingToHide
        words = reason.strip()
        if not words:
            raise ReasonMissing
        rating.hidden_at, rating.hidden_note = at, words
        rating.save(update_fields=["hidden_at", "hidden_note"])
        note = Note.objects.create(case=case, text=words, internal=True, at=at)
        record(RatingWordsHidden(subject=case.id, code=case.code or "", note=note.id), by=by, at=at)
        return rating


def rated(code: str, *, by: Actor) -> tuple[Case, Rating]:
    """The case and its rating, locked; NotFound, NotAllowed."""
    case = Case.objects.visible_to(by).filter(code=code).first()
    rating = Rating.objects.select_for_update().filter(case=case).first() if case else None
    if case is None or rating is None:
        raise NotFound
    policy.PERMISSIONS["cases.moderate_rating"].check(by, case)
    return case, rating
