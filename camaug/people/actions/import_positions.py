from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched
from uuid import UUID

from django.utils.translation import gettext as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import Event, record_all
from camaug.kernel.grants import OfficeKind, kind_of
from camaug.kernel.text import fold
from camaug.people.actions.appoint import HasLeft, RoleUnknown
from camaug.people.actions.be_of_kind import be_of_kind
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.end_position import PositionNotHeld
from camaug.people.actions.keep_administrator import keep_administrator
from camaug.people.actions.keep_apart import KindsMixed, check_roles, keep_apart, stand_ins_of
from camaug.people.events import OfficerAppointed, PositionEnded, RolesChanged
from camaug.people.models import Absence, Agency, Officer, Position, Role
from camaug.people.policy import ADMINISTRATOR
from camaug.people.sheets.lines import Entry, Outcome, Sheet

BATCH = 500
NO_ROLES = ("-",)


@dataclass(slots=True)
class _Work:
    """What is known, and what the lines ask for."""

    today: date
    officers: dict[str, Officer]
    agencies: dict[str, Agency]
    held: dict[tuple[UUID, UUID, str], list[Position]]
    roles: dict[str, str]
    outcome: Outcome
    new: list[Position] = field(default_factory=list)
    changed: list[Position] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    lines: dict[tuple[UUID, UUID, str], int] = field(default_factory=dict)
    losing: list[date] = field(default_factory=list)  # days from which somebody is no administrator any more
    seated: set[UUID] = field(default_factory=set)  # officers who have held a position
    kinds: dict[UUID, OfficeKind] = field(default_factory=dict)  # of entries that get their first position here


def import_positions(
    sheet: Sheet, *, write: bool, progress: Callable[[int, int], None], by: Actor, at: datetime
) -> Outcome:
    """Appoint officers as a table says; a position that an officer holds already changes where it differs.

    Part of a transaction; with `write` off, or where a line is wrong, nothing is written.
    LastAdministrator, KindsMixed.
    """
    work = _known(Outcome(problems=list(sheet.problems)), write=write, today=at.astimezone(LOCAL).date())
    for done, entry in enumerate(sheet.entries):
        if done % BATCH == 0:
            progress(done, len(sheet.entries))
        _take(work, entry)
    outcome = work.outcome
    outcome.new, outcome.changed = len(work.new), len({position.id for position in work.changed})
    outcome.unchanged = len(work.lines) - outcome.new - outcome.changed
    if write and not outcome.problems:
        _write(work, progress)
        if work.losing:
            keep_administrator(from_date=max(work.losing))
        for officer in work.officers.values():
            be_of_kind(officer, work.kinds.get(officer.id, OfficeKind(officer.kind)), by=by, at=at)
        _keep_apart(work, at)
        record_all(work.events, by=by, at=at)
    return outcome


def _known(outcome: Outcome, *, write: bool, today: date) -> _Work:
    """Officers and agencies are locked while writing: none leaves or closes meanwhile."""
    officers, agencies = Officer.objects.order_by("id"), Agency.objects.order_by("id")
    if write:
        officers, agencies = officers.select_for_update(), agencies.select_for_update()
    held: dict[tuple[UUID, UUID, str], list[Position]] = {}
    for position in Position.objects.order_by("valid_from", "id"):
        held.setdefault((position.officer_id, position.agency_id, position.title), []).append(position)
    roles: dict[str, str] = {}
    for role in Role.objects.all():
        roles |= {role.code: role.code, fold(role.name): role.code, fold(role.code): role.code}
    return _Work(
        today=today,
        officers={officer.official_email: officer for officer in officers},
        agencies={agency.code: agency for agency in agencies},
        held=held,
        roles=roles,
        seated={officer for officer, _agency, _title in held},
        outcome=outcome,
    )


def _take(work: _Work, entry: Entry) -> None:
    officer = work.officers.get(entry.values["official_email"])
    agency = work.agencies.get(entry.values["agency"])
    if officer is None:
        no = _("No officer has this address. Import the officers first.")
        work.outcome.problems.append(entry.problem("official_email", no))
    if agency is None:
        work.outcome.problems.append(entry.problem("agency", _("No agency has this identity code.")))
    roles = _roles(work, entry)
    if officer is None or agency is None or roles is _WRONG or not _fits(work, entry, officer, roles):
        return
    key = (officer.id, agency.id, entry.values["title"])
    if key in work.lines:
        no = _("The same position already stands on line {line}.").format(line=work.lines[key])
        work.outcome.problems.append(entry.problem("", no))
        return
    work.lines[key] = entry.line
    from_date = entry.values.get("from_date", work.today)
    held = next((p for p in work.held.get(key, ()) if _same(p, entry, from_date)), None)
    if held:
        _change(work, entry, held, roles)
    else:
        _appoint(work, entry, officer, agency, roles or [], from_date)


_WRONG = ["?"]


def _roles(work: _Work, entry: Entry) -> list[str] | None:
    """Codes of the roles; None where the cell is empty, _WRONG where one is unknown."""
    words = entry.values.get("roles")
    if words is None:
        return None
    if words == NO_ROLES:
        return []
    found = {word: work.roles.get(fold(word)) for word in words}
    if unknown := [word for word, role in found.items() if role is None]:
        work.outcome.problems.append(entry.problem("roles", RoleUnknown(role=unknown[0][:40])))
        return _WRONG
    return sorted({role for role in found.values() if role})


def _fits(work: _Work, entry: Entry, officer: Officer, roles: list[str] | None) -> bool:
    """Whether the roles belong to the officer's kind of account, which his first position decides."""
    carried = roles or []
    if officer.id not in work.seated and officer.kind == OfficeKind.OFFICER:
        work.kinds[officer.id] = next((kind_of(role) for role in carried), OfficeKind.OFFICER)
    work.seated.add(officer.id)
    try:
        check_roles(carried, kind=work.kinds.get(officer.id, officer.kind))
    except KindsMixed as no:
        work.outcome.problems.append(entry.problem("roles", no))
        return False
    return True


def _keep_apart(work: _Work, at: datetime) -> None:
    """What the lines do not say: who stands in for their officers, for whom those stand in."""
    standing = Absence.objects.filter(stand_in__in=work.kinds, until_at__gt=at).values_list("stand_in_id", flat=True)
    beside = {*stand_ins_of([one.id for one in work.changed], at=at), *(one for one in standing if one)}
    for officer_id in sorted(beside):
        keep_apart(officer_id, at=at)


def _same(position: Position, entry: Entry, from_date: date) -> bool:
    """Whether the line speaks of this position: it runs on or after that day, or began on it."""
    runs = position.valid_until is None or position.valid_until > from_date
    return runs or ("from_date" in entry.values and position.valid_from == from_date)


def _appoint(work: _Work, entry: Entry, officer: Officer, agency: Agency, roles: list[str], from_date: date) -> None:
    until = entry.values.get("until_date")
    if officer.left_date and officer.left_date <= from_date:
        work.outcome.problems.append(entry.problem("official_email", HasLeft()))
    elif agency.valid_from > from_date or (agency.valid_until and agency.valid_until <= from_date):
        work.outcome.problems.append(entry.problem("agency", AgencyNotThere(date=f"{from_date:%d/%m/%Y}")))
    elif until and until <= from_date:
        work.outcome.problems.append(entry.problem("until_date", PositionNotHeld()))
    else:
        position = Position(
            officer=officer,
            agency=agency,
            title=entry.values["title"],
            roles=roles,
            main=entry.values.get("main", True),
            valid_from=from_date,
            valid_until=until,
        )
        work.new.append(position)
        appointed = OfficerAppointed(
            subject=officer.id,
            position=position.id,
            agency=agency.id,
            title=position.title,
            roles=roles,
            from_date=from_date,
        )
        work.events.append(appointed)
        if until:
            work.events.append(PositionEnded(subject=officer.id, position=position.id, until_date=until))


def _change(work: _Work, entry: Entry, held: Position, roles: list[str] | None) -> None:
    main, until = entry.values.get("main", held.main), entry.values.get("until_date", held.valid_until)
    wanted = held.roles if roles is None else roles
    if until and until < held.valid_from:
        work.outcome.problems.append(entry.problem("until_date", PositionNotHeld()))
        return
    if sorted(held.roles) != sorted(wanted) or held.main != main:
        work.events.append(
            RolesChanged(subject=held.officer_id, position=held.id, roles=wanted, earlier=held.roles, main=main)
        )
        work.changed.append(held)
    if until and until != held.valid_until:
        work.events.append(PositionEnded(subject=held.officer_id, position=held.id, until_date=until))
        work.changed.append(held)
    if ADMINISTRATOR in held.roles and (ADMINISTRATOR not in wanted or until != held.valid_until):
        work.losing.append(until or work.today)
    held.roles, held.main, held.valid_until = wanted, main, until


def _write(work: _Work, progress: Callable[[int, int], None]) -> None:
    changed = list({position.id: position for position in work.changed}.values())
    total, done = len(work.new) + len(changed), 0
    for part in batched(work.new, BATCH):
        Position.objects.bulk_create(part)
        done += len(part)
        progress(done, total)
    for part in batched(changed, BATCH):
        Position.objects.bulk_update(part, ["roles", "main", "valid_until"])
        done += len(part)
        progress(done, total)
