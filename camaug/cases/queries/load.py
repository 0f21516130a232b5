"""What heads ask: who carries how much, what is late, what will be late this week."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from camaug.cases.lifecycle import FINISHED, WAITING, State
from camaug.cases.models import Case
from camaug.cases.policy import WATCH_LOAD, is_own
from camaug.cases.queries.lists import CaseRow, rows_of
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.paging import page_of
from camaug.people.queries import AbsenceView, AgencyView, directory, own_of, roles, staff_of
from camaug.worktime.calendars import Calendar
from camaug.worktime.queries import calendar_of, remaining

_IDLE = [*WAITING, *FINISHED, State.RESULT_READY, State.DRAFT]
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Load:
    """Open cases: all that are worked on, those due until the end of the working week, those late, those whose clock
    stands still.
    """

    open: int = 0
    soon: int = 0
    late: int = 0
    waiting: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.open + other.open, self.soon + other.soon, self.late + other.late, self.waiting + other.waiting
        )


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """What one post carries; `position` None: what nobody is assigned to, of the role that `name` then names."""

    position: UUID | None
    role: str
    name: str
    title: str
    load: Load
    absence: AbsenceView | None = None


@dataclass(frozen=True, slots=True)
class StepLoad:
    """What stands at one step of one procedure; `step` and `procedure` are codes for the list."""

    procedure: str
    procedure_name: str
    step: str
    step_name: str
    load: Load


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit that the head leads, with what it carries in all."""

    unit: AgencyView
    load: Load


@dataclass(frozen=True, slots=True)
class LoadPage:
    """The load of the units that the actor leads (`units`), and of one of them by officer and by step."""

    units: tuple[UnitLoad, ...]
    unit: AgencyView
    load: Load
    officers: tuple[OfficerLoad, ...]
    steps: tuple[StepLoad, ...]
    week_ends_at: datetime


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows the list of a unit's cases. `officer` is a position's id, or NOBODY; `only` "late" or "week"."""

    officer: str = ""
    role: str = ""
    procedure: str = ""
    step: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A case with its slack: the working time left less the usual hours of the steps to come (None: no due time).

    `tone` is "late", "danger" (it will be late unless somebody hurries), "soon" (to be moved within the day) or "ok";
    `own`: it is assigned to somebody whose own case it is, who cannot move it.
    """

    row: CaseRow
    slack: timedelta | None
    tone: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class RiskPage:
    """One page of a unit's cases, the greatest risk first."""

    unit: AgencyView
    rows: tuple[RiskRow, ...]
    older: str
    newer: str
    week_ends_at: datetime
    people: tuple[OfficerLoad, ...] = field(default=())


def leads(actor: Actor) -> bool:
    """Whether the actor is a head anywhere."""
    return actor.may(WATCH_LOAD.code)


def units_of_head(actor: Actor, *, at: datetime) -> tuple[AgencyView, ...]:
    """The units that the actor is a head of, own ones first; then the divisions of agencies that he leads."""
    agencies = directory(at.astimezone(LOCAL).date())
    own = [post.unit_id for post in actor.posts if post.is_granted(WATCH_LOAD.code)]
    led = sorted(actor.units_of(WATCH_LOAD.code) - set(own), key=str)
    return tuple(agencies.get(unit) for unit in dict.fromkeys((*own, *led)) if unit in agencies)


def unit_load(actor: Actor, unit_id: UUID | None, *, at: datetime) -> LoadPage:
    """The load of a unit; None: of the first. NotFound where the actor does not lead it. A fixed number of queries."""
    units, unit = _led(actor, unit_id, at)
    ends_at = week_end(calendar_of(unit.id, at=at), at)
    by_unit = _by_unit(units, at, ends_at)
    return LoadPage(
        units=tuple(UnitLoad(one, by_unit.get(one.id, Load())) for one in units),
        unit=unit,
        load=by_unit.get(unit.id, Load()),
        officers=_officers(unit, at, ends_at),
        steps=_steps(unit, at, ends_at),
        week_ends_at=ends_at,
    )


def cases_at_risk(
    actor: Actor, unit_id: UUID | None, narrowed: Narrowed, *, at: datetime, token: str = "", size: int = 25
) -> RiskPage:
    """A unit's cases that are worked on, by the last moment for their present step. NotFound as `unit_load`."""
    _units, unit = _led(actor, unit_id, at)
    ends_at = week_end(calendar_of(unit.id, at=at), at)
    found = _narrow(_worked_on(unit.id), narrowed, at, ends_at)
    page = page_of(found, key="latest_at", token=token, size=size)
    rows = rows_of(page.rows, at=at)
    calendar = calendar_of(unit.id, at=at)
    assigned = {case.assignee.officer for case in page.rows if case.assignee}
    own = own_of({one.id for one in assigned if one.person_id or one.own_numbers})
    shown = tuple(
        replace(_risk(case, row, calendar, at), own=_is_assignees(case, own))
        for case, row in zip(page.rows, rows, strict=True)
    )
    return RiskPage(unit, shown, page.older, page.newer, ends_at, _officers(unit, at, ends_at))


def _is_assignees(case: Case, own: Mapping[UUID, frozenset[str]]) -> bool:
    return case.assignee is not None and is_own(own.get(case.assignee.officer_id, frozenset()), case)


def week_end(calendar: Calendar, at: datetime) -> datetime:
    """The close of the working week: of this one, or on its last evening and after it of the next one."""
    today = at.astimezone(LOCAL).date()
    monday = today - timedelta(days=today.weekday())
    for week in (0, 1, 2):
        days = [monday + timedelta(weeks=week, days=n) for n in range(7)]
        worked = [day for day in days if calendar.is_working_day(day)]
        if worked and calendar.closing(worked[-1]) > at:
            return calendar.closing(worked[-1])
    return datetime.combine(monday + timedelta(weeks=1), time(), LOCAL)


def _led(actor: Actor, unit_id: UUID | None, at: datetime) -> tuple[tuple[AgencyView, ...], AgencyView]:
    units = units_of_head(actor, at=at)
    unit = next((one for one in units if unit_id in (None, one.id)), None)
    if unit is None:
        raise NotFound
    return units, unit


def _worked_on(*unit_ids: UUID) -> QuerySet[Case]:
    return Case.objects.open().filter(holder_unit_id__in=unit_ids).exclude(state__in=_IDLE)


def _late(at: datetime) -> Q:
    return Q(promised_at__lt=at) | Q(due_at__lt=at) | Q(due_at__isnull=True, step_due_at__lt=at)


def _soon(at: datetime, ends_at: datetime) -> Q:
    whole, step = Q(due_at__gte=at, due_at__lte=ends_at), Q(step_due_at__gte=at, step_due_at__lte=ends_at)
    return (whole | (Q(due_at__isnull=True) & step)) & ~Q(promised_at__lt=at)


def _counted(cases: QuerySet[Case], at: datetime, ends_at: datetime, *keys: str) -> Iterable[dict[str, object]]:
    worked = ~Q(state__in=_IDLE)
    rows: Iterable[dict[str, object]] = (
        cases.order_by()
        .values(*keys)
        .annotate(
            open=Count("id", filter=worked),
            soon=Count("id", filter=worked & _soon(at, ends_at)),
            late=Count("id", filter=worked & _late(at)),
            waiting=Count("id", filter=Q(state__in=list(WAITING))),
        )
    )
    return rows


def _load(row: dict[str, object]) -> Load:
    return Load(*(int(str(row[name])) for name in ("open", "soon", "late", "waiting")))


def _held(*unit_ids: UUID) -> QuerySet[Case]:
    return Case.objects.open().filter(holder_unit_id__in=unit_ids).exclude(state=State.RESULT_READY)


def _by_unit(units: Iterable[AgencyView], at: datetime, ends_at: datetime) -> dict[object, Load]:
    cases = _held(*(one.id for one in units))
    return {row["holder_unit_id"]: _load(row) for row in _counted(cases, at, ends_at, "holder_unit_id")}


def _officers(unit: AgencyView, at: datetime, ends_at: datetime) -> tuple[OfficerLoad, ...]:
    """Everybody with a role, the most late first; before them what nobody is assigned to, by role."""
    found = list(_counted(_held(unit.id), at, ends_at, "holder_role", "assignee_id"))
    names = {code: role.name for code, role in roles().items()}
    pool = [
        OfficerLoad(None, str(row["holder_role"]), names.get(str(row["holder_role"]), ""), "", _load(row))
        for row in found
        if row["assignee_id"] is None
    ]
    own: dict[object, Load] = {}
    for row in found:
        own[row["assignee_id"]] = own.get(row["assignee_id"], Load()) + _load(row)
    people = [
        OfficerLoad(
            one.position.id,
            "",
            one.position.officer_name,
            one.position.title,
            own.get(one.position.id, Load()),
            one.absence,
        )
        for one in staff_of([unit.id], at)
    ]
    people.sort(key=lambda one: (-one.load.late, -one.load.open))
    return (*sorted(pool, key=lambda one: -one.load.late), *people)


def _steps(unit: AgencyView, at: datetime, ends_at: datetime) -> tuple[StepLoad, ...]:
    """By procedure and step, the most late first; versions of one procedure are one line."""
    sums: dict[tuple[str, str], StepLoad] = {}
    for row in _counted(_held(unit.id), at, ends_at, "version_id", "step"):
        made = definition(UUID(str(row["version_id"])))
        step, load = made.process.step(str(row["step"])), _load(row)
        known = sums.get((made.code, step.id))
        sums[made.code, step.id] = StepLoad(
            made.code, made.plain_name, step.id, step.name, load + known.load if known else load
        )
    return tuple(sorted(sums.values(), key=lambda one: (-one.load.late, -one.load.soon, -one.load.open)))


def _narrow(cases: QuerySet[Case], by: Narrowed, at: datetime, ends_at: datetime) -> QuerySet[Case]:
    if by.officer == NOBODY:
        cases = cases.filter(assignee_id__isnull=True)
    elif by.officer:
        cases = cases.filter(assignee_id=_uuid(by.officer))
    if by.role:
        cases = cases.filter(holder_role=by.role)
    if by.procedure:
        cases = cases.filter(procedure__code=by.procedure)
    if by.step:
        cases = cases.filter(step=by.step)
    if by.only == "late":
        cases = cases.filter(_late(at))
    elif by.only == "week":
        cases = cases.filter(_late(at) | _soon(at, ends_at))
    return cases


def _risk(case: Case, row: CaseRow, calendar: Calendar, at: datetime) -> RiskRow:
    slack = remaining(calendar, case.latest_at, at) if case.due_at or case.step_due_at else None
    if row.due.tone == "late" or row.late_since:
        return RiskRow(row, slack, "late")
    if slack is None:
        return RiskRow(row, slack, "ok")
    tone = "danger" if slack <= timedelta(0) else "soon" if slack <= timedelta(hours=8) else "ok"
    return RiskRow(row, slack, tone)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
