"""The guide for those who do not know what their procedure is called: plain questions that lead to it, as data."""

from collections.abc import Collection, Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from camaug.catalogue.definition.sourcing import Part

SLUG = r"^[a-z0-9-]+$"


class Lead(Part):
    """A procedure to which an answer leads, and why it is the right one."""

    procedure: str = Field(pattern=SLUG)
    because: str = Field(min_length=1)
    because_en: str = ""


class Answer(Part):
    """One answer: the next question, or the procedures."""

    id: str = Field(pattern=SLUG, max_length=40)
    label: str
    label_en: str = ""
    hint: str = ""
    hint_en: str = ""
    next: str = ""
    leads: tuple[Lead, ...] = ()

    @model_validator(mode="after")
    def leads_somewhere(self) -> Self:
        if bool(self.next) == bool(self.leads):
            raise ValueError("an answer leads to the next question or to procedures, and not to both")
        return self


class Question(Part):
    """One question, on a page of its own."""

    id: str = Field(pattern=SLUG, max_length=40)
    ask: str
    ask_en: str = ""
    hint: str = ""
    hint_en: str = ""
    answers: tuple[Answer, ...] = Field(min_length=2)

    def answer(self, answer_id: str) -> Answer | None:
        """The answer of that id."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)


class Guide(Part):
    """All questions; the first to be asked is `start`."""

    start: str
    questions: tuple[Question, ...] = Field(min_length=1)

    def question(self, question_id: str) -> Question:
        """The question of that id; KeyError where there is none."""
        return self.by_id[question_id]

    @property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by their ids."""
        return {question.id: question for question in self.questions}

    def procedures(self) -> frozenset[str]:
        """The codes of all procedures to which it leads from the start on."""
        found, waiting, met = set[str](), [self.start], set[str]()
        while waiting:
            question = self.by_id.get(waiting.pop())
            if question is None or question.id in met:
                continue
            met.add(question.id)
            found |= {lead.procedure for answer in question.answers for lead in answer.leads}
            waiting += [answer.next for answer in question.answers if answer.next]
        return frozenset(found)


def guide_faults(guide: Guide, known: Collection[str], needed: Collection[str]) -> Iterator[tuple[str, str]]:
    """Where it leads nowhere, runs in a circle, names a procedure not `known`, or misses one that is `needed`."""
    known_questions = guide.by_id
    if len(known_questions) != len(guide.questions):
        yield "questions", "two questions have the same id"
    if guide.start not in known_questions:
        yield "start", f"there is no question “{guide.start}”"
        return
    for question in guide.questions:
        ids = [answer.id for answer in question.answers]
        if len(set(ids)) != len(ids):
            yield question.id, "two answers have the same id"
        for answer in question.answers:
            place = f"{question.id} > {answer.id}"
            if answer.next and answer.next not in known_questions:
                yield place, f"there is no question “{answer.next}”"
            for lead in answer.leads:
                if lead.procedure not in known:
                    yield place, f"there is no procedure “{lead.procedure}”"
    yield from _bad_ways(guide, known_questions)
    for code in sorted(set(needed) - guide.procedures()):
        yield "questions", f"nothing leads to the procedure “{code}”"


def _bad_ways(guide: Guide, known: Mapping[str, Question]) -> Iterator[tuple[str, str]]:
    reached, circles = set[str](), set[str]()
    ways: list[tuple[str, ...]] = [(guide.start,)]
    while ways:
        way = ways.pop()
        reached.add(way[-1])
        for following in {answer.next for answer in known[way[-1]].answers if answer.next in known}:
            if following in way:
                circles.add(following)
            else:
                ways.append((*way, following))
    for question_id in sorted(circles):
        yield question_id, "the questions come back to this one"
    for question_id in sorted(set(known) - reached):
        yield question_id, "no answer leads to this question"
