from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.behalf.events import MandateProposed
from camaug.behalf.limits import limits_at
from camaug.behalf.models import Act, Mandate, Relation
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.events import record
from camaug.kernel.text import clean
from camaug.people.queries import PersonalNumber, person

NEEDED = {Act.SUBMIT: (Act.PREPARE, Act.FOLLOW), Act.SUPPLEMENT: (Act.FOLLOW,), Act.RECEIVE: (Act.FOLLOW,)}
"""Acts that nobody can do without another one."""
MOST_WAITING = 20


class TooManyWaiting(DomainError):
    """One who asks everybody is no helper."""

    sentence = gettext_lazy("You have asked {most} people who have not answered yet. Wait until some of them have.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a helper asks for. `until_at` is exclusive; `procedures` and `fields` are codes of the catalogue."""

    number: str
    name: str
    relation: str
    procedures: Collection[str] = ()
    fields: Collection[str] = ()
    acts: Collection[str]
    until_at: datetime


def propose_mandate(wish: Wish, *, by: Actor, at: datetime) -> Mandate:
    """Ask to act for a person, named by personal number and full name; nothing holds before the person confirms.

    The answer is the same whether or not anybody of that number is known. InvalidInput by field; TooManyWaiting.
    """
    if by.person_id is None:
        raise NotFound
    errors, number = _wrong(wish, at), ""
    try:
        number = PersonalNumber.parse(wish.number).digits
    except DomainError as no:
        errors["number"] = str(no)
    if number and number == person(by.person_id).personal_number:
        errors["number"] = _("This is your own number. Write down that of the person whom you help.")
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        if Mandate.objects.filter(helper_id=by.person_id).waiting(at=at).count() >= MOST_WAITING:
            raise TooManyWaiting(most=MOST_WAITING)
        made = Mandate.objects.create(
            helper_id=by.person_id,
            relation=Relation(wish.relation),
            named_number=number,
            named_name=clean(wish.name),
            procedures=sorted(wish.procedures),
            fields=sorted(wish.fields),
            acts=_with_needed(wish.acts),
            proposed_at=at,
            lapses_at=at + limits_at(at).waiting,
            until_at=wish.until_at,
        )
        record(_told(made), by=by, at=at)
    return made


def _wrong(wish: Wish, at: datetime) -> dict[str, str]:
    longest = limits_at(at)
    errors = {}
    if not clean(wish.name) or len(clean(wish.name)) > 120:
        errors["name"] = _("Enter the full name as it stands on the identity card.")
    if wish.relation not in Relation:
        errors["relation"] = _("Choose one of them.")
    if not wish.procedures and not wish.fields:
        errors["scope"] = _("Choose at least one procedure or field.")
    if not wish.acts or not set(wish.acts) <= set(Act):
        errors["acts"] = _("Choose at least one thing that you may do.")
    if wish.until_at <= at:
        errors["until"] = _("The last day must not have passed.")
    elif wish.until_at > at + longest.longest:
        errors["until"] = _("A mandate holds for {days} days at most. Choose an earlier day.").format(
            days=longest.longest_days
        )
    return errors


def _with_needed(acts: Collection[str]) -> list[str]:
    wanted = {Act(act) for act in acts}
    needed = {other for act in wanted for other in NEEDED.get(act, ())}
    return [str(act) for act in Act if act in wanted | needed]


def _told(made: Mandate) -> MandateProposed:
    return MandateProposed(
        subject=made.id, procedures=made.procedures, fields=made.fields, acts=made.acts, until=made.until_at
    )
