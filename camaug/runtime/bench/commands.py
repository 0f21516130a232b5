"""The commands that load, replay and measure."""

import time
import traceback
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from camaug.runtime import console
from camaug.runtime.command import opened

measuring = typer.Typer()
loads = typer.Typer(
    help="Load the profile, and in demo mode cast and demo, again; what is there is brought up to date."
)
measuring.add_typer(loads, name="load", invoke_without_command=True)


@loads.callback()
def load(context: typer.Context) -> None:
    """Load the profile, and in demo mode cast and demo, again; what is there is brought up to date."""
    if context.invoked_subcommand:
        return
    with opened():
        from django.conf import settings

        from camaug.runtime import loading

        loading.load(settings.PROFILE, again=True)


@loads.command(name="cases")
def cases(
    number: Annotated[int, typer.Argument(min=1, help="How many.")],
    seed: Annotated[int, typer.Option(min=1, help="Another seed adds other cases.")] = 1,
) -> None:
    """Load invented cases, legal by construction, for measuring; the same call goes on where one was stopped."""
    with opened():
        from django.conf import settings

        from camaug.cases.volume.loading import load_cases
        from camaug.kernel import clock
        from camaug.kernel.errors import DomainError

        if not settings.DEMO:
            console.refuse("Invented cases have no place in a real province: only in demo mode.")
        begun = time.monotonic()
        try:
            new = load_cases(number, seed=seed, profile=settings.PROFILE, at=clock.now(), step=console.step)
        except DomainError as refusal:
            console.refuse(str(refusal))
        took = time.monotonic() - begun
    console.answer({"seed": seed, "new": new, "seconds": round(took, 1), "cases_per_second": round(new / took)})


@measuring.command()
def replay(
    sample: Annotated[int, typer.Option(min=1, help="How many cases, drawn by chance.")] = 500,
) -> None:
    """Replay cases against lifecycle, calendar and counters; status 1 if something does not agree."""
    with opened():
        from camaug.cases.volume import checking

        drawn = checking.sample(sample)
        found = {"replayed": len(drawn), "cases": checking.replay(drawn), "counters": checking.counters()}
    console.answer(found)
    raise typer.Exit(1 if found["cases"] or found["counters"] else 0)


@measuring.command()
def bench(
    name: Annotated[str, typer.Argument(help="Which one, or all.")],
    size: Annotated[int | None, typer.Option(min=1000, help="How many cases the database holds.")] = None,
) -> None:
    """Measure, and print one line of JSON with the ratio and what it was computed from; status 1 below a floor."""
    from camaug.runtime.bench import catalogue as benches

    with opened(prepared=False):
        from camaug.runtime.bench.dataset import NoRoom

        try:
            held = run_all(benches.NAMES, size) if name == "all" else _told(benches.found(name, size))
        except (benches.Unknown, NoRoom) as refusal:
            console.refuse(str(refusal))
    raise typer.Exit(0 if held else 1)


def run_all(names: Iterable[str], size: int | None) -> bool:
    """One after another, whether all hold; one that fails says so in its line, and the others still run."""
    from camaug.runtime.bench import catalogue as benches
    from camaug.runtime.bench.dataset import NoRoom

    held = True
    for name, cases in benches.asked(names, size):
        console.say(f"Bench {name}" + (f" at {cases:,} cases" if cases else ""))
        try:
            found = benches.found(name, cases)
        except Exception as failure:
            if not isinstance(failure, NoRoom):
                traceback.print_exc()
            found = {"bench": name, "holds": False, "failed": f"{type(failure).__name__}: {failure}"}
        held = _told(found) and held
    return held


def _told(found: dict[str, Any]) -> bool:
    console.line(found)
    return bool(found["holds"])
