"""Loading of a province: its profile, and in demo mode the cast and a lively month. Each step runs once.

A step is `load(profile, *, at, progress)` and can be repeated: what is there already stays or is brought up to date. A
step that was killed has left no mark and runs again at the next start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from camaug.kernel import clock, dispatch
from camaug.runtime.console import step
from camaug.runtime.models import LoadedStep


class Load(Protocol):
    """What a part offers for loading; `progress` is told `(done, total)`."""

    def __call__(self, profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in order; `demo` steps are left out in production. One that runs `always` asks for little."""

    name: str
    path: str
    demo: bool = False
    always: bool = False


STEPS: tuple[Step, ...] = (
    Step("agencies, officers and places", "camaug.people.loading.load_profile"),
    Step("the role book", "camaug.people.loading.load_role_book", always=True),
    Step("working time", "camaug.worktime.loading.load_profile"),
    Step("procedures", "camaug.catalogue.loading.load_profile"),
    Step("queues and appointments", "camaug.queue.loading.load_profile"),
    Step("texts of messages", "camaug.notify.loading.load_profile"),
    Step("officers' accounts", "camaug.access.loading.load_accounts"),
    Step("the cast's citizens", "camaug.people.loading.register_cast", demo=True),
    Step("the cast's sign-ins", "camaug.access.loading.load_cast", demo=True),
    Step("a month of cases", "camaug.cases.demo.month.load_demo", demo=True),
    Step("organisations and their representatives", "camaug.cases.demo.relations.load_demo", demo=True),
    Step("papers by post", "camaug.cases.demo.parcels.load_demo", demo=True),
    Step("parcels", "camaug.postal.demo.load_demo", demo=True),
)


def load(profile: Path, *, again: bool) -> None:
    """Run the steps that have not been finished; with `again`, all of them."""
    finished = set(LoadedStep.objects.values_list("name", flat=True))
    for item in STEPS:
        if item.demo and not settings.DEMO:
            continue
        if again or item.name not in finished:
            _run(item, profile)
        elif item.always:
            _bring_up_to_date(item, profile)


def _bring_up_to_date(item: Step, profile: Path) -> None:
    """What runs at every start says nothing of itself."""
    cast(Load, import_string(item.path))(profile, at=clock.now(), progress=lambda _done, _total: None)


def _run(item: Step, profile: Path) -> None:
    run = cast(Load, import_string(item.path))
    with step(f"Loading {item.name}") as progress:
        run(profile, at=clock.now(), progress=progress)
        dispatch.drain()
    LoadedStep.objects.update_or_create(name=item.name, defaults={"loaded_at": clock.now()})
