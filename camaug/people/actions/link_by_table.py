"""The personal numbers in a table of officers: looked at all together, then entered as an administrator enters one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.text import fold
from camaug.people.actions.link_officer import (
    NotProven,
    NotTheSamePerson,
    NumberOfAnother,
    link_officer,
    officer_behind,
)
from camaug.people.models import Officer, Person
from camaug.people.sheets.lines import Entry, Outcome


@dataclass(frozen=True, slots=True)
class Link:
    """What a line says of an officer, who may be new."""

    entry: Entry
    officer: Officer
    number: str


def links_to_make(said: Iterable[Link], outcome: Outcome, *, by: Actor) -> list[Link]:
    """Those that are not there yet; what cannot be is added to the problems, and named by the line, not the number."""
    wanted = list(said)
    people = Person.objects.filter(personal_number__in=[one.number for one in wanted])
    known = {person.personal_number: person for person in people}
    linked = Officer.objects.filter(person__in=people).values_list("person_id", "id")
    held, himself, lines = dict(linked), officer_behind(by), dict[str, int]()
    found = []
    for one in wanted:
        person = known.get(one.number)
        if person is not None and one.officer.person_id == person.id:
            lines[one.number] = one.entry.line
            continue
        try:
            _check(one, person, held.get(person.id) if person else None, is_himself=one.officer.id == himself)
        except DomainError as no:
            outcome.problems.append(one.entry.problem("personal_number", no))
            continue
        if one.number in lines:
            twice = _("The same number already stands on line {line}.").format(line=lines[one.number])
            outcome.problems.append(one.entry.problem("personal_number", twice))
            continue
        lines[one.number] = one.entry.line
        found.append(one)
    return found


def make_links(links: Iterable[Link], *, by: Actor, at: datetime) -> None:
    """Enter them; part of a transaction."""
    for one in links:
        link_officer(one.officer.id, personal_number=one.number, by=by, at=at)


def _check(one: Link, person: Person | None, holder: object, *, is_himself: bool) -> None:
    if is_himself:
        raise NotProven
    if person is not None and fold(person.full_name) != fold(one.officer.full_name):
        raise NotTheSamePerson
    if holder not in (None, one.officer.id):
        raise NumberOfAnother
