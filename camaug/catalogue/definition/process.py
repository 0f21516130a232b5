"""The internal process (quy trình nội bộ): steps, who does each, in how many working hours, what may follow."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.slips import refusal
from camaug.catalogue.definition.sourcing import Part, Sourced
from camaug.worktime.limits import Limit, Unit


class StepKind(StrEnum):
    """What is done in a step; it decides which moves the step offers (`cases.lifecycle.STEP_MOVES`).

    LINK: the parts of the application are under way at their own agencies; it ends by itself with the last of them.
    """

    RECEIVE = "RECEIVE"
    EXAMINE = "EXAMINE"
    REVIEW = "REVIEW"
    LINK = "LINK"
    APPROVE = "APPROVE"
    PUBLISH = "PUBLISH"
    RETURN = "RETURN"


class StepAgency(StrEnum):
    """Whose step it is: the agency that received, the competent one, or the one above the competent one."""

    RECEIVING = "RECEIVING"
    COMPETENT = "COMPETENT"
    ABOVE_COMPETENT = "ABOVE_COMPETENT"


NEAREST = "NEAREST:"
type AgencyWord = Annotated[str, Field(pattern=r"^(RECEIVING|COMPETENT|ABOVE_COMPETENT|NEAREST:[A-Z_]+)$")]
"""A `StepAgency`, or `NEAREST:<KIND>`: the agency of that kind that serves the place where the case was received."""


def kind_in(word: str) -> str:
    """The kind of agency that the word names; empty where it names none."""
    return word.partition(":")[2]


CHOSEN = "CHOSEN:"


class SilenceEffect(StrEnum):
    """What follows when nobody answers: the heads are told; the case is stopped, where the law lets it be; or the
    agency that was asked has consented, where a law says so.
    """

    ESCALATE = "ESCALATE"
    STOP = "STOP"
    CONSENT = "CONSENT"


class Silence(Sourced):
    """After so many working hours without an answer, what follows."""

    after_hours: Decimal = Field(ge=0)
    then: SilenceEffect = SilenceEffect.ESCALATE


class Reminding(Sourced):
    """How this procedure's officers are reminded where it differs from the province's rules (`reminders.yaml`); what is
    None stays as it is there. Hours are working hours, percents shares of the step's or the case's time.

    `escalate_after`: after so many hours of lateness it goes up one level, in order, the first levels of the province.
    """

    step_soon_percent: int | None = Field(default=None, ge=1, le=100)
    case_soon_hours: Decimal | None = Field(default=None, ge=0)
    case_soon_percent: int | None = Field(default=None, ge=0, le=100)
    escalate_after: tuple[Annotated[Decimal, Field(ge=0)], ...] = ()

    @model_validator(mode="after")
    def goes_up_in_order(self) -> Self:
        if list(self.escalate_after) != sorted(set(self.escalate_after)):
            raise refusal("escalations_not_rising")
        return self


class Consultation(Sourced):
    """Another agency is asked beside the step: which one, in which role it answers (empty: in any), the question and
    the hours to answer.

    `agency` is a word of the process, or `CHOSEN:<KIND>`: any agency of that kind, chosen by the one who asks.
    Silence is not consent: `silence`, counted from when the answer was due, tells the heads; without a rule of its own
    at once. Only where a law takes it as consent, and the rule names that law, the question ends with it.
    `stops` is the ground on which the clock stands still meanwhile; empty: it runs on. `required`: the step is not left
    before the answer. `duty`: the answer says what sum the applicant has to pay before the case goes on (a tax notice).
    """

    id: str
    name: str
    name_en: str = ""
    agency: AgencyWord | Annotated[str, Field(pattern=r"^CHOSEN:[A-Z_]+$")]
    role: str
    question: str
    hours: Decimal = Field(gt=0)
    stops: str = ""
    duty: bool = False
    required: bool = False
    silence: Silence | None = None

    @model_validator(mode="after")
    def silence_consents_by_law_alone(self) -> Self:
        if self.silence is None:
            return self
        if self.silence.then == SilenceEffect.STOP:
            raise refusal("silence_stops")
        if self.silence.then == SilenceEffect.CONSENT and (self.silence.verify or self.duty):
            raise refusal("consent_without_law")
        return self


class DraftConsent(Sourced):
    """The applicant is shown the draft of the result and agrees to it, or says what is wrong: within `amount` units,
    where the application came by one of the `channels` (empty: any).

    `required`: the step is not left towards a grant before that. `silence` is what follows where nothing is said in
    that time: consent only where the fact itself is read, ESCALATE tells the heads.
    """

    amount: int = Field(gt=0)
    unit: Unit
    channels: tuple[Channel, ...] = ()
    required: bool = False
    silence: SilenceEffect = SilenceEffect.ESCALATE

    @property
    def span(self) -> Limit:
        """The time to answer, as working time counts it."""
        return Limit(self.amount, self.unit)

    def covers(self, channel: Channel) -> bool:
        """Whether it is for applications that come that way."""
        return not self.channels or channel in self.channels

    @model_validator(mode="after")
    def silence_agrees_by_what_is_read_alone(self) -> Self:
        if self.silence == SilenceEffect.STOP:
            raise refusal("silence_on_draft_stops")
        if self.silence == SilenceEffect.CONSENT and self.verify:
            raise refusal("draft_consent_without_law")
        return self


class Step(Part):
    """One step; `short` is its name in lists. `hours` are working hours; `next` may follow, the first usually."""

    id: str
    name: str
    name_en: str = ""
    short: str = ""
    kind: StepKind
    agency: AgencyWord
    role: str
    hours: Decimal = Field(gt=0)
    next: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    draft_consent: DraftConsent | None = None

    @property
    def label(self) -> str:
        """The name as lists show it."""
        return self.short or self.name


class Process(Sourced):
    """All steps, the first being reception. `immediate`: the counter may finish a simple case on the spot.

    `unsupplemented`: what follows where the applicant does not add what is missing, from the request on; None: nothing.
    `reminders`: where they differ from the province's.
    """

    steps: tuple[Step, ...] = Field(min_length=1)
    immediate: bool = False
    unsupplemented: Silence | None = None
    reminders: Reminding | None = None

    def step(self, step_id: str) -> Step:
        """The step of that id; KeyError where there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    @property
    def first(self) -> Step:
        """Reception."""
        return self.steps[0]

    def path(self) -> tuple[Step, ...]:
        """The usual way through: from the first step along each step's first `next`."""
        way = [self.first]
        while way[-1].next:
            way.append(self.step(way[-1].next[0]))
        return tuple(way)

    def back_from(self, step_id: str) -> tuple[str, ...]:
        """The steps to which a case may be sent back: those named, else the ones that lead here, reception apart."""
        leading = tuple(step.id for step in self.steps if step_id in step.next and step.kind != StepKind.RECEIVE)
        return self.step(step_id).back or leading

    def hours_after(self, step_id: str) -> Decimal:
        """The working hours of the steps that usually follow this one, up to the published result."""
        hours, step, met = Decimal(0), self.step(step_id), {step_id}
        while step.next and step.next[0] not in met:
            step = self.step(step.next[0])
            if step.kind == StepKind.RETURN:
                break
            met.add(step.id)
            hours += step.hours
        return hours

    @model_validator(mode="after")
    def applicants_consent_to_nothing(self) -> Self:
        if self.unsupplemented and self.unsupplemented.then == SilenceEffect.CONSENT:
            raise refusal("applicant_consents")
        return self

    @model_validator(mode="after")
    def hangs_together(self) -> Self:
        known = [step.id for step in self.steps]
        if len(set(known)) != len(known):
            raise refusal("step_named_twice")
        if self.first.kind != StepKind.RECEIVE:
            raise refusal("no_reception")
        unknown = {target for step in self.steps for target in (*step.next, *step.back)} - set(known)
        if unknown:
            raise refusal("unknown_steps", names=", ".join(sorted(unknown)))
        reached, waiting = set[str](), [self.first.id]
        while waiting:
            step = self.step(waiting.pop())
            if step.id not in reached:
                reached.add(step.id)
                waiting.extend(step.next)
        if reached != set(known):
            raise refusal("steps_never_reached", names=", ".join(sorted(set(known) - reached)))
        usual = self.first
        walked = {usual.id}
        while usual.next:
            usual = self.step(usual.next[0])
            if usual.id in walked:
                raise refusal("circle", name=usual.id)
            walked.add(usual.id)
        if not any(step.kind == StepKind.RETURN for step in self.steps):
            raise refusal("no_return")
        return self
