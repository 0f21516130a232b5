from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.kernel.text import fold
from camaug.people.actions.register_person import hold_number, register_person
from camaug.people.events import OfficerLinked, OwnNumberSaid
from camaug.people.models import Officer, Person, Position
from camaug.people.numbers import PersonalNumber
from camaug.people.policy import ADMINISTER


class NotTheSamePerson(DomainError):
    """The register knows the number under another name."""

    sentence = _("The register knows this personal number under another name. Check the number and the name.")


class NumberOfAnother(DomainError):
    """One person is one officer."""

    sentence = _("This personal number is already known of another officer.")


class NotProven(DomainError):
    """Who says his own number says it once, and is believed where the register reaches him as we do."""

    sentence = _("This cannot be confirmed from here. Ask your agency's administrator to enter the personal number.")


def link_officer(
    officer_id: UUID, *, personal_number: str, seen: int | None = None, by: Actor, at: datetime
) -> Person | None:
    """Write down who the officer is as a citizen, so that he is kept out of his own cases.

    An administrator does so for every other officer, and corrects by it what was said before. An officer himself does
    so once, where the register has the telephone or address that we know of him; a number of nobody in the register
    bars him from its cases and makes him nobody (None) until an administrator enters it. Raises NotAPersonalNumber,
    OldIdentityCardNumber, NotTheSamePerson, NumberOfAnother, NotProven, ChangedMeanwhile, NotAllowed, NotFound.
    """
    himself = officer_id == officer_behind(by)
    if not himself:
        ADMINISTER.check(by, None)
    number = PersonalNumber.parse(personal_number).digits
    with transaction.atomic():
        hold_number(number)
        officer = Officer.objects.select_for_update().filter(id=officer_id).first()
        if officer is None:
            raise NotFound
        check_seen(officer_id, seen)
        known = Person.objects.filter(personal_number=number).first()
        _check(officer, known, himself=himself)
        if himself and known is None:
            Officer.objects.filter(id=officer_id).update(own_numbers=[number])
            record(OwnNumberSaid(subject=officer_id), by=by, at=at)
            return None
        person = known or register_person(
            officer.full_name, personal_number=number, phone=officer.phone, synthetic=officer.synthetic, by=by, at=at
        )
        if officer.person_id != person.id:
            Officer.objects.filter(id=officer_id).update(person=person, own_numbers=[])
            record(OfficerLinked(subject=officer_id, person_id=person.id, himself=himself), by=by, at=at)
    return person


def officer_behind(actor: Actor) -> UUID | None:
    """The officer of the actor's own posts."""
    own = [post.id for post in actor.posts if not post.instead_of]
    return Position.objects.filter(id__in=own).values_list("officer_id", flat=True).first()


def _check(officer: Officer, known: Person | None, *, himself: bool) -> None:
    if himself and (officer.person_id or officer.own_numbers):
        raise NotProven
    if known is None:
        return
    reached = (officer.phone and officer.phone == known.phone) or officer.official_email == known.email
    if himself and not (reached and fold(known.full_name) == fold(officer.full_name)):
        raise NotProven
    if fold(known.full_name) != fold(officer.full_name):
        raise NotTheSamePerson
    if Officer.objects.filter(person=known).exclude(id=officer.id).exists():
        raise NumberOfAnother
