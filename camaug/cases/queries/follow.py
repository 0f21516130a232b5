"""Following a case: by its code and a second fact without an account, or as its owner."""

from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from typing import Any
from uuid import UUID

from camaug.behalf.queries import Act
from camaug.cases.lifecycle import FINISHED, LABELS, LIFECYCLE, RATEABLE, DraftState, PaymentState, State
from camaug.cases.models import Case, Delivery, Extension, Payment, Rating, Refund, Result, ShownDraft, Slip, Supplement
from camaug.cases.postage import papers_are_awaited
from camaug.cases.queries.lists import Due, due_of
from camaug.cases.queries.parts import PartView, parts_of
from camaug.cases.queries.timeline import TimelineEntry, done_steps, timeline
from camaug.cases.unseen import unseen
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import ANONYMOUS, Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.people.queries import AgencyView, directory
from camaug.postal.queries import Leg, is_set_up, legs
from camaug.worktime.queries import calendar_of


@dataclass(frozen=True, slots=True)
class Progress:
    """A case as its applicant sees it: every step, no internal words. `holder` is the agency whose turn it is.

    `supplement` is the request that waits for an answer, `draft` the draft of the result that does, `extension` the new
    date given with an apology. `helping` are the acts that a mandate lets the reader do, None where it is his own; who
    may not take the result does not see it.
    """

    case: Case
    definition: Definition
    state: State
    state_label: Any
    due: Due
    done: frozenset[str]
    receiving: AgencyView
    competent: AgencyView
    holder: AgencyView
    timeline: tuple[TimelineEntry, ...]
    supplement: Supplement | None
    draft: ShownDraft | None
    extension: Extension | None
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    slips: tuple[Slip, ...]
    results: tuple[Result, ...]
    delivery: Delivery
    rating: Rating | None
    parts: tuple[PartView, ...]
    legs: tuple[Leg, ...]
    helping: frozenset[str] | None

    @property
    def owed(self) -> tuple[Payment, ...]:
        """What is to be paid; nothing is asked of somebody who withdraws, nor after the end."""
        if self.state in {*FINISHED, State.WITHDRAWAL_ASKED}:
            return ()
        return tuple(one for one in self.payments if one.state == PaymentState.OWED and one.amount)

    @property
    def may_be_rated(self) -> bool:
        """Whether the applicant may say how satisfied they are: from the result, or the end, on."""
        return self.state in RATEABLE

    @property
    def papers_may_be_fetched(self) -> bool:
        """Whether the applicant may have the post fetch papers now."""
        travelling = any(leg.is_open and leg.kind == "COLLECT" for leg in self.legs)
        return is_set_up() and not travelling and papers_are_awaited(self.case)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the applicant may ask to end it: as long as nothing is decided."""
        return self.state in LIFECYCLE.move("ask_withdrawal").sources


def follow(code: str, second_fact: str, *, at: datetime) -> Progress | None:
    """The case of that code if the second fact is right: the last four digits of the phone or of the personal number.

    One answer, None, for "no such code" and "wrong fact", and the same work done for both.
    """
    case = case_held(code, second_fact)
    return _progress(case, ANONYMOUS, at=at) if case is not None else None


def case_held(code: str, second_fact: str) -> Case | None:
    """The case that one who holds its code and the second fact may follow; None as in `follow`."""
    case = Case.objects.submitted().filter(code=spelled(code)).first()
    numbers = (case.applicant_phone, case.applicant_number) if case else ("", "")
    return case if fits(second_fact, *numbers) else None


def spelled(code: str) -> str:
    """A code as it is kept, however it was typed: what is counted of it is counted of one."""
    return code.strip().upper()


def fits(second_fact: str, phone: str, number: str) -> bool:
    """Whether these are the last four digits of one of the numbers; one that is not there has none that could fit."""
    given = second_fact.strip()
    right = [compare_digest(given.encode(), known[-4:].encode()) for known in (phone, number)]
    return any(right) and given.isdigit()


def progress_of(case_id: UUID, actor: Actor, *acts: Act, at: datetime) -> Progress:
    """The owner's own case, or one in which a mandate lets the actor do one of the acts; NotFound for all others."""
    case = Case.objects.visible_to(actor, *acts).submitted().filter(pk=case_id).first()
    if case is None:
        raise unseen(case_id, actor)
    return _progress(case, actor, at=at)


def _progress(case: Case, actor: Actor, *, at: datetime) -> Progress:
    made = definition(case.version_id)
    agencies = directory(at.astimezone(LOCAL).date())
    if case.receiving_agency_id is None or case.holder_unit_id is None:
        raise NotFound
    state = State(case.state)
    helping = next((one.acts for one in actor.mandates if one.id == case.mandate_id), None)
    may_have_result = helping is None or Act.RECEIVE in helping
    parts = parts_of(case, made, at=at)
    return Progress(
        case=case,
        definition=made,
        state=state,
        state_label=LABELS[state],
        due=due_of(case, calendar_of(case.competent_agency_id, at=at), at=at),
        done=done_steps(case, made),
        receiving=agencies.get(case.receiving_agency_id),
        competent=agencies.get(case.competent_agency_id or case.receiving_agency_id),
        holder=agencies.get(case.holder_unit_id),
        timeline=timeline(case, made, at=at, public=True),
        supplement=_waiting(case),
        draft=case.drafts.filter(state=DraftState.SHOWN).first(),
        extension=Extension.objects.filter(case=case).first(),
        payments=tuple(case.payments.order_by("asked_at")),
        refunds=tuple(case.refunds.order_by("owed_at", "id")),
        slips=tuple(case.slips.filter(form__in=[1, 2, 3, 4, 5]).order_by("issued_at")),
        results=tuple(case.results.order_by("published_at")) if may_have_result else (),
        delivery=case.delivery,
        rating=Rating.objects.filter(case=case).first(),
        parts=parts if may_have_result else tuple(replace(part, results=()) for part in parts),
        legs=legs(case.id, actor),
        helping=helping,
    )


def _waiting(case: Case) -> Supplement | None:
    asked = case.state == State.SUPPLEMENT_REQUESTED
    return case.supplements.filter(answered_at__isnull=True).first() if asked else None
