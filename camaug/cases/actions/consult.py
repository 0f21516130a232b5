from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.clock import stop
from camaug.cases.events import AgencyConsulted
from camaug.cases.lifecycle import ConsultationState, State
from camaug.cases.models import Case, Consultation
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.routing import agency_of
from camaug.catalogue.definition.process import CHOSEN, kind_in
from camaug.catalogue.definition.process import Consultation as Foreseen
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.people.queries import AgencyView, directory
from camaug.worktime.queries import calendar_of

MOST_HOURS = 240


class QuestionMissing(DomainError):
    """Another agency answers a question, so there must be one."""

    sentence = _("Write the question that the other agency is to answer.")


class NobodyToAsk(DomainError):
    """There is no such agency for this place, or none was chosen."""

    sentence = _("Choose the agency to ask.")


class NoTimeToAnswer(DomainError):
    """An answer needs some time, and not for ever."""

    sentence = _("Say within how many working hours the answer is wanted: from 1 to {most}.")


class AskedAlready(DomainError):
    """The same agency is not asked the same thing twice at a time."""

    sentence = _("“{agency}” was already asked and has not answered yet.")


class AnswerAwaited(DomainError):
    """The process lets the step be left only with the answer of another agency, or what a law takes as one."""

    sentence = _("First ask, and wait for the answer: {questions}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `consultation` names one of the step's: agency, role and hours are the process's own then,
    but for an agency that the process lets be chosen. Empty: any other agency, with `hours` working hours to answer.
    """

    text: str
    consultation: str = ""
    agency: UUID | None = None
    hours: int | None = None


@one_move
def consult(case_id: UUID, question: Question, *, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Ask another agency beside the step; where the process names a ground, the clock stands still until it answers."""
    moving = begin(case_id, "consult", by=by, at=at, seen=seen)
    case = moving.case
    asked = _asked(moving, question)
    case.participants = [*case.participants, asked.agency_id]
    state = State(case.state)
    if asked.stops:
        case.resume_state, state = case.state, State.SUSPENDED
        stop(case, moving.definition, asked.stops, at=at, document=f"{case.code}/{asked.consultation}")
    return moving.finish(
        AgencyConsulted(
            subject=case.id,
            code=case.code or "",
            consultation=asked.id,
            agency=asked.agency_id,
            due_at=asked.due_at.isoformat(),
            stopped=bool(asked.stops),
        ),
        state=state,
    )


def _asked(moving: Moving, question: Question) -> Consultation:
    case, text = moving.case, question.text.strip()
    if not text:
        raise QuestionMissing
    if moving.post is None:
        raise NotFound
    foreseen = _foreseen(moving, question.consultation)
    agency = _agency(moving, foreseen, question.agency)
    same = {"agency_id": agency.id, "consultation": question.consultation, "state": ConsultationState.ASKED}
    if case.consultations.filter(**same).exists():
        raise AskedAlready(agency=agency.name)
    hours = foreseen.hours if foreseen else _hours(question.hours)
    calendar = calendar_of(agency.id, at=moving.at)
    return Consultation.objects.create(
        case=case,
        name=foreseen.name if foreseen else "",
        role=foreseen.role if foreseen else "",
        question=text,
        stops=foreseen.stops if foreseen else "",
        duty=foreseen.duty if foreseen else False,
        asked_at=moving.at,
        asked_by_id=moving.post.id,
        due_at=calendar.add_working_time(moving.at, timedelta(hours=float(hours))),
        **same,
    )


def _foreseen(moving: Moving, wanted: str) -> Foreseen | None:
    if not wanted:
        return None
    step = moving.definition.process.step(moving.case.step)
    found = next((one for one in step.consultations if one.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _agency(moving: Moving, foreseen: Foreseen | None, chosen: UUID | None) -> AgencyView:
    if foreseen and not foreseen.agency.startswith(CHOSEN):
        meant = agency_of(moving.case, foreseen.agency, at=moving.at)
    else:
        agencies = directory(moving.at.astimezone(LOCAL).date())
        meant = agencies.get(chosen) if chosen in agencies and chosen is not None else None
        if meant and foreseen and meant.kind != kind_in(foreseen.agency):
            meant = None
    if meant is None or (foreseen is None and meant.id == moving.case.holder_unit_id):
        raise NobodyToAsk
    return meant


def _hours(wanted: int | None) -> Decimal:
    if wanted is None or not 1 <= wanted <= MOST_HOURS:
        raise NoTimeToAnswer(most=MOST_HOURS)
    return Decimal(wanted)


def check_answered(moving: Moving) -> None:
    """AnswerAwaited where the step needs an answer that has not come."""
    case = moving.case
    needed = [one for one in moving.definition.process.step(case.step).consultations if one.required]
    if not needed:
        return
    ended = [ConsultationState.ANSWERED, ConsultationState.CONSENTED]
    answered = set(case.consultations.filter(state__in=ended).values_list("consultation", flat=True))
    missing = [one.name for one in needed if one.id not in answered]
    if missing:
        raise AnswerAwaited(questions=", ".join(missing))
