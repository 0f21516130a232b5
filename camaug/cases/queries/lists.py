"""Rows of lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, prefetch_related_objects

from camaug.behalf.queries import Act
from camaug.cases.lateness.findings import Standing, standing_of_case, standing_of_step
from camaug.cases.lateness.rules import Rules, rules_on
from camaug.cases.lifecycle import LABELS, WAITING, State
from camaug.cases.models import Case
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.queries import Directory, directory
from camaug.worktime.calendars import Calendar
from camaug.worktime.queries import calendars_of


@dataclass(frozen=True, slots=True)
class Due:
    """How a case, or its step, stands with time. `left` is working time (negative: late).

    `share` 0 to 100 of the limit is used up; `tone` is "ok", "soon", "late", "stopped" or "none"; `at` None where the
    clock stands or no limit is known.
    """

    at: datetime | None
    left: timedelta | None
    share: int
    tone: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `id` addresses a draft, which has no code. `due` is of the whole (of reception before it is
    received), `step_due` of the step beside it.

    `holder` names the agency that has it, `assignee` the officer ("" where it is nobody's own); `finished_at` is when
    the result was published or the case ended. `decides_next`: only those who decide come after this step.
    `late_since` is when the promise passed of one that is late, whatever is due now.
    """

    id: UUID
    code: str
    state: State
    state_label: Any
    revision: int
    procedure: str
    official_name: str
    applicant_name: str
    channel: str
    step: str
    due: Due
    step_due: Due
    submitted_at: datetime | None
    saved_at: datetime
    receiving_agency_id: UUID | None
    holder_unit_id: UUID | None
    assignee_id: UUID | None
    holder: str
    assignee: str
    finished_at: datetime | None
    holder_role: str = ""
    step_kind: str = ""
    decides_next: bool = False
    second_supplement: bool = False
    late_since: datetime | None = None


def rows_of(cases: Iterable[Case], *, at: datetime) -> tuple[CaseRow, ...]:
    """Rows for the cases, with a fixed number of queries whatever their number."""
    listed = list(cases)
    units = {unit for case in listed for unit in (case.competent_agency_id, case.holder_unit_id)}
    calendars = calendars_of(units, at=at) if listed else {}
    agencies = directory(at.astimezone(LOCAL).date())
    prefetch_related_objects(listed, "assignee__officer")
    return tuple(_row(case, calendars, agencies, at) for case in listed)


def my_cases(actor: Actor, *, at: datetime) -> tuple[CaseRow, ...]:
    """A citizen's drafts and cases, the newest first, at most 200; a part of an application only where it waits for
    the citizen.
    """
    own = Q(parent__isnull=True) | Q(state__in=[State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY])
    return rows_of(Case.objects.visible_to(actor).filter(own).order_by("-saved_at", "-id")[:200], at=at)


def helped_cases(actor: Actor, *, at: datetime) -> tuple[CaseRow, ...]:
    """Drafts and cases of others in which the actor helps now, the newest first, at most 200."""
    mandates = [one.id for one in actor.mandates]
    if not mandates:
        return ()
    helped = Case.objects.visible_to(actor, Act.PREPARE, Act.FOLLOW).filter(mandate_id__in=mandates)
    return rows_of(helped.order_by("-saved_at", "-id")[:200], at=at)


def recent(actor: Actor, *, at: datetime, limit: int = 10) -> tuple[CaseRow, ...]:
    """The cases that came in last at the actor's agencies."""
    return rows_of(Case.objects.visible_to(actor).submitted().order_by("-submitted_at", "-id")[:limit], at=at)


def due_of(case: Case, calendar: Calendar, *, at: datetime) -> Due:
    """How the case stands with time at that instant; `calendar` is the competent agency's."""
    state, rules = State(case.state), _rules(case, at)
    if state in WAITING or case.before_withdrawal in WAITING:
        return Due(None, None, _share(case, calendar, at), "stopped")
    whole = standing_of_case(case, calendar, rules, at)
    if whole is None and not case.is_received():
        whole = standing_of_step(case, calendar, rules, at)
    return _due(whole) if whole else Due(case.due_at, None, 0, "none")


def step_due_of(case: Case, calendar: Calendar, *, at: datetime) -> Due:
    """How the step of a received case stands; `calendar` is the holding unit's. Before, reception is the whole."""
    rules = _rules(case, at)
    step = standing_of_step(case, calendar, rules, at) if case.is_received() else None
    return _due(step) if step else Due(None, None, 0, "none")


def _rules(case: Case, at: datetime) -> Rules:
    return rules_on(at.astimezone(LOCAL).date()).of_process(definition(case.version_id).process)


def _due(standing: Standing) -> Due:
    return Due(standing.due_at, standing.left, standing.share, standing.tone)


def _share(case: Case, calendar: Calendar, at: datetime) -> int:
    begin = case.received_at or case.submitted_at
    end = case.due_at or case.step_due_at or case.original_due_at
    if begin is None or end is None:
        return 0
    whole = calendar.working_time_between(begin, end)
    used = calendar.working_time_between(begin, at)
    return 100 if used >= whole else int(100 * used / whole)


def _row(case: Case, calendars: dict[UUID | None, Calendar], agencies: Directory, at: datetime) -> CaseRow:
    made = definition(case.version_id)
    step = made.process.step(case.step) if case.step else None
    following = {made.process.step(one).kind for one in step.next} if step else set()
    return CaseRow(
        id=case.id,
        code=case.code or "",
        state=State(case.state),
        state_label=LABELS[State(case.state)],
        revision=case.revision,
        procedure=made.plain_name,
        official_name=made.name,
        applicant_name=case.applicant_name,
        channel=case.channel,
        step=step.label if step else "",
        due=due_of(case, calendars[case.competent_agency_id], at=at),
        step_due=step_due_of(case, calendars[case.holder_unit_id], at=at),
        submitted_at=case.submitted_at,
        saved_at=case.saved_at,
        receiving_agency_id=case.receiving_agency_id,
        holder_unit_id=case.holder_unit_id,
        assignee_id=case.assignee_id,
        holder=_agency_name(agencies, case.holder_unit_id),
        assignee=case.assignee.officer.full_name if case.assignee else "",
        finished_at=case.finished_at,
        holder_role=case.holder_role,
        step_kind=step.kind if step else "",
        decides_next=bool(following) and following <= {StepKind.REVIEW, StepKind.APPROVE},
        second_supplement=case.second_supplement,
        late_since=case.late_since(at),
    )


def _agency_name(agencies: Directory, agency_id: UUID | None) -> str:
    return agencies.get(agency_id).name if agency_id is not None and agency_id in agencies else ""
