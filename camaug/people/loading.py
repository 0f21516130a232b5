"""Doors for commands: load a profile, register its cast's citizens, import real identity codes."""

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.tables.reading import LIMITS, read_table
from camaug.kernel.tables.writing import csv_parts, xlsx_file
from camaug.people.actions.import_table import check_table, import_table
from camaug.people.actions.load_grants import load_grants
from camaug.people.actions.load_profile import load_profile as write_profile
from camaug.people.actions.register_person import register_person
from camaug.people.actions.replace_codes import CodesNotReplaced, replace_codes
from camaug.people.models import SheetKind
from camaug.people.profile.cast import Cast, read_cast
from camaug.people.profile.grants import read_grants
from camaug.people.profile.places import COMMUNE
from camaug.people.profile.plan import read_plan
from camaug.people.profile.reading import read_settings
from camaug.people.queries.exports import table_head, table_rows
from camaug.people.queries.places import place_by_code
from camaug.people.sheets.lines import sheet_of
from camaug.people.sheets.templates import empty_table

MOST_BYTES = 5_000_000


class NotACodeFile(DomainError):
    """Not a CSV file of codes: too large, or not text in UTF-8."""

    sentence = _("This is not a CSV file in UTF-8 of at most 5 MB.")


def load_profile(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Load agencies, officers, places and their words from a profile's folder; again changes nothing.

    `progress` is called with (rows written, rows in all).
    """
    write_profile(read_plan(profile), progress=progress, by=SYSTEM, at=at)


def load_role_book(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:  # noqa: ARG001
    """Write what the profile grants and the role book has never held: all at first, later what a new version brings."""
    load_grants(read_settings(profile), read_grants(profile), by=SYSTEM, at=at)


def cast(profile: Path) -> Cast:
    """Who the cast is."""
    return read_cast(profile)


def agency_id(profile: Path, code: str) -> UUID:
    """The identifier of an agency by the profile's own code, also after real codes were imported."""
    return read_settings(profile).fixed_id("agency", code)


def register_cast(
    profile: Path, *, at: datetime, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> dict[str, UUID]:
    """Register the cast's citizens; returns each one's id by key."""
    people: dict[str, UUID] = {}
    citizens = read_cast(profile).citizens
    for key, who in citizens.items():
        person = register_person(
            who.name,
            personal_number=who.number,
            birth_date=who.born,
            phone=who.phone,
            email=who.email,
            place_id=place_by_code(COMMUNE, who.place, at.astimezone(LOCAL).date()).id,
            address=who.address,
            ethnicity=who.ethnicity,
            synthetic=True,
            by=SYSTEM,
            at=at,
        )
        people[key] = person.id
        progress(len(people), len(citizens))
    return people


def import_codes(path: Path, *, at: datetime, by: Actor = SYSTEM) -> int:
    """Read a CSV of `placeholder,code` (UTF-8, a header line is passed over) and replace the codes: all or none.

    Returns the number of agencies changed. Raises NotACodeFile, CodesNotReplaced (a sentence for each wrong line).
    """
    return replace_codes(_lines(path), by=by, at=at)


def import_file(
    kind: str,
    path: Path,
    *,
    dry_run: bool,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    by: Actor = SYSTEM,
) -> dict[str, Any]:
    """Import a table of agencies, officers or positions, or (`dry_run`) say what that would do: all lines or none.

    Returns counts and `problems` as JSON values. Raises what read_table raises.
    """
    if path.stat().st_size > LIMITS.bytes:
        raise FileTooLarge(name=path.name, megabytes=LIMITS.megabytes)
    sheet = sheet_of(SheetKind(kind), read_table(path.read_bytes(), path.name))
    outcome = (check_table if dry_run else import_table)(sheet, progress=progress, by=by, at=at)
    return {"kind": kind, "dry_run": dry_run, **asdict(outcome)}


def export_file(kind: str, path: Path, *, at: datetime) -> int:
    """Write what holds today to a CSV or XLSX file, by its ending; returns the number of lines below the head.

    It is written beside the file and then takes its place: killed half-way, what was there before is there still.
    """
    table, written = SheetKind(kind), 0

    def counted() -> Iterator[Sequence[str]]:
        nonlocal written
        for row in table_rows(table, at.astimezone(LOCAL).date()):
            written += 1
            yield row

    beside = path.with_name(f"{path.name}.part")
    with beside.open("wb") as out, transaction.atomic():
        if path.suffix.lower() == ".xlsx":
            with xlsx_file(replace(empty_table(table), rows=counted())) as book:
                shutil.copyfileobj(book, out)
        else:
            out.writelines(csv_parts(table_head(table), counted()))
    beside.replace(path)
    return written


def _lines(path: Path) -> dict[int, tuple[str, str]]:
    lines: dict[int, tuple[str, str]] = {}
    wrong: dict[int, str] = {}
    for number, row in enumerate(_rows(path), start=1):
        cells = [cell.strip() for cell in row]
        header = number == 1 and not any(char.isdigit() for cell in cells for char in cell)
        if header or not any(cells):
            continue
        if len(cells) < 2:
            wrong[number] = gettext("The line needs two columns: placeholder and real code.")
        else:
            lines[number] = (cells[0], cells[1])
    if wrong:
        raise CodesNotReplaced(wrong)
    return lines


def _rows(path: Path) -> list[list[str]]:
    if path.stat().st_size > MOST_BYTES:
        raise NotACodeFile
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return list(csv.reader(text.splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise NotACodeFile from None
