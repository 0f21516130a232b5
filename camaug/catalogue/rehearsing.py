"""Scenarios, run: what comes of the facts, and where it is not what the scenario says. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from camaug.catalogue.definition.fees import fees_of
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Process
from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.definition.slips import Slip, slip
from camaug.catalogue.forms.checking import check
from camaug.catalogue.forms.showing import standing
from camaug.catalogue.queries.needs import papers
from camaug.catalogue.walking import walk
from camaug.worktime.calendars import Calendar
from camaug.worktime.deadlines import due_at

type Found = tuple[str, Slip]
"""The scenario's id, and what was expected and what came."""


def slips_of(definition: Definition, calendar: Calendar) -> Iterator[Found]:
    """Everything in which the version is not what its scenarios say."""
    for scenario_id, times in Counter(scenario.id for scenario in definition.scenarios).items():
        if times > 1:
            yield scenario_id, slip("scenario_named_twice")
    for scenario in definition.scenarios:
        for wrong in _slips(definition, scenario, calendar):
            yield scenario.id, wrong


def _slips(definition: Definition, scenario: Scenario, calendar: Calendar) -> Iterator[Slip]:
    sorts = [f"{sort.kind}@{sort.level}" for sort in definition.competence.receiving]
    if scenario.channel not in definition.channels:
        yield slip("wrong_channel", channel=scenario.channel)
        return
    if scenario.receiving and scenario.receiving not in sorts:
        yield slip("wrong_receiver", one=scenario.receiving, other=" or ".join(sorts))
    yield from _answer_slips(definition, scenario, calendar)
    yield from _route_slips(definition, scenario)
    yield from _due_slips(definition, scenario, calendar)
    owed = {
        item.rule: item.amount
        for item in fees_of(definition.fees, scenario.answers, channel=scenario.channel, on=scenario.on)
        if item.amount != 0
    }
    if owed != scenario.expect.fees:
        yield slip("wrong_fees", one=_sums(scenario.expect.fees), other=_sums(owed))
    needed = [need.paper.id for need in papers(definition, scenario.answers, scenario.on) if need.to_file]
    if sorted(needed) != sorted(scenario.expect.papers):
        yield slip("wrong_papers", one=_list(scenario.expect.papers), other=_list(needed))


def _answer_slips(definition: Definition, scenario: Scenario, calendar: Calendar) -> Iterator[Slip]:
    form, answers = definition.form, scenario.answers
    known = {field.id for field in form.fields()}
    asked = standing(form, answers, scenario.on)
    for name, value in answers.items():
        if name not in known:
            yield slip("answers_unknown", name=name)
        elif name not in asked and value not in (None, "", [], {}):
            yield slip("answers_unasked", name=name)
    for path, sentence in check(form, answers, on=scenario.on, calendar=calendar).items():
        yield slip("answer_refused", name=path, why=str(sentence))


def _route_slips(definition: Definition, scenario: Scenario) -> Iterator[Slip]:
    if broken := _broken_at(definition.process, scenario.expect.route):
        yield slip("wrong_route", way=_way(scenario.expect.route), why=broken)
        return
    for step in definition.process.steps:
        consent = step.draft_consent
        if "show_draft" in scenario.moves.get(step.id, ()) and not (consent and consent.covers(scenario.channel)):
            yield slip("draft_elsewhere", name=step.id)
            return
    if unknown := sorted(set(scenario.moves) - set(scenario.expect.route)):
        yield slip("moves_elsewhere", names=_list(unknown))
        return
    walked = walk(definition, scenario.expect.route, scenario.moves)
    if walked.stuck:
        yield slip("wrong_route", way=_way(scenario.expect.route), why=walked.stuck)
    elif list(walked.slips) != sorted(scenario.expect.slips):
        yield slip("wrong_forms", one=_list(scenario.expect.slips), other=_list(walked.slips))


def _broken_at(process: Process, route: tuple[str, ...]) -> Slip | None:
    """Why the process does not go that way; None where it does."""
    known = {step.id: step for step in process.steps}
    if unknown := [step for step in route if step not in known]:
        return slip("no_step", name=unknown[0])
    if route[0] != process.first.id:
        return slip("begins_elsewhere", name=process.first.id)
    for here, there in pairwise(route):
        step = known[here]
        if there not in (*step.next, *process.back_from(here)):
            return slip("leads_elsewhere", name=here, names=_list(step.next))
    if following := known[route[-1]].next:
        return slip("goes_on", name=route[-1], names=_list(following))
    return None


def _due_slips(definition: Definition, scenario: Scenario, calendar: Calendar) -> Iterator[Slip]:
    try:
        limit = definition.limit_for(scenario.channel, scenario.on, scenario.answers)
    except ValueError:
        yield slip("no_limit_then", channel=scenario.channel, day=f"{scenario.on:%d/%m/%Y}")
        return
    due = due_at(scenario.at, limit.span, calendar, limit.late_rule) if limit.span else None
    if due != scenario.expect.due:
        yield slip("wrong_due", one=_moment(scenario.expect.due), other=_moment(due))


def _moment(at: datetime | None) -> str | Slip:
    return f"{at:%Y-%m-%dT%H:%M}" if at else slip("never")


def _sums(owed: Mapping[str, int | None]) -> str | Slip:
    """The sums by rule; "?" where the sum is not at hand."""
    return "; ".join(f"{rule}: {'?' if sum_ is None else sum_}" for rule, sum_ in sorted(owed.items())) or slip("none")


def _list(names: tuple[str, ...] | list[str]) -> str | Slip:
    return ", ".join(sorted(names)) or slip("none")


def _way(route: tuple[str, ...]) -> str:
    return " → ".join(route)
