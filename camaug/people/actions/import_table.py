from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7
from camaug.people.actions.import_agencies import import_agencies
from camaug.people.actions.import_officers import import_officers
from camaug.people.actions.import_positions import import_positions
from camaug.people.events import TableImported
from camaug.people.models import SheetKind
from camaug.people.policy import ADMINISTER
from camaug.people.sheets.lines import Outcome, Sheet

type Progress = Callable[[int, int], None]


class Take(Protocol):
    """How the lines of one kind are taken; part of a transaction."""

    def __call__(self, sheet: Sheet, *, write: bool, progress: Progress, by: Actor, at: datetime) -> Outcome: ...


_TAKE: dict[SheetKind, Take] = {
    SheetKind.AGENCIES: import_agencies,
    SheetKind.OFFICERS: import_officers,
    SheetKind.POSITIONS: import_positions,
}


def check_table(sheet: Sheet, *, progress: Progress, by: Actor, at: datetime) -> Outcome:
    """What importing the table would do, and every line that is wrong; nothing is written."""
    ADMINISTER.check(by, None)
    return _TAKE[sheet.kind](sheet, write=False, progress=progress, by=by, at=at)


def import_table(sheet: Sheet, *, progress: Progress, run_id: UUID | None = None, by: Actor, at: datetime) -> Outcome:
    """Import every line of the table, or none: with `problems` in the outcome nothing was written."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        outcome = _TAKE[sheet.kind](sheet, write=True, progress=progress, by=by, at=at)
        if not outcome.problems:
            imported = TableImported(
                subject=run_id or uuid7(),
                kind=sheet.kind,
                new=outcome.new,
                changed=outcome.changed,
                unchanged=outcome.unchanged,
            )
            record(imported, by=by, at=at)
    return outcome
