"""Plays the month: every story in the order of time, so that codes and numbers are as a real month gives them."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.db import transaction

from camaug.cases.demo.citizens import Citizens
from camaug.cases.demo.hands import nobody_comes_or_goes
from camaug.cases.demo.longer import FAMILY, LONGER, at_counter
from camaug.cases.demo.stories import BIRTH, STORIES, Scene, Story
from camaug.cases.models import Case
from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView, Directory, asked_once, directory
from camaug.worktime.queries import calendar_as_it_stands, calendar_of

EVERY = STORIES | LONGER
FROM_PHONES = (BIRTH, FAMILY)


def load_demo(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Make the month that ends now; `progress` is told (cases begun, cases in all). Where there are cases, nothing."""
    if Case.objects.exists():
        return
    words = _read(profile / "demo.yaml")
    chance = Random(words["seed"])  # noqa: S311 (an invented month, not a secret)
    mood = Random(words["seed"] + 1)  # noqa: S311 (an invented mood)
    scene = Scene(words, Citizens(_read(profile / "names.yaml"), words["hamlets"], chance), chance, mood)
    with transaction.atomic(), asked_once(), calendar_as_it_stands(), nobody_comes_or_goes():
        plan = sorted(_plan(scene, at), key=lambda one: one.begin)
        _play(scene, plan, at, progress)


@dataclass(frozen=True, slots=True)
class Planned:
    """A case to come: when it is sent, where, and what becomes of it; a `held` one still stands at its `end` now."""

    begin: datetime
    procedure: str
    agency: AgencyView
    end: str
    held: bool = False


def _plan(scene: Scene, at: datetime) -> Iterator[Planned]:
    """Every case of the month. At the offices of the cast some are held, one at each place."""
    agencies = directory(at.astimezone(LOCAL).date())
    for code, procedures in _work(scene, agencies).items():
        agency = agencies.by_code(code)
        for procedure, number in procedures.items():
            held = scene.words["held"].get(procedure, {}) if code in scene.words["offices"] else {}
            for end, hours in held.items():
                yield Planned(_ago(agency, hours, at), procedure, agency, end, held=True)
            for _ in range(number - len(held)):
                yield Planned(_instant(scene, agency, procedure, at), procedure, agency, _ending(scene))


def _ago(agency: AgencyView, hours: float, at: datetime) -> datetime:
    """So many working hours ago: its officers have come just as far as the place where it is held."""
    return calendar_of(agency.id, at=at).take_working_time(at, timedelta(hours=hours))


def _work(scene: Scene, agencies: Directory) -> dict[str, dict[str, int]]:
    words, others = scene.words, scene.words["others"]
    work: dict[str, dict[str, int]] = dict(words["offices"])
    committees = [a for a in agencies.of_kind("PEOPLES_COMMITTEE") if a.code not in work]
    for level, number, cases in (
        ("COMMUNE", others["communes"], others["cases"]),
        ("DISTRICT", others["districts"], others["district_cases"]),
    ):
        drawn = scene.chance.sample([a for a in committees if a.level == level], number)
        work.update({agency.code: cases for agency in drawn})
    return work


def _instant(scene: Scene, agency: AgencyView, procedure: str, at: datetime) -> datetime:
    """When it comes in: in office hours at the counter, in the evening too from a phone."""
    chance, days = scene.chance, scene.words["days"]
    while True:
        day = (at - timedelta(days=chance.randint(0, days))).astimezone(LOCAL).date()
        hour = (
            chance.uniform(6.5, 21.5)
            if procedure in FROM_PHONES
            else chance.choice((7, 8, 9, 13, 14, 15)) + chance.random()
        )
        moment = datetime.combine(day, time(int(hour), int(hour % 1 * 60), chance.randint(0, 59)), LOCAL)
        counted = procedure in FROM_PHONES or calendar_of(agency.id, at=moment).is_working_day(day)
        if counted and moment < at:
            return moment


def _play(scene: Scene, plan: list[Planned], at: datetime, progress: Callable[[int, int], None]) -> None:
    queue: list[tuple[datetime, int, Story]] = []
    steady = replace(scene, steady=True)
    for number, one in enumerate(plan):
        _run_until(queue, one.begin)
        story = EVERY.get(one.procedure) or at_counter(one.procedure)
        told = story(steady if one.held else scene, one.agency, one.end, one.begin)
        _step(queue, number, told)
        progress(number + 1, len(plan))
    _run_until(queue, at)


def _ending(scene: Scene) -> str:
    endings: dict[str, int] = scene.words["endings"]
    return scene.chance.choices(list(endings), list(endings.values()))[0]


def _run_until(queue: list[tuple[datetime, int, Story]], at: datetime) -> None:
    while queue and queue[0][0] <= at:
        _, number, story = heapq.heappop(queue)
        _step(queue, number, story)


def _step(queue: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    wanted = next(story, None)
    if wanted is not None:
        heapq.heappush(queue, (wanted, number, story))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
