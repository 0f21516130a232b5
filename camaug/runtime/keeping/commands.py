"""`camaug backup`, `camaug restore`, `camaug doctor`."""

from pathlib import Path
from typing import Annotated

import typer

from camaug.runtime import console
from camaug.runtime.command import opened

keeping = typer.Typer()


@keeping.command()
def backup(
    shelf: Annotated[
        Path, typer.Argument(file_okay=False, help="The folder in which backups lie, best on another disk.")
    ],
) -> None:
    """Make a backup while everything runs: the database of one instant and every stored file."""
    with opened(prepared=False):
        from camaug.kernel.clock import now
        from camaug.runtime.keeping.backup import back_up
        from camaug.runtime.keeping.dump import NotMade
        from camaug.runtime.keeping.manifest import Manifest

        try:
            with console.step(f"Backing up to {shelf}") as progress:
                folder = back_up(shelf, at=now(), progress=progress)
        except NotMade as refusal:
            console.refuse(str(refusal))
        told = Manifest.read(folder)
    console.answer({"backup": str(folder), "files": told.files, "bytes": told.bytes, "lost": told.lost})
    raise typer.Exit(1 if told.lost else 0)


@keeping.command()
def restore(
    backup: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="One backup: a folder camaug-….")],
    check: Annotated[
        bool, typer.Option("--check", help="Bring nothing back: read all of it, open it with the keys, name damage.")
    ] = False,
) -> None:
    """Bring a backup back into an empty installation."""
    with opened(prepared=False):
        from camaug.runtime.keeping.dump import NotRestored
        from camaug.runtime.keeping.manifest import NoBackup
        from camaug.runtime.keeping.restore import look_through, restore

        damaged: list[str] = []
        try:
            with console.step(f"{'Looking through' if check else 'Restoring'} {backup.name}") as progress:
                if check:
                    told, damaged = look_through(backup, progress=progress)
                else:
                    told = restore(backup, progress=progress)
        except (NoBackup, NotRestored) as refusal:
            console.refuse(str(refusal))
    what = {"checked": str(backup), "damaged": damaged} if check else {"restored": str(backup)}
    console.answer({**what, "made_at": told.made_at, "files": told.files, "encrypted": told.sealed})
    raise typer.Exit(1 if damaged else 0)


@keeping.command()
def doctor(
    production: Annotated[
        bool, typer.Option("--production", help="Ask for all that a real installation needs.")
    ] = False,
    backups: Annotated[Path | None, typer.Option(help="The folder in which backups lie.")] = None,
) -> None:
    """Look the installation over; what is missing comes with what to do, and status 1."""
    with opened(prepared=False):
        from camaug.runtime.keeping.doctor import findings

        found = findings(production=production, shelf=backups)
    missing = [finding for finding in found if not finding.holds]
    for finding in missing:
        console.say(f"{finding.name}: {finding.advice}")
    console.answer({"holds": [f.name for f in found if f.holds], "missing": {f.name: f.advice for f in missing}})
    raise typer.Exit(1 if missing else 0)
