from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from camaug.kernel.actors import SYSTEM, Actor, ActorKind
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed
from camaug.kernel.events import record
from camaug.kernel.files.store import open_blob
from camaug.kernel.tables.reading import read_table
from camaug.people.actions.import_table import check_table, import_table
from camaug.people.actions.keep_administrator import LastAdministrator
from camaug.people.actions.keep_apart import KindsMixed
from camaug.people.events import TableChecked
from camaug.people.models import Import, ImportState, Position, SheetKind
from camaug.people.queries.officers import positions_of
from camaug.people.sheets.lines import Outcome, Problem, Sheet, sheet_of

PROBLEMS_KEPT = 500


def carry_import(run_id: UUID, *, progress: Callable[[int, int], None], at: datetime) -> bool:
    """Do what the import waits for: check the table, or import it once confirmed. False where there is nothing to do.

    One transaction: whoever comes second finds the row taken and goes, and of a worker that dies nothing is left.
    """
    with transaction.atomic():
        rows = Import.objects.select_for_update(of=("self",), skip_locked=True).select_related("blob")
        run = rows.filter(id=run_id, state__in=[ImportState.WAITING, ImportState.CONFIRMED]).first()
        if run is None:
            return False
        with translation.override(run.language):
            (_import if run.state == ImportState.CONFIRMED else _check)(run, progress, at)
        run.save()
    return True


def _check(run: Import, progress: Callable[[int, int], None], at: datetime) -> None:
    outcome = check_table(_sheet(run), progress=progress, by=SYSTEM, at=at)
    _write_down(run, outcome)
    run.state, run.checked_at = ImportState.REFUSED if outcome.problems else ImportState.CHECKED, at
    found = TableChecked(
        subject=run.id,
        kind=run.kind,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        wrong=run.wrong,
    )
    record(found, by=SYSTEM, at=at)


def _import(run: Import, progress: Callable[[int, int], None], at: datetime) -> None:
    """What was right when it was checked may be wrong by now; then nothing is written and the lines are told again."""
    try:
        outcome = import_table(_sheet(run), progress=progress, run_id=run.id, by=_author(run, at), at=at)
    except (NotAllowed, LastAdministrator, KindsMixed) as no:
        outcome = Outcome(problems=[Problem(0, "", "", str(no))])
    _write_down(run, outcome)
    if outcome.problems:
        run.state = ImportState.REFUSED
    else:
        run.state, run.imported_at = ImportState.IMPORTED, at


def _sheet(run: Import) -> Sheet:
    with open_blob(run.blob) as file:
        return sheet_of(SheetKind(run.kind), read_table(file.read(), run.file_name))


def _write_down(run: Import, outcome: Outcome) -> None:
    problems = sorted(outcome.problems, key=lambda problem: problem.line)
    run.new, run.changed, run.unchanged = outcome.new, outcome.changed, outcome.unchanged
    run.wrong = len({problem.line for problem in problems})
    run.problems = [astuple(problem) for problem in problems[:PROBLEMS_KEPT]]


def _author(run: Import, at: datetime) -> Actor:
    """Who confirmed, with the roles that his post carries now, also those entrusted to it for a time."""
    if run.account_id is None:
        return SYSTEM
    today = at.astimezone(LOCAL).date()
    running = Q(valid_until=None) | Q(valid_until__gt=today)
    held = Position.objects.filter(running, id=run.post_id, valid_from__lte=today) if run.post_id else ()
    posts = tuple(one.post(at) for row in held for one in positions_of(row.officer_id, at) if one.id == row.id)
    return Actor(kind=ActorKind.STAFF, account_id=run.account_id, name=run.actor_name, posts=posts, origin=run.origin)
