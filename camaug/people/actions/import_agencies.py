from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record_all
from camaug.kernel.text import fold
from camaug.people.actions.agency_facts import term_columns
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.change_agency import change_agency_facts
from camaug.people.actions.found_agency import ParentNotThere, check_code
from camaug.people.actions.move_agency import UnderItself
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.events import AgencyFounded
from camaug.people.models import Agency, AgencyKind, AgencyLevel, AgencyTerm, DirectoryRevision, Place
from camaug.people.sheets.lines import Entry, Outcome, Sheet

STEP = 50
_PLAIN = ("name", "short_name", "name_en", "address", "phone", "email", "hours")


@dataclass(slots=True)
class _Work:
    """What is known, and what the lines ask for: terms to begin, agencies to found."""

    today: date
    outcome: Outcome
    agencies: dict[str, Agency]
    terms: dict[UUID, list[AgencyTerm]]
    kinds: dict[str, str]
    levels: dict[str, str]
    places: dict[str, UUID]
    lines: dict[str, int] = field(default_factory=dict)
    new: list[tuple[Agency, AgencyTerm]] = field(default_factory=list)
    changes: list[tuple[UUID, date, dict[str, Any]]] = field(default_factory=list)
    above: dict[UUID, UUID | None] = field(default_factory=dict)


def import_agencies(
    sheet: Sheet, *, write: bool, progress: Callable[[int, int], None], by: Actor, at: datetime
) -> Outcome:
    """Found the agencies of a table that are not known by their codes; let the others differ from the line's day on.

    Part of a transaction; with `write` off, or where a line is wrong, nothing is written.
    """
    if write:
        # Moves wait for each other, as in move_agency.
        DirectoryRevision.objects.select_for_update().filter(id=1).first()
    work = _known(Outcome(problems=list(sheet.problems)), today=at.astimezone(LOCAL).date())
    entries = [entry for entry in sheet.entries if _is_first(work, entry)]
    _announce(work, entries)
    for done, entry in enumerate(entries):
        if done % STEP == 0:
            progress(done, len(entries))
        _take(work, entry)
    _refuse_rings(work, entries)
    outcome = work.outcome
    outcome.new, outcome.changed = len(work.new), len(work.changes)
    outcome.unchanged = len(entries) - outcome.new - outcome.changed
    if write and not outcome.problems:
        _write(work, progress, by=by, at=at)
    return outcome


def _known(outcome: Outcome, *, today: date) -> _Work:
    terms: dict[UUID, list[AgencyTerm]] = {}
    for term in AgencyTerm.objects.order_by("valid_from"):
        terms.setdefault(term.agency_id, []).append(term)
    running = Q(valid_until=None) | Q(valid_until__gt=today)
    return _Work(
        today=today,
        outcome=outcome,
        agencies={agency.code: agency for agency in Agency.objects.all()},
        terms=terms,
        kinds=_words(AgencyKind.objects.values_list("code", "name")),
        levels=_words(AgencyLevel.objects.values_list("code", "name")),
        places=dict(Place.objects.filter(running).order_by("-kind").values_list("code", "id")),
        above={agency_id: rows[-1].parent_id for agency_id, rows in terms.items()},
    )


def _words(rows: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in rows:
        found |= {fold(code): code, fold(name): code}
    return found


def _is_first(work: _Work, entry: Entry) -> bool:
    code = entry.values["code"]
    if code in work.lines:
        no = _("The same code already stands on line {line}.").format(line=work.lines[code])
        work.outcome.problems.append(entry.problem("code", no))
        return False
    work.lines[code] = entry.line
    return True


def _announce(work: _Work, entries: list[Entry]) -> None:
    """Agencies that the file founds are known before its lines are read, since a unit may stand above its parent."""
    for entry in entries:
        code = entry.values["code"]
        if code not in work.agencies:
            work.agencies[code] = Agency(code=code, valid_from=entry.values.get("from_date", work.today))


def _take(work: _Work, entry: Entry) -> None:
    agency = work.agencies[entry.values["code"]]
    from_date = entry.values.get("from_date", work.today)
    facts = _facts(work, entry, from_date)
    is_new = agency.id not in work.terms
    if is_new:
        facts = _complete(work, entry, facts)
    if facts is None:
        return
    if "parent_id" in facts:
        work.above[agency.id] = facts["parent_id"]
    if is_new:
        work.new.append((agency, AgencyTerm(agency=agency, valid_from=from_date, **term_columns(facts))))
        return
    term = next((t for t in work.terms[agency.id] if _holds(t, from_date)), None)
    if term is None:
        column = "from_date" if "from_date" in entry.values else "code"
        work.outcome.problems.append(entry.problem(column, AgencyNotThere(date=f"{from_date:%d/%m/%Y}")))
    elif any(getattr(term, name) != value for name, value in facts.items()):
        work.changes.append((agency.id, from_date, facts))


def _facts(work: _Work, entry: Entry, from_date: date) -> dict[str, Any] | None:
    """The line's columns as those of a term; None where one of them cannot be."""
    values, before = entry.values, len(work.outcome.problems)
    facts = {name: values[name] for name in _PLAIN if name in values}
    known: tuple[tuple[str, str, Mapping[str, Any], str], ...] = (
        ("kind", "kind_id", work.kinds, _("There is no such kind of agency.")),
        ("level", "level_id", work.levels, _("There is no such level.")),
        ("place", "place_id", work.places, _("There is no place with this code.")),
    )
    for name, column, found, sentence in known:
        if name in values:
            facts[column] = found.get(fold(values[name]))
            if facts[column] is None:
                work.outcome.problems.append(entry.problem(name, sentence))
    if "parent" in values:
        parent = work.agencies.get(values["parent"])
        if parent is None:
            no = _("No agency has this code, neither here nor in the file.")
            work.outcome.problems.append(entry.problem("parent", no))
        elif parent.valid_from > from_date or (parent.valid_until and parent.valid_until <= from_date):
            work.outcome.problems.append(entry.problem("parent", ParentNotThere()))
        else:
            facts["parent_id"] = parent.id
    return facts if len(work.outcome.problems) == before else None


def _complete(work: _Work, entry: Entry, facts: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a new agency must have; None where something is missing."""
    before = len(work.outcome.problems)
    try:
        check_code(entry.values["code"])
    except DomainError as no:
        work.outcome.problems.append(entry.problem("code", no))
    for name in ("name", "kind", "level"):
        if name not in entry.values:
            work.outcome.problems.append(entry.problem(name, _("A new agency must have this.")))
    return facts if len(work.outcome.problems) == before else None


def _refuse_rings(work: _Work, entries: list[Entry]) -> None:
    """No agency may stand under itself once all lines hold."""
    for entry in entries:
        agency_id = work.agencies[entry.values["code"]].id
        seen, here = set[UUID](), work.above.get(agency_id)
        while here is not None and here != agency_id and here not in seen:
            seen.add(here)
            here = work.above.get(here)
        if here == agency_id:
            work.outcome.problems.append(entry.problem("parent", UnderItself()))


def _holds(term: AgencyTerm, day: date) -> bool:
    return term.valid_from <= day and (term.valid_until is None or day < term.valid_until)


def _write(work: _Work, progress: Callable[[int, int], None], *, by: Actor, at: datetime) -> None:
    total = len(work.new) + len(work.changes)
    Agency.objects.bulk_create([agency for agency, _term in work.new], batch_size=STEP)
    AgencyTerm.objects.bulk_create([term for _agency, term in work.new], batch_size=STEP)
    founded = [
        AgencyFounded(
            subject=agency.id,
            code=agency.code,
            agency_name=term.name,
            parent=term.parent_id,
            from_date=agency.valid_from,
        )
        for agency, term in work.new
    ]
    record_all(founded, by=by, at=at)
    if founded:
        renew_directory()
    for done, (agency_id, from_date, facts) in enumerate(work.changes, start=len(work.new)):
        if done % STEP == 0:
            progress(done, total)
        change_agency_facts(agency_id, facts, from_date=from_date, by=by, at=at)
    progress(total, total)
