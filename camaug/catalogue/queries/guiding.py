"""How far somebody has come in the guide, and what it leads to."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.guide import Answer, Guide, Lead, Question
from camaug.catalogue.leaflet.leaflet import Leaflet, is_online, leaflet
from camaug.catalogue.profile_files import read_guide
from camaug.catalogue.queries.versions import current
from camaug.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Said:
    """A question that was answered, with the answer; `way` are the ids of the answers before it."""

    question: Question
    answer: Answer
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A procedure that fits, why, and what it takes."""

    lead: Lead
    definition: Definition
    leaflet: Leaflet
    online: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stands: what was said, and the next question, or (None) what it leads to."""

    said: tuple[Said, ...]
    question: Question | None
    suggestions: tuple[Suggestion, ...]


@cache
def guide() -> Guide:
    """The province's guide, read once a process."""
    return read_guide(Path(settings.PROFILE))


def stand(way: tuple[str, ...], on: date) -> Stand:
    """After these answers, one a question from the start. NotFound where the guide does not go that way."""
    asked = guide()
    question: Question | None = asked.question(asked.start)
    said: list[Said] = []
    for place, answer_id in enumerate(way):
        answer = question.answer(answer_id) if question else None
        if question is None or answer is None:
            raise NotFound
        said.append(Said(question, answer, way[:place]))
        question = asked.question(answer.next) if answer.next else None
    leads = said[-1].answer.leads if said else ()
    return Stand(tuple(said), question, tuple(_suggestions(leads, on)))


def begins_with(answer_id: str) -> bool:
    """Whether the first question has that answer, as it has for events of life."""
    asked = guide()
    return asked.question(asked.start).answer(answer_id) is not None


def _suggestions(leads: tuple[Lead, ...], on: date) -> list[Suggestion]:
    """The procedures that hold on that day."""
    found = []
    for lead in leads:
        try:
            made = current(lead.procedure, on).definition
        except NotFound:
            continue
        found.append(Suggestion(lead, made, leaflet(made, on), is_online(made)))
    return found
