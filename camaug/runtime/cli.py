"""The `camaug` command: starts the database where it must, does one thing, stops what it started."""

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from camaug.runtime import console, instance
from camaug.runtime.bench.commands import measuring
from camaug.runtime.command import opened, refusing
from camaug.runtime.keeping.commands import keeping
from camaug.runtime.keeping.data_keys import keys
from camaug.runtime.keeping.first_administrator import access
from camaug.runtime.keeping.history import audit, witness
from camaug.runtime.keeping.signin import signin

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="CaMau-G: a province's digital government. DATA and DATABASE_URL in the environment say where it lives.",
)


@app.callback()
def _everywhere(data: Annotated[Path | None, typer.Option(help="Folder of database and files.")] = None) -> None:
    if data:
        os.environ["DATA"] = str(data)


@app.command()
def up(
    port: Annotated[int, typer.Option(help="Port of the web server.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the province: web server, worker and database, until Ctrl-C."""
    _serve(host, port, with_worker=True)


@app.command()
def web(
    port: Annotated[int, typer.Option(help="Port of the web server.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve pages alone; the worker runs as a process of its own, here or on another machine."""
    _serve(host, port, with_worker=False)


def _serve(host: str, port: int, *, with_worker: bool) -> None:
    from camaug.runtime import serving, stand_in

    if not serving.is_free(host, port):
        console.refuse(f"Port {port} is in use: choose another one, for example with PORT={port + 1}.")
    played_at = stand_in.foresee(os.environ, host, port) if with_worker else None
    with opened():
        from camaug.runtime import welcome

        beside = [stand_in.command(played_at)] if played_at else []
        status = serving.serve(
            host, port, on_ready=lambda: welcome.show(host, port), with_worker=with_worker, beside=beside
        )
    raise typer.Exit(status)


@app.command()
def worker() -> None:
    """Hand out events and run jobs, until told to stop."""
    from camaug.runtime.serving import PREPARED

    with opened(prepared=PREPARED not in os.environ):
        from camaug.runtime.worker import work

        work()


app.add_typer(keeping)
app.add_typer(audit, name="audit")
app.add_typer(keys, name="keys")
app.command()(witness)
app.add_typer(signin, name="signin")
app.add_typer(access, name="access")
app.add_typer(measuring)
imports = typer.Typer(no_args_is_help=True, help="Take real data in the place of what the profile assumed.")
app.add_typer(imports, name="import")


type Table = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV in UTF-8, or XLSX.")]
type DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")]


@imports.command()
def agencies(file: Table, dry_run: DryRun = False) -> None:
    """Found agencies, or let them differ, as a table says: all lines or none."""
    _import("AGENCIES", file, dry_run=dry_run)


@imports.command()
def officers(file: Table, dry_run: DryRun = False) -> None:
    """Enter officers, or correct them, as a table says: all lines or none."""
    _import("OFFICERS", file, dry_run=dry_run)


@imports.command()
def positions(file: Table, dry_run: DryRun = False) -> None:
    """Appoint officers, or change their roles, as a table says: all lines or none."""
    _import("POSITIONS", file, dry_run=dry_run)


def _import(kind: str, file: Path, *, dry_run: bool) -> None:
    with opened():
        from camaug.kernel import clock
        from camaug.kernel.errors import DomainError
        from camaug.people.loading import import_file

        try:
            with console.step(f"Reading {file.name}" if dry_run else f"Importing {file.name}") as progress:
                found = import_file(kind, file, dry_run=dry_run, progress=progress, at=clock.now())
        except DomainError as refusal:
            console.refuse(str(refusal))
    console.answer(found)
    raise typer.Exit(1 if found["problems"] else 0)


exports = typer.Typer(no_args_is_help=True, help="Write what there is as tables that can be imported again.")
app.add_typer(exports, name="export")

type Target = Annotated[Path, typer.Argument(dir_okay=False, help="Where to write: ends with .csv or .xlsx.")]


@exports.command(name="agencies")
def export_agencies(file: Target) -> None:
    """Write the agencies of today."""
    _export("AGENCIES", file)


@exports.command(name="officers")
def export_officers(file: Target) -> None:
    """Write the officers in service."""
    _export("OFFICERS", file)


@exports.command(name="positions")
def export_positions(file: Target) -> None:
    """Write the positions of officers in service."""
    _export("POSITIONS", file)


def _export(kind: str, file: Path) -> None:
    with opened():
        from camaug.kernel import clock
        from camaug.people.loading import export_file

        with console.step(f"Writing {file.name}"):
            written = export_file(kind, file, at=clock.now())
    console.answer({"kind": kind, "file": str(file), "lines": written})


@imports.command()
def codes(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV in UTF-8: placeholder, real code.")],
) -> None:
    """Replace placeholder identity codes of agencies by the real ones: all lines or none."""
    with opened():
        from camaug.kernel import clock
        from camaug.kernel.errors import DomainError
        from camaug.people.actions.replace_codes import CodesNotReplaced
        from camaug.people.loading import import_codes

        try:
            console.answer({"replaced": import_codes(file, at=clock.now())})
        except CodesNotReplaced as refusal:
            lines = "\n".join(f"{number}: {sentence}" for number, sentence in refusal.problems.items())
            console.refuse(f"{refusal}\n{lines}")
        except DomainError as refusal:
            console.refuse(str(refusal))


catalogue = typer.Typer(no_args_is_help=True, help="Look after the catalogue of procedures.")
app.add_typer(catalogue, name="catalogue")


@catalogue.command()
def check() -> None:
    """Check the profile's procedures and print the share of facts with a verified source; status 1 if one is wrong."""
    with refusing():
        from camaug.runtime import instance

        instance.configure()
        from django.conf import settings

        from camaug.catalogue.checking import report

        found = report(settings.PROFILE)
    console.answer(found)
    raise typer.Exit(1 if found["errors"] else 0)


@app.command()
def api() -> None:
    """Print the description of the REST API, as OpenAPI 3.1."""
    instance.configure()
    from camaug.gateway.web.description import written

    typer.echo(written())


@app.command()
def recount() -> None:
    """Count all cases anew for the figures; says how many kept figures were not right."""
    with opened():
        from camaug.cases.actions.count import count_anew

        console.answer({"corrected": count_anew()})


@app.command()
def stats() -> None:
    """Count what there is, as one JSON object."""
    with opened():
        from camaug.runtime.counts import counts

        console.answer(counts())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def psql(context: typer.Context) -> None:
    """Open the database in psql."""
    with opened(prepared=False):
        from camaug.runtime.postgres.software import client, reaching

        address, given = reaching(os.environ["DATABASE_URL"])
        status = subprocess.run([client("psql", address), address, *context.args], env=given, check=False).returncode
    raise typer.Exit(status)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, for example `camaug manage shell`."""
    with opened(prepared=False):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["camaug manage", *context.args])


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
