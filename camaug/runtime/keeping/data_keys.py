"""`camaug keys make | add | rotate`: the keys that encrypt sensitive data."""

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from camaug.kernel import encryption
from camaug.runtime import console
from camaug.runtime.command import opened

keys = typer.Typer(no_args_is_help=True, help="The keys that encrypt sensitive data: make them, change them.")
_MOST_NAMED = 20
type KeyFile = Annotated[Path, typer.Argument(dir_okay=False, help="The file that DATA_KEYS_FILE names.")]


@keys.command()
def make(file: KeyFile) -> None:
    """Write a file with a first key; keep a copy of it apart from the backups, which nobody can read without it."""
    try:
        encryption.make_keys(file)
    except OSError as refusal:
        console.refuse(f"{file} cannot be written: {refusal.strerror}.")
    console.answer({"keys": str(file)})


@keys.command()
def add(
    file: KeyFile,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only known for now: for several machines, until each has the file.")
    ] = False,
) -> None:
    """Add a new key, under which everything is written from now on; the old ones still read."""
    try:
        added = encryption.add_key(file, writing=not waiting)
    except OSError as refusal:
        console.refuse(f"{file} cannot be changed: {refusal.strerror}.")
    console.answer({"keys": str(file), "added": added, "writing": not waiting})


@keys.command()
def rotate() -> None:
    """Bring all that is encrypted under the writing key; can be killed and run again. Status 1: not all was."""
    with opened(prepared=False):
        from camaug.kernel.rotation import every_column, every_trace, rotate, rotate_files

        told = {}
        for one in chain(every_column(), every_trace()):
            name = f"{one.model}.{one.column}"
            with console.step(f"Renewing {name}") as progress:
                told[name] = rotate(one, progress=progress)
        with console.step("Renewing the keys of files") as progress:
            told["files"] = rotate_files(progress=progress)
        writing = encryption.ring().writing
    unreadable = [line for one in told.values() for line in one.unreadable]
    for line in unreadable[:_MOST_NAMED]:
        console.say(line)
    console.answer(
        {
            "writing": writing,
            "renewed": {name: one.renewed for name, one in told.items()},
            "unreadable": len(unreadable),
            "files_left": told["files"].left,
        }
    )
    raise typer.Exit(1 if unreadable or told["files"].left else 0)
