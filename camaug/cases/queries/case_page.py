"""Everything that the officer's page of a case shows, in one answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from camaug.behalf.queries import MandateView, mandate, was_sent_under
from camaug.cases.agreement import consent_of
from camaug.cases.dues import Dues, dues
from camaug.cases.lifecycle import FINISHED, LABELS, LIFECYCLE, PaperState, State, open_moves
from camaug.cases.models import Case, CaseFile, Delivery, Paper, Payment, Result, ShownDraft, Slip, Stop, Supplement
from camaug.cases.policy import PERMISSIONS, is_own, turn_post
from camaug.cases.postage import papers_are_awaited, result_is_awaited
from camaug.cases.proposals import has_proposed
from camaug.cases.queries.consultations import ConsultationView, consultations_of
from camaug.cases.queries.lists import Due, due_of, step_due_of
from camaug.cases.queries.own import own_to
from camaug.cases.queries.parts import PartView, parts_of
from camaug.cases.queries.sense import makes_sense
from camaug.cases.queries.timeline import TimelineEntry, done_steps, timeline
from camaug.cases.routing import agency_of
from camaug.catalogue.definition.papers import Paper as PaperDefinition
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import DraftConsent, Step
from camaug.catalogue.queries import definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.people.queries import AgencyView, PositionView, directory, holders, position, roles
from camaug.postal.queries import Leg, is_set_up, legs
from camaug.worktime.queries import calendar_of

DECIDING = frozenset({"approve", "deny"})


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that state and step leave open. `refusal` is the sentence why this actor may not; "" if he may."""

    name: str
    refusal: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """One component of the dossier with its files."""

    paper: PaperDefinition
    state: PaperState
    required: bool
    row: Paper | None
    files: tuple[CaseFile, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as an officer sees it. `role` names the role that holds it, `typed_by` the post that typed it in.

    `barred` of the `colleagues` may not process it: it is their own.
    """

    case: Case
    definition: Definition
    state: State
    state_label: Any
    due: Due
    late_since: datetime | None
    step_due: Due
    step: Step
    done: frozenset[str]
    receiving: AgencyView
    competent: AgencyView
    helping: AgencyView | None
    holder: AgencyView
    assignee: PositionView | None
    role: str
    typed_by: PositionView | None
    colleagues: tuple[PositionView, ...]
    barred: tuple[PositionView, ...]
    papers: tuple[PaperView, ...]
    moves: tuple[OpenMove, ...]
    timeline: tuple[TimelineEntry, ...]
    supplements: tuple[Supplement, ...]
    stops: tuple[Stop, ...]
    payments: tuple[Payment, ...]
    dues: Dues
    delivery: Delivery
    slips: tuple[Slip, ...]
    results: tuple[Result, ...]
    step_agencies: dict[str, str]
    consultations: tuple[ConsultationView, ...]
    drafts: tuple[ShownDraft, ...]
    consent: DraftConsent | None
    application: Case | None
    parts: tuple[PartView, ...]
    legs: tuple[Leg, ...]
    my_turn: bool
    mandate: MandateView | None
    sent_by_helper: bool

    def may(self, move: str) -> bool:
        """Whether this actor may make the move now."""
        return any(open_move.name == move and not open_move.refusal for open_move in self.moves)

    def refusal(self, move: str) -> str | None:
        """Why this actor may not make the move: "" if he may, None where the move is not open at all."""
        return next((open_move.refusal for open_move in self.moves if open_move.name == move), None)

    @property
    def refusal_to_assign(self) -> str | None:
        """Why this actor does not say who processes it; "" for those who do."""
        return self.refusal("assign")

    @property
    def consent_is_required(self) -> bool:
        """Whether the applicant has to agree to a draft before the step is left towards a grant."""
        return self.consent is not None and self.consent.required

    @property
    def refusal_to_take_money(self) -> str | None:
        """Why this actor does not take the money that is owed; "" for those who do."""
        return self.refusal("confirm_payment")

    @property
    def result_may_go_by_post(self) -> bool:
        """Whether the result can be given to the post now, by this actor: ready, nothing owed, no parcel under way or
        come back: that one is sent once more.
        """
        sent = any((leg.is_open or leg.may_go_again) and leg.kind == "DELIVER" for leg in self.legs)
        return is_set_up() and not sent and self.may("hand_out") and result_is_awaited(self.case)

    @property
    def ended(self) -> bool:
        """Whether the case is at its end, so that money it owed is not asked for any more."""
        return self.state in FINISHED

    @property
    def debt(self) -> Payment | None:
        """The money to be taken next, a duty before a fee; fees that nobody asked for only after reception."""
        return self.dues.debt if self.case.is_received() or self.dues.asked or self.dues.duty else None


def _legs(case: Case, actor: Actor) -> tuple[Leg, ...]:
    """The legs; sent once more is only the latest of its kind, and only while the case still waits for it."""
    known, seen, shown = legs(case.id, actor), set[str](), list[Leg]()
    awaited = {"COLLECT": papers_are_awaited, "DELIVER": result_is_awaited}
    for leg in known:
        again = leg.may_go_again and leg.kind not in seen and awaited[leg.kind](case)
        shown.append(replace(leg, may_go_again=again))
        seen.add(leg.kind)
    return tuple(shown)


def seen_case(code: str, actor: Actor) -> Case:
    """The case of that code; NotFound where there is none or the actor may not know of it."""
    case = Case.objects.visible_to(actor).submitted().filter(code=code).first()
    if case is None or case.holder_unit_id is None or case.receiving_agency_id is None:
        raise NotFound
    return case


def is_open(move: str, case: Case, actor: Actor) -> bool:
    """Whether the move can be made of the case as it is, by whomever: else its page is not even put together."""
    made = definition(case.version_id)
    kind = made.process.step(case.step).kind
    return move in open_moves(State(case.state), kind) and makes_sense(move, case, actor, made)


def case_page(code: str, actor: Actor, *, at: datetime) -> CasePage:
    """The case of that code; NotFound where there is none or the actor may not know of it."""
    return page_of(seen_case(code, actor), actor, at=at)


def page_of(case: Case, actor: Actor, *, at: datetime) -> CasePage:
    """A case that the actor may know of."""
    assert case.holder_unit_id is not None
    assert case.receiving_agency_id is not None
    made = definition(case.version_id)
    today = at.astimezone(LOCAL).date()
    agencies = directory(today)
    state = State(case.state)
    step = made.process.step(case.step)
    known = dues(case, made)
    colleagues = holders(case.holder_role, case.holder_unit_id, at)
    return CasePage(
        case=case,
        definition=made,
        state=state,
        state_label=LABELS[state],
        due=due_of(case, calendar_of(case.competent_agency_id, at=at), at=at),
        late_since=case.late_since(at),
        step_due=step_due_of(case, calendar_of(case.holder_unit_id, at=at), at=at),
        step=step,
        done=done_steps(case, made),
        receiving=agencies.get(case.receiving_agency_id),
        competent=agencies.get(case.competent_agency_id or case.receiving_agency_id),
        helping=agencies.get(case.helping_agency_id) if case.helping_agency_id else None,
        holder=agencies.get(case.holder_unit_id),
        assignee=position(case.assignee_id) if case.assignee_id else None,
        role=roles()[case.holder_role].name if case.holder_role else "",
        typed_by=position(case.typed_by_id) if case.typed_by_id else None,
        colleagues=colleagues,
        barred=own_to(case, colleagues),
        papers=_papers(case, made, on=today),
        moves=_moves(case, actor, made, state),
        timeline=timeline(case, made, at=at),
        supplements=tuple(case.supplements.order_by("requested_at")),
        stops=tuple(case.stops.order_by("from_at")),
        payments=known.rows,
        dues=known,
        delivery=case.delivery,
        slips=tuple(case.slips.order_by("issued_at")),
        results=tuple(case.results.order_by("published_at")),
        step_agencies=_step_agencies(case, made, at=at),
        consultations=consultations_of(case, actor, at=at),
        drafts=_drafts(case, made),
        consent=consent_of(case, made),
        application=case.parent,
        parts=_parts(case, made, at=at),
        legs=_legs(case, actor),
        my_turn=turn_post(actor, case) is not None and not is_own(actor.own, case),
        mandate=mandate(case.mandate_id, at=at) if case.mandate_id else None,
        sent_by_helper=case.mandate_id is not None and was_sent_under(case.mandate_id, case.id),
    )


def _drafts(case: Case, made: Definition) -> tuple[ShownDraft, ...]:
    """What the applicant was shown; nobody asks where the process shows nothing."""
    shown = any(step.draft_consent for step in made.process.steps)
    return tuple(case.drafts.order_by("shown_at")) if shown else ()


def _parts(case: Case, made: Definition, *, at: datetime) -> tuple[PartView, ...]:
    """The parts of the application, or of the one that the case is a part of."""
    application = case.parent
    if application is None:
        return parts_of(case, made, at=at)
    return parts_of(application, definition(application.version_id), at=at)


def _step_agencies(case: Case, made: Definition, *, at: datetime) -> dict[str, str]:
    """The names of the agencies that the process means in this case, by its words."""
    met = {word: agency_of(case, word, at=at) for word in {step.agency for step in made.process.steps}}
    return {word: agency.name for word, agency in met.items() if agency}


def _moves(case: Case, actor: Actor, made: Definition, state: State) -> tuple[OpenMove, ...]:
    shown = []
    for name in open_moves(state, made.process.step(case.step).kind):
        if not makes_sense(name, case, actor, made):
            continue
        permission = PERMISSIONS[LIFECYCLE.move(name).needs]
        shown.append(OpenMove(name, permission.refusal(actor, case)))
    return _without_own_proposals(shown, case, actor, made)


def _without_own_proposals(shown: list[OpenMove], case: Case, actor: Actor, made: Definition) -> tuple[OpenMove, ...]:
    """The moves, with those that decide refused to whoever has had a part in what is proposed."""
    offered = any(move.name in DECIDING and not move.refusal for move in shown)
    if not offered or not has_proposed(actor, case, made.process):
        return tuple(shown)
    no = str(PERMISSIONS["cases.decide"].sentence)
    return tuple(OpenMove(move.name, move.refusal or no) if move.name in DECIDING else move for move in shown)


def _papers(case: Case, made: Definition, *, on: date) -> tuple[PaperView, ...]:
    rows = {row.paper: row for row in case.papers.all()}
    files: dict[str, list[CaseFile]] = {}
    for file in case.files.filter(removed_at__isnull=True).select_related("blob").order_by("added_at"):
        files.setdefault(file.paper, []).append(file)
    needed = papers(made, case.answers, on)
    listed = {need.paper.id for need in needed}
    others = [paper for paper in made.papers if paper.id not in listed and (paper.id in files)]
    return tuple(
        PaperView(
            paper=paper,
            state=PaperState(rows[paper.id].state) if paper.id in rows else PaperState.MISSING,
            required=required,
            row=rows.get(paper.id),
            files=tuple(files.get(paper.id, ())),
        )
        for paper, required in [(n.paper, n.required) for n in needed] + [(p, False) for p in others]
    )
