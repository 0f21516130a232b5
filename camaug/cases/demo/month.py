"""Plays the month: every story in the order of time, so that codes and numbers are as a real month gives them."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.db import transaction

from camaug.cases.demo.citizens import Citizens
from camaug.cases.demo.longer import FAMILY, LONGER
from camaug.cases.demo.stories import BIRTH, SHOP, STORIES, Scene, Story
from camaug.cases.models import Case
from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView, Directory, asked_once, directory
from camaug.worktime.queries import calendar_of

NEWEST = timedelta(days=2)
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
    with transaction.atomic(), asked_once():
        plan = sorted(_plan(scene, at), key=lambda item: item[0])
        _play(scene, plan, at, progress)


def _plan(scene: Scene, at: datetime) -> Iterator[tuple[datetime, str, AgencyView]]:
    """(instant of sending, procedure, agency) of every case of the month."""
    agencies = directory(at.astimezone(LOCAL).date())
    for code, procedures in _work(scene, agencies).items():
        agency = agencies.by_code(code)
        for procedure, number in procedures.items():
            for _ in range(number):
                yield _instant(scene, agency, procedure, at), procedure, agency


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


def _play(
    scene: Scene, plan: list[tuple[datetime, str, AgencyView]], at: datetime, progress: Callable[[int, int], None]
) -> None:
    queue: list[tuple[datetime, int, Story]] = []
    ends = _ends(scene, plan, at)
    for number, (begin, procedure, agency) in enumerate(plan):
        _run_until(queue, begin)
        _step(queue, number, EVERY[procedure](scene, agency, ends[number], begin))
        progress(number + 1, len(plan))
    _run_until(queue, at)


def _ends(scene: Scene, plan: list[tuple[datetime, str, AgencyView]], at: datetime) -> list[str]:
    """How each case ends, or where it is held: at the offices of the cast one everywhere, whatever day it is."""
    held = {procedure: cycle(_held(scene, procedure)) for procedure in EVERY}
    ends = [
        next(held[procedure]) if at - begin < NEWEST or number % 5 == 0 else _ending(scene)
        for number, (begin, procedure, _agency) in enumerate(plan)
    ]
    for code, procedures in scene.words["offices"].items():
        for procedure in procedures:
            own = [n for n, (_begin, wanted, agency) in enumerate(plan) if (wanted, agency.code) == (procedure, code)]
            # every second one, so that the later stops fall on cases old enough to have come so far over a long holiday
            for number, end in zip(own[::-2], _held(scene, procedure), strict=False):
                ends[number] = end
    return ends


def _held(scene: Scene, procedure: str) -> list[str]:
    if procedure in LONGER:
        held: list[str] = scene.words["held_family" if procedure == FAMILY else "held_longer"]
        return held
    if procedure == SHOP:
        return [end for end in scene.words["held"] if end not in ("draft", "submitted", "received")]
    return [end for end in scene.words["held"] if end != "owing"]


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
