from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases import policy
from camaug.cases.events import CaseRated
from camaug.cases.lifecycle import RATEABLE, State
from camaug.cases.models import Case, Rating, Satisfaction
from camaug.cases.queries.follow import case_held
from camaug.cases.unseen import unseen
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.events import record

CHANGEABLE = timedelta(days=30)
LONGEST = 1000


class NotYetSettled(DomainError):
    """One rates what one has seen to its end."""

    sentence = _("You can rate the service once the result is there.")


class RatingStands(DomainError):
    """After a month it is counted for good."""

    sentence = _("You rated this application more than 30 days ago; the rating can no longer be changed.")


def rate(case_id: UUID, satisfaction: str, *, words: str = "", by: Actor, at: datetime) -> Rating:
    """The applicant says how satisfied they are, or within 30 days of the first time changes it.

    NotFound, NotAllowed, NotYetSettled, RatingStands; InvalidInput for no choice or too many words. No move of a case
    asks whether it was rated.
    """
    with transaction.atomic():
        seen = Case.objects.visible_to(by).submitted().filter(pk=case_id)
        if not seen.exists():
            raise unseen(case_id, by)
        case = _locked(case_id)
        policy.PERMISSIONS["cases.rate"].check(by, case)
        return _say(case, satisfaction, words, by=by, at=at)


def rate_as_holder(
    code: str, second_fact: str, satisfaction: str, *, words: str = "", by: Actor, at: datetime
) -> Rating:
    """The same for whoever holds the code and the second fact, without an account.

    They do not read what was written before, so no words leave it as it is.
    """
    with transaction.atomic():
        held = case_held(code, second_fact)
        case = _locked(held.id if held else None)
        if by.kind == ActorKind.STAFF:  # the office knows codes and numbers too
            policy.PERMISSIONS["cases.rate"].check(by, case)
        before = Rating.objects.filter(case=case).values_list("words", flat=True).first()
        return _say(case, satisfaction, words.strip() or before or "", by=by, at=at)


def _locked(case_id: UUID | None) -> Case:
    case = Case.objects.select_for_update().filter(pk=case_id).first() if case_id else None
    if case is None:
        raise NotFound
    return case


def _say(case: Case, satisfaction: str, words: str, *, by: Actor, at: datetime) -> Rating:
    _check(case, satisfaction, words)
    rating = Rating.objects.filter(case=case).first()
    if rating is None:
        rating = Rating(case=case, rated_at=at, satisfaction="")
    elif at > rating.rated_at + CHANGEABLE:
        raise RatingStands
    before = rating.satisfaction
    if words.strip() != rating.words:
        rating.hidden_at, rating.hidden_note = None, ""  # what was hidden was something else
    rating.satisfaction, rating.words, rating.changed_at = satisfaction, words.strip(), at
    rating.save()
    if satisfaction != before:
        record(CaseRated(subject=case.id, code=case.code or "", satisfaction=satisfaction, before=before), by=by, at=at)
    return rating


def _check(case: Case, satisfaction: str, words: str) -> None:
    if State(case.state) not in RATEABLE:
        raise NotYetSettled
    errors = {}
    if satisfaction not in Satisfaction:
        errors["satisfaction"] = str(_("Choose one of the three answers."))
    if len(words.strip()) > LONGEST:
        errors["words"] = str(_("Please write at most {number} characters.")).format(number=LONGEST)
    if errors:
        raise InvalidInput(errors)
