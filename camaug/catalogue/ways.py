"""Every way through a process: can each step be left, may a case go it, does nobody decide on his own proposal, does
it fit into the time that the law allows.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from camaug.catalogue.definition.limits import TimeLimit
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Process, Step, StepAgency, StepKind
from camaug.catalogue.definition.slips import Slip, slip
from camaug.catalogue.walking import walk
from camaug.worktime.limits import WORKING_DAY, Unit

type Way = tuple[Step, ...]
type Found = tuple[str, Slip]
"""The step's id ("" the process), and what is wrong."""

MOST_WAYS = 500
_HOURS_A_DAY = WORKING_DAY // timedelta(hours=1)
_HANDLED = frozenset({StepKind.RECEIVE, StepKind.EXAMINE, StepKind.REVIEW})


def ways_through(process: Process) -> tuple[Way, ...]:
    """The ways from reception to a last step that pass no step twice, the usual one first; at most MOST_WAYS."""
    found: list[Way] = []
    waiting: list[Way] = [(process.first,)]
    while waiting and len(found) < MOST_WAYS:
        way = waiting.pop()
        following = [process.step(step_id) for step_id in way[-1].next]
        waiting += [(*way, step) for step in reversed(following) if step not in way]
        if not following:
            found.append(way)
    return tuple(found)


def dead_ends(process: Process) -> Iterator[Found]:
    """Steps from which no way leads to the handing out of a result."""
    ends = {step.id for step in process.steps if step.kind == StepKind.RETURN}
    leading = ends
    while wider := {step.id for step in process.steps if step.id not in leading and not leading.isdisjoint(step.next)}:
        leading = leading | wider
    for step in process.steps:
        if step.id not in leading and step.next:
            yield step.id, slip("dead_end")


def closed_ways(definition: Definition, ways: tuple[Way, ...]) -> Iterator[Found]:
    """Ways that the lifecycle of a case does not let it go, each told at the step where it ends."""
    told = set[Slip]()
    for way in ways:
        stuck = walk(definition, tuple(step.id for step in way)).stuck
        if stuck and stuck not in told:
            told.add(stuck)
            yield "", slip("closed_way", way=in_words(way), why=stuck)


def own_approvals(definition: Definition, ways: tuple[Way, ...]) -> Iterator[Found]:
    """Steps that decide in the role of the agency that had the case before, on any way."""
    same = _same_agencies(definition)
    told = set[tuple[str, str]]()
    for way in ways:
        for place, step in enumerate(way):
            for before in way[:place] if step.kind == StepKind.APPROVE else ():
                alike = _hands(before, same) == _hands(step, same)
                if before.kind in _HANDLED and alike and (step.id, before.id) not in told:
                    told.add((step.id, before.id))
                    yield step.id, slip("approves_itself", name=before.id)


def overlong_ways(definition: Definition, ways: tuple[Way, ...]) -> Iterator[Found]:
    """Where the steps take longer than the law allows: the usual way by any general limit, each other way by the
    longest limit of a channel, and the shortest way by the limit of a special case.
    """
    usual, hours = definition.process.path(), {way: sum((step.hours for step in way), Decimal()) for way in ways}
    shortest = min(hours.values(), default=Decimal())
    longest = dict.fromkeys(definition.channels, Decimal())
    for limit in definition.limits:
        allowed, needed = _working_hours(limit), shortest if limit.when else sum((s.hours for s in usual), Decimal())
        if allowed is not None and needed > allowed:
            yield "", slip("too_long", **_hours(needed, allowed))
        for channel in limit.channels or definition.channels:
            longest[channel] = max(longest.get(channel, Decimal()), Decimal("Inf") if allowed is None else allowed)
    allowed = min(longest.values(), default=Decimal())
    for way, needed in hours.items():
        if way != usual and needed > allowed > 0:
            yield "", slip("way_too_long", way=in_words(way), **_hours(needed, allowed))


def _hours(needed: Decimal, allowed: Decimal) -> dict[str, str]:
    return {"hours": f"{needed.normalize():f}", "allowed": f"{allowed.normalize():f}"}


def in_words(way: Way) -> str:
    """The ids of its steps in order."""
    return " → ".join(step.id for step in way)


def _same_agencies(definition: Definition) -> Mapping[str, str]:
    """Words of the process that mean an agency which another word means too."""
    competence = definition.competence
    if competence.child_kinds:
        return {StepAgency.ABOVE_COMPETENT: StepAgency.RECEIVING}
    if competence.nearest_kind:
        return {competence.competent: StepAgency.COMPETENT}
    return {StepAgency.COMPETENT: StepAgency.RECEIVING}


def _hands(step: Step, same: Mapping[str, str]) -> tuple[str, str]:
    return same.get(step.agency, step.agency), step.role


def _working_hours(limit: TimeLimit) -> Decimal | None:
    """The working hours that fit into the limit; a week has five working days, a month twenty."""
    if limit.amount is None:
        return None
    days = {
        Unit.WORKING_DAYS: Decimal(max(limit.amount, 1)),
        Unit.CALENDAR_DAYS: Decimal(limit.amount) * 5 / 7,
        Unit.MONTHS: Decimal(limit.amount * 20),
        Unit.WORKING_HOURS: Decimal(limit.amount) / _HOURS_A_DAY,
    }[limit.unit]
    return days * _HOURS_A_DAY
