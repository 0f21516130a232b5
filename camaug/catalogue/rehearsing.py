"""Scenarios, run: what comes of the facts, and where it is not what the scenario says. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from camaug.catalogue.definition.fees import fees_of
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Process
from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.forms.checking import check
from camaug.catalogue.forms.showing import standing
from camaug.catalogue.queries.needs import papers
from camaug.catalogue.walking import walk
from camaug.worktime.calendars import Calendar
from camaug.worktime.deadlines import due_at

type Slip = tuple[str, str]
"""The scenario's id, and in one sentence what was expected and what came."""


def slips_of(definition: Definition, calendar: Calendar) -> Iterator[Slip]:
    """Everything in which the version is not what its scenarios say."""
    for scenario_id, times in Counter(scenario.id for scenario in definition.scenarios).items():
        if times > 1:
            yield scenario_id, "two scenarios have the same id"
    for scenario in definition.scenarios:
        for sentence in _slips(definition, scenario, calendar):
            yield scenario.id, sentence


def _slips(definition: Definition, scenario: Scenario, calendar: Calendar) -> Iterator[str]:
    sorts = [f"{sort.kind}@{sort.level}" for sort in definition.competence.receiving]
    if scenario.channel not in definition.channels:
        yield f"comes by {scenario.channel}, by which the procedure does not take applications"
        return
    if scenario.receiving and scenario.receiving not in sorts:
        yield f"is received by {scenario.receiving}, the procedure by {' or '.join(sorts)}"
    yield from _answer_slips(definition, scenario, calendar)
    yield from _route_slips(definition, scenario)
    yield from _due_slips(definition, scenario, calendar)
    owed = {
        item.rule: item.amount
        for item in fees_of(definition.fees, scenario.answers, channel=scenario.channel, on=scenario.on)
        if item.amount != 0
    }
    if owed != scenario.expect.fees:
        yield f"expected the fees {_sums(scenario.expect.fees)}, came {_sums(owed)}"
    needed = [need.paper.id for need in papers(definition, scenario.answers, scenario.on) if need.to_file]
    if sorted(needed) != sorted(scenario.expect.papers):
        yield f"expected the papers {_list(scenario.expect.papers)}, came {_list(needed)}"


def _answer_slips(definition: Definition, scenario: Scenario, calendar: Calendar) -> Iterator[str]:
    form, answers = definition.form, scenario.answers
    known = {field.id for field in form.fields()}
    asked = standing(form, answers, scenario.on)
    for name, value in answers.items():
        if name not in known:
            yield f"answers “{name}”, which the form does not have"
        elif name not in asked and value not in (None, "", [], {}):
            yield f"answers “{name}”, which is not asked after the other answers"
    for path, sentence in check(form, answers, on=scenario.on, calendar=calendar).items():
        yield f"its answer “{path}” is refused: {sentence}"


def _route_slips(definition: Definition, scenario: Scenario) -> Iterator[str]:
    if broken := _broken_at(definition.process, scenario.expect.route):
        yield broken
        return
    if unknown := sorted(set(scenario.moves) - set(scenario.expect.route)):
        yield f"makes moves at {_list(unknown)}, which its route does not pass"
        return
    walked = walk(definition, scenario.expect.route, scenario.moves)
    if walked.stuck:
        yield f"expected the route {_way(scenario.expect.route)}, but {walked.stuck}"
    elif list(walked.slips) != sorted(scenario.expect.slips):
        yield f"expected the forms {_list(scenario.expect.slips)}, came {_list(walked.slips)}"


def _broken_at(process: Process, route: tuple[str, ...]) -> str:
    """Why the process does not go that way; empty where it does."""
    known = {step.id: step for step in process.steps}
    expected = f"expected the route {_way(route)}"
    if unknown := [step for step in route if step not in known]:
        return f"{expected}, but there is no step “{unknown[0]}”"
    if route[0] != process.first.id:
        return f"{expected}, but every case begins at “{process.first.id}”"
    for here, there in pairwise(route):
        step = known[here]
        if there not in (*step.next, *process.back_from(here)):
            return f"{expected}, but from “{here}” the process leads to {_list(step.next)}"
    if following := known[route[-1]].next:
        return f"{expected}, but after “{route[-1]}” comes {_list(following)}"
    return ""


def _due_slips(definition: Definition, scenario: Scenario, calendar: Calendar) -> Iterator[str]:
    try:
        limit = definition.limit_for(scenario.channel, scenario.on, scenario.answers)
    except ValueError:
        yield f"comes by {scenario.channel} on {scenario.on:%d/%m/%Y}, when the procedure has no time limit"
        return
    due = due_at(scenario.at, limit.span, calendar, limit.late_rule) if limit.span else None
    if due != scenario.expect.due:
        yield f"expected to be due {_moment(scenario.expect.due)}, came {_moment(due)}"


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%M}" if at else "at no time"


def _sums(owed: Mapping[str, int | None]) -> str:
    said = [f"{rule}: {'a sum not at hand' if sum_ is None else sum_}" for rule, sum_ in sorted(owed.items())]
    return "; ".join(said) or "none"


def _list(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _way(route: tuple[str, ...]) -> str:
    return " → ".join(route)
