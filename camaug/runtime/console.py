"""What a command shows: progress and refusals on stderr, results alone on stdout."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

err = Console(stderr=True, highlight=False)

type Advance = Callable[[int, int], None]


@contextmanager
def step(what: str) -> Iterator[Advance]:
    """One step of work, shown as a bar on a terminal and as a line elsewhere; the value tells `(done, total)`."""
    begun = time.monotonic()
    if err.is_terminal:
        with _bar() as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield lambda done, total: None  # noqa: ARG005 (the shape of a progress callback)
    err.print(f"{what}: {time.monotonic() - begun:.1f} s", style="dim")


def say(sentence: str) -> None:
    """A line for the person at the terminal."""
    err.print(sentence)


def refuse(sentence: str) -> NoReturn:
    """End the command with one sentence and status 2."""
    err.print(sentence, style="red", markup=False)
    raise typer.Exit(2)


def answer(result: object) -> None:
    """The result as JSON, alone on stdout."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, default=str) + "\n")


def line(result: object) -> None:
    """The result as JSON in one line on stdout."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _bar() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=err, transient=True)
