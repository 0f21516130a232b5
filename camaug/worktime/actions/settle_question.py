from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.worktime.events import QuestionSettled
from camaug.worktime.models import OpenQuestion, subject_of_question
from camaug.worktime.policy import CHANGE_CALENDAR


class AnswerMissing(DomainError):
    """A question is settled by an answer and what it rests on."""

    sentence = _("Write what was decided, and by which document.")


@transaction.atomic
def settle_question(code: str, *, decided: str, by: Actor, at: datetime) -> None:
    """Settle an open question of the calendar that needs no new day off. NotFound where it is not open."""
    CHANGE_CALENDAR.check(by, None)
    if not decided.strip():
        raise AnswerMissing
    if not answer(code, decided.strip(), by=by, at=at):
        raise NotFound


def answer(code: str, decided: str, *, by: Actor, at: datetime) -> bool:
    """The inside of settling, also by a day that is declared; False where the question was not open."""
    question = OpenQuestion.objects.select_for_update().filter(code=code, settled_at=None).first()
    if question is None:
        return False
    question.settled_at = at
    question.save(update_fields=["settled_at"])
    fact = QuestionSettled(subject=subject_of_question(code), code=code, question=question.question, answer=decided)
    record(fact, by=by, at=at)
    return True
