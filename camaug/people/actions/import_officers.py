from collections.abc import Callable
from datetime import datetime
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import Event, record_all
from camaug.people.actions.engage_officer import officer_columns
from camaug.people.actions.link_by_table import Link, links_to_make, make_links
from camaug.people.events import OfficerCorrected, OfficerEngaged
from camaug.people.models import Officer
from camaug.people.sheets.lines import Entry, Outcome, Sheet

BATCH = 500
_FIELDS = ("full_name", "sort_key", "folded", "accented", "phone")
_SHOWN = ("full_name", "phone")


def import_officers(
    sheet: Sheet, *, write: bool, progress: Callable[[int, int], None], by: Actor, at: datetime
) -> Outcome:
    """Enter the officers of a table that are not known by their addresses; correct the others where they differ, and
    write down who they are as citizens where a number is given.

    Part of a transaction; with `write` off, or where a line is wrong, nothing is written.
    """
    outcome = Outcome(problems=list(sheet.problems))
    rows = Officer.objects.select_for_update().order_by("id") if write else Officer.objects.all()
    known = {officer.official_email: officer for officer in rows}
    new: list[Officer] = []
    changed: list[Officer] = []
    events: list[Event] = []
    lines: dict[str, int] = {}
    said: list[Link] = []
    for done, entry in enumerate(sheet.entries):
        if done % BATCH == 0:
            progress(done, len(sheet.entries))
        email = entry.values["official_email"]
        if email in lines:
            outcome.problems.append(_twice(entry, lines[email]))
            continue
        lines[email] = entry.line
        officer = known.get(email)
        values = _values(entry, officer, outcome)
        if values is None:
            continue
        if officer is None:
            officer = Officer(official_email=email, **values)
            new.append(officer)
            events.append(OfficerEngaged(subject=officer.id, official_email=email))
        elif changes := _differences(officer, values):
            changed.append(officer)
            events.append(OfficerCorrected(subject=officer.id, changes=changes))
        if number := entry.values.get("personal_number"):
            said.append(Link(entry, officer, number))
    links = links_to_make(said, outcome, by=by)
    outcome.new = len(new)
    outcome.changed = len({one.id for one in (*changed, *(link.officer for link in links))} - {one.id for one in new})
    outcome.unchanged = len(lines) - outcome.new - outcome.changed
    if write and not outcome.problems:
        _write(new, changed, progress)
        record_all(events, by=by, at=at)
        make_links(links, by=by, at=at)
    return outcome


def _twice(entry: Entry, first: int) -> Any:
    return entry.problem("official_email", _("The same address already stands on line {line}.").format(line=first))


def _values(entry: Entry, officer: Officer | None, outcome: Outcome) -> dict[str, str] | None:
    """The columns that the line gives; None where it cannot be."""
    given = {name: entry.values[name] for name in _SHOWN if name in entry.values}
    if officer is None and "full_name" not in given:
        outcome.problems.append(entry.problem("full_name", _("Something must stand here.")))
        return None
    try:
        return officer_columns(**given)
    except DomainError as no:
        outcome.problems.append(entry.problem("full_name", no))
        return None


def _differences(officer: Officer, values: dict[str, str]) -> dict[str, list[str]]:
    """What differs, before and after; the officer in memory gets the new values."""
    changes = {
        name: [getattr(officer, name), values[name]]
        for name in _SHOWN
        if name in values and getattr(officer, name) != values[name]
    }
    if changes:
        for name, value in values.items():
            setattr(officer, name, value)
    return changes


def _write(new: list[Officer], changed: list[Officer], progress: Callable[[int, int], None]) -> None:
    total, done = len(new) + len(changed), 0
    for part in batched(new, BATCH):
        Officer.objects.bulk_create(part)
        done += len(part)
        progress(done, total)
    for part in batched(changed, BATCH):
        Officer.objects.bulk_update(part, _FIELDS)
        done += len(part)
        progress(done, total)
